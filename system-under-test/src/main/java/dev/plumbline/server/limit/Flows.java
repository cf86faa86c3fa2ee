package dev.plumbline.server.limit;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.observe.Severity;
import dev.plumbline.server.observe.Telemetry;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What waits for the peers of all connections: a {@link Flow} each. Every change of a flow's state
 * is an event (R215); what is not said is counted by its kind.
 */
public final class Flows {
  /** So many connections that do not keep up are shown. */
  static final int MAX_SHOWN = 100;

  private final Live<ServerConfig> config;
  private final Telemetry telemetry;
  private final Clocks clocks;
  private final OverloadMonitor monitor;
  private final AllBytes bytes;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Flow, Runnable> open = new ConcurrentHashMap<>();
  private final Map<Flow.State, CounterDataPoint> moves = new EnumMap<>(Flow.State.class);
  private final Map<MessageKind, CounterDataPoint> drops = new EnumMap<>(MessageKind.class);
  private final CounterDataPoint coalesced;
  private final CounterDataPoint cut;
  private final CounterDataPoint late;
  private final AtomicLong longestRecovery = new AtomicLong();
  private final Flow.Listener listener = new Told();

  Flows(Live<ServerConfig> config, Telemetry telemetry, Clocks clocks, OverloadMonitor monitor) {
    this.config = config;
    this.telemetry = telemetry;
    this.clocks = clocks;
    this.monitor = monitor;
    this.bytes = new AllBytes(config::get);
    Counter events =
        Counter.builder()
            .name("plumbline_backpressure_events_total")
            .help("Changes of how a connection's peer keeps up, by what it came to.")
            .labelNames("action")
            .register(telemetry.metrics());
    for (Flow.State state : Flow.State.values()) {
      moves.put(state, events.labelValues(state.wire()));
    }
    Counter dropped =
        Counter.builder()
            .name("plumbline_outbound_dropped_total")
            .help("Messages that gave way because their peer did not keep up.")
            .labelNames("kind")
            .register(telemetry.metrics());
    for (MessageKind kind : MessageKind.values()) {
      drops.put(kind, dropped.labelValues(kind.name().toLowerCase(Locale.ROOT)));
    }
    this.coalesced =
        Counter.builder()
            .name("plumbline_outbound_coalesced_total")
            .help("News that waited already when it was said again.")
            .register(telemetry.metrics());
    GaugeWithCallback.builder()
        .name("plumbline_outbound_waiting")
        .help("Messages that wait for their peers, over all connections.")
        .callback(shown -> shown.call(open.keySet().stream().mapToInt(Flow::waiting).sum()))
        .register(telemetry.metrics());
    this.cut =
        Counter.builder()
            .name("plumbline_outbound_cut_total")
            .help("Connections closed because too many bytes waited for all peers.")
            .register(telemetry.metrics());
    this.late =
        Counter.builder()
            .name("plumbline_backpressure_late_total")
            .help("Slow peers that read again and had not caught up when outbound.recovery ended.")
            .register(telemetry.metrics());
    GaugeWithCallback.builder()
        .name("plumbline_outbound_bytes")
        .help("Bytes that wait for their peers, over all connections.")
        .callback(shown -> shown.call((double) bytes.held()))
        .register(telemetry.metrics());
    telemetry.introspection().section("backpressure", this::toJson);
  }

  /**
   * A connection was opened.
   *
   * @param wire what carries it, for example {@code tcp}
   */
  public Flow open(String wire) {
    String id = wire + "-" + numbers.incrementAndGet();
    RolePermits permits = new RolePermits(Flow.ROLE, config.get().outbound().cap());
    Flow flow = new Flow(id, permits, bytes, config::get, clocks.ticker(), listener);
    open.put(flow, monitor.watch(id, permits));
    return flow;
  }

  /** How many connections there are. */
  public int count() {
    return open.size();
  }

  /** Looks at every connection: a slow peer is one with which nothing happens. */
  void look() {
    int cap = config.get().outbound().cap();
    for (Flow flow : open.keySet()) {
      flow.look();
      flow.permits().follow(cap);
    }
    if (bytes.full()) {
      makeRoom();
    }
  }

  /** Of the peers that do not read, those for which most waits go, until there is room again. */
  private void makeRoom() {
    List<Flow> slow =
        open.keySet().stream()
            .filter(Flow::slow)
            .sorted(Comparator.comparingLong(Flow::bytes).reversed())
            .toList();
    long excess = bytes.held() - bytes.cap() / 2;
    for (Flow flow : slow) {
      if (excess <= 0) {
        return;
      }
      excess -= flow.bytes();
      cut.inc();
      telemetry
          .events()
          .add(
              Severity.CRITICAL,
              "backpressure",
              flow.id(),
              "the connection is closed: its peer does not read, and too much waits for all",
              Map.of("queue_bytes", Long.toString(flow.bytes())));
      flow.cutOff();
    }
  }

  private ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("connections", open.size());
    json.put("waiting", open.keySet().stream().mapToInt(Flow::waiting).sum());
    json.put("bytes", bytes.held());
    json.put("max_bytes", bytes.cap());
    ArrayNode behind = json.putArray("behind");
    open.keySet().stream()
        .filter(flow -> flow.state() != Flow.State.CLEAR)
        .limit(MAX_SHOWN)
        .forEach(flow -> behind.add(toJson(flow)));
    ObjectNode dropped = json.putObject("dropped");
    drops.forEach(
        (kind, count) -> dropped.put(kind.name().toLowerCase(Locale.ROOT), (long) count.get()));
    json.put("coalesced", (long) coalesced.get());
    json.put("longest_recovery_ms", longestRecovery.get());
    json.put("late", (long) late.get());
    return json;
  }

  private static ObjectNode toJson(Flow flow) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("connection_id", flow.id())
        .put("queue_size", flow.waiting())
        .put("max_queue", flow.permits().cap())
        .put("queue_bytes", flow.bytes())
        .put("action", flow.state().wire());
  }

  /** What becomes of the news of all flows. */
  private final class Told implements Flow.Listener {
    @Override
    public void moved(Flow flow, Flow.State from) {
      Flow.State now = flow.state();
      count(moves, now).inc();
      InstantSource wall = clocks.wall();
      telemetry
          .events()
          .add(
              now == Flow.State.CLEAR ? Severity.INFO : Severity.WARNING,
              "backpressure",
              flow.id(),
              "the peer of " + flow.id() + " is at " + now.wire(),
              Map.of(
                  "event", "bp_event",
                  "connection_id", flow.id(),
                  "queue_size", Integer.toString(flow.waiting()),
                  "max_queue", Integer.toString(flow.permits().cap()),
                  "timestamp", wall.instant().toString(),
                  "action", now.wire()));
    }

    @Override
    public void recovered(Flow flow, Duration after) {
      longestRecovery.accumulateAndGet(after.toMillis(), Math::max);
    }

    @Override
    public void late(Flow flow, Duration after) {
      recovered(flow, after);
      late.inc();
      telemetry
          .events()
          .add(
              Severity.WARNING,
              "backpressure",
              flow.id(),
              "the peer of " + flow.id() + " reads again, and too slowly to catch up in time",
              Map.of(
                  "queue_size", Integer.toString(flow.waiting()),
                  "after_ms", Long.toString(after.toMillis()),
                  "limit_ms", Long.toString(config.get().outbound().recovery().toMillis())));
    }

    @Override
    public void dropped(MessageKind kind) {
      count(drops, kind).inc();
    }

    @Override
    public void coalesced() {
      coalesced.inc();
    }

    @Override
    public void closed(Flow flow) {
      Runnable unwatch = open.remove(flow);
      if (unwatch != null) {
        unwatch.run();
      }
    }

    private static <K> CounterDataPoint count(Map<K, CounterDataPoint> counts, K key) {
      return Objects.requireNonNull(counts.get(key));
    }
  }
}
