package dev.plumbline.server.observe;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The newest events of security. Bounded twice: the oldest give way, and of one kind no more than a
 * peer could make somebody read are kept; what is beyond is counted. Safe for any number of
 * threads.
 */
public final class SecurityTrail {
  /** How many are kept. */
  public static final int CAPACITY = 1_000;

  /** So many of one kind are kept at once … */
  public static final int BURST = 50;

  /** … and then one more each time this has passed. */
  static final long NANOS_PER_EVENT = TimeUnit.SECONDS.toNanos(1);

  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Counter counter;
  private final Deque<SecurityEvent> kept = new ArrayDeque<>();
  private final Map<SecurityEventType, Tally> tallies = new EnumMap<>(SecurityEventType.class);
  private final List<Consumer<SecurityEvent>> listeners = new CopyOnWriteArrayList<>();
  private long displaced;

  /** What of one kind there was, and how many may be kept now. */
  private static final class Tally {
    private long count;
    private long notKept;
    private long room = BURST;
    private long since;

    private Tally(long now) {
      this.since = now;
    }

    private boolean take(long now) {
      long earned = (now - since) / NANOS_PER_EVENT;
      if (room + earned >= BURST) {
        room = BURST;
        since = now;
      } else {
        room += earned;
        since += earned * NANOS_PER_EVENT;
      }
      count++;
      if (room == 0) {
        notKept++;
        return false;
      }
      room--;
      return true;
    }
  }

  /**
   * An empty trail.
   *
   * @param clock on the wall
   * @param nanos monotonic, for the bound
   */
  public SecurityTrail(InstantSource clock, LongSupplier nanos, PrometheusRegistry metrics) {
    this.clock = clock;
    this.nanos = nanos;
    this.counter =
        Counter.builder()
            .name("plumbline_security_events_total")
            .help("What concerned security, kept or not, by kind.")
            .labelNames("event_type", "blocked")
            .register(metrics);
  }

  /** Something happened now. Listeners are called on this thread and must not block. */
  public void add(SecurityEventType type, boolean blocked, Map<String, String> details) {
    counter.labelValues(type.wire(), Boolean.toString(blocked)).inc();
    SecurityEvent event;
    synchronized (this) {
      long now = nanos.getAsLong();
      if (!tallies.computeIfAbsent(type, _ -> new Tally(now)).take(now)) {
        return;
      }
      if (kept.size() == CAPACITY) {
        kept.removeFirst();
        displaced++;
      }
      event = new SecurityEvent(type, clock.instant(), blocked, details);
      kept.addLast(event);
    }
    listeners.forEach(listener -> listener.accept(event));
  }

  /** Adds a listener for what is kept. */
  void follow(Consumer<SecurityEvent> listener) {
    listeners.add(listener);
  }

  /** Those that are kept, oldest first. */
  public synchronized List<SecurityEvent> recent() {
    return List.copyOf(kept);
  }

  /** How many of a kind there were, kept or not. */
  public synchronized long count(SecurityEventType type) {
    Tally tally = tallies.get(type);
    return tally == null ? 0 : tally.count;
  }

  /** The section {@code security}. */
  public synchronized ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kept", kept.size()).put("capacity", CAPACITY).put("displaced", displaced);
    ObjectNode kinds = json.putObject("by_type");
    tallies.forEach(
        (type, tally) ->
            kinds.putObject(type.wire()).put("count", tally.count).put("not_kept", tally.notKept));
    ArrayNode events = json.putArray("recent");
    kept.forEach(event -> events.add(event.toJson()));
    return json;
  }
}
