package dev.plumbline.server.observe;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Recorder;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages and requests: how many, how fast, with which outcome. Methods are counted by the names
 * the server knows; all others are {@code other}, so that no peer can add a label. Counting costs a
 * few additions and never waits.
 */
public final class Traffic {
  /** The label of a method the server does not know. */
  public static final String OTHER = "other";

  /** Rates and percentiles are of the last so many ticks, one a second. */
  static final int WINDOW = 5;

  private static final double[] BUCKETS = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10
  };
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);
  private static final int DIGITS = 2;

  /** Everything counted for one method, resolved once. */
  private record Method(Map<Outcome, CounterDataPoint> outcomes, DistributionDataPoint seconds) {}

  /** The total of messages at one tick. */
  private record Mark(long nanos, long messages) {}

  private final Map<String, Method> methods = new HashMap<>();
  private final Method other;
  private final LongAdder messages = new LongAdder();
  private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);
  private final CounterDataPoint messageCounter;
  private final Recorder latency = new Recorder(LONGEST_MICROS, DIGITS);
  private final Deque<Mark> marks = new ArrayDeque<>();
  private final Deque<org.HdrHistogram.Histogram> windows = new ArrayDeque<>();

  /**
   * Nothing counted yet; adds its metrics.
   *
   * @param known the names of the methods to tell apart
   */
  public Traffic(PrometheusRegistry registry, Set<String> known) {
    Counter requests =
        Counter.builder()
            .name("plumbline_requests_total")
            .help("Requests answered, by method and outcome.")
            .labelNames("method", "outcome")
            .register(registry);
    Histogram seconds =
        Histogram.builder()
            .name("plumbline_request_duration_seconds")
            .unit(Unit.SECONDS)
            .help("Time from a request's decoding to its answer; of lasting requests, their life.")
            .labelNames("method")
            .classicUpperBounds(BUCKETS)
            .classicOnly()
            .register(registry);
    this.messageCounter =
        Counter.builder()
            .name("plumbline_messages_total")
            .help("JSON-RPC messages received: requests, notifications and responses.")
            .register(registry)
            .labelValues();
    known.forEach(name -> methods.put(name, method(name, requests, seconds)));
    this.other = method(OTHER, requests, seconds);
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, new LongAdder());
    }
  }

  private static Method method(String name, Counter requests, Histogram seconds) {
    Map<Outcome, CounterDataPoint> points = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      points.put(outcome, requests.labelValues(name, outcome.label()));
    }
    return new Method(points, seconds.labelValues(name));
  }

  /** A message came. */
  public void message() {
    messages.increment();
    messageCounter.inc();
  }

  /** The name under which a method is counted. */
  public String label(String method) {
    return methods.containsKey(method) ? method : OTHER;
  }

  /**
   * A request was answered.
   *
   * @param method as the client named it
   * @param nanos how long it took
   * @param lasting true for a stream, whose length says nothing about the server
   */
  public void request(String method, Outcome outcome, long nanos, boolean lasting) {
    Method counted = methods.getOrDefault(method, other);
    Objects.requireNonNull(counted.outcomes().get(outcome)).inc();
    Objects.requireNonNull(outcomes.get(outcome)).increment();
    counted.seconds().observe(nanos / 1e9);
    if (!lasting) {
      latency.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, LONGEST_MICROS));
    }
  }

  /** Moves the window on; called once a second. */
  public synchronized void tick(long nowNanos) {
    marks.addLast(new Mark(nowNanos, messages.sum()));
    if (marks.size() > WINDOW + 1) {
      marks.removeFirst();
    }
    windows.addLast(latency.getIntervalHistogram());
    if (windows.size() > WINDOW) {
      windows.removeFirst();
    }
  }

  /** Messages received a second, of the last few seconds. */
  public synchronized double messagesPerSecond() {
    if (marks.size() < 2) {
      return 0;
    }
    Mark first = Objects.requireNonNull(marks.peekFirst());
    Mark last = Objects.requireNonNull(marks.peekLast());
    long nanos = last.nanos() - first.nanos();
    return nanos <= 0 ? 0 : (last.messages() - first.messages()) * 1e9 / nanos;
  }

  /** What is known, for the section {@code traffic}. */
  public synchronized ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("messages", messages.sum());
    json.put("msg_per_s", Math.round(messagesPerSecond() * 10) / 10.0);
    ObjectNode byOutcome = json.putObject("requests");
    outcomes.forEach((outcome, count) -> byOutcome.put(outcome.label(), count.sum()));
    org.HdrHistogram.Histogram recent = new org.HdrHistogram.Histogram(LONGEST_MICROS, DIGITS);
    windows.forEach(recent::add);
    json.putObject("latency_ms")
        .put("window_s", WINDOW)
        .put("count", recent.getTotalCount())
        .put("p50", recent.getValueAtPercentile(50) / 1e3)
        .put("p95", recent.getValueAtPercentile(95) / 1e3)
        .put("p99", recent.getValueAtPercentile(99) / 1e3)
        .put("max", recent.getMaxValue() / 1e3);
    return json;
  }
}
