package dev.plumbline.server.control;

import dev.plumbline.server.control.Interference.Cause;
import dev.plumbline.server.control.Interference.Occupant;
import dev.plumbline.server.observe.EventLog;
import dev.plumbline.server.observe.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Finds out what starved whom. A late message is kept for a little while, until the collector's
 * pauses of that time are known; then its cause is told. Bounded. Safe for any number of threads.
 */
final class Interferences {
  /** How many are remembered. */
  static final int MAX = 100;

  /** How many calls that are over are remembered, to be compared with waiting times. */
  static final int MAX_CALLS = 256;

  /** Pauses of the collector are told so much later. */
  static final Duration SETTLE = Duration.ofSeconds(2);

  /** One notice of a cause stands for all of this time. */
  static final Duration NOTICE_EVERY = Duration.ofSeconds(10);

  private static final int MAX_OCCUPANTS = 5;

  /** A message that waited too long. */
  private record Late(
      Instant at, Priority type, String component, long from, long to, List<Occupant> occupants) {
    Duration waited() {
      return Duration.ofNanos(to - from);
    }
  }

  /** A call that is over. */
  private record Past(String component, Priority type, long from, long to) {}

  private final EventLog events;
  private final InstantSource clock;
  private final Deque<Past> calls = new ArrayDeque<>();
  private final Deque<Late> open = new ArrayDeque<>();
  private final Deque<Interference> known = new ArrayDeque<>();
  private final Map<Cause, Long> count = new EnumMap<>(Cause.class);
  private final Map<Cause, Instant> told = new EnumMap<>(Cause.class);
  private Pauses pauses = Pauses.UNKNOWN;

  Interferences(EventLog events, InstantSource clock) {
    this.events = events;
    this.clock = clock;
  }

  synchronized void pauses(Pauses source) {
    pauses = source;
  }

  /** A call is over. */
  synchronized void over(Call call, long endNanos) {
    if (calls.size() == MAX_CALLS) {
      calls.removeFirst();
    }
    Envelope envelope = call.envelope();
    calls.addLast(
        new Past(envelope.component().id(), envelope.priority(), call.startNanos(), endNanos));
  }

  /** A message waited too long; what goes on now may have kept it waiting, too. */
  synchronized void late(Call call, List<Call> going) {
    if (open.size() == MAX) {
      return;
    }
    long from = call.envelope().arrivedNanos();
    long to = call.startNanos();
    Stream<Past> present =
        going.stream()
            .filter(other -> !other.equals(call))
            .map(
                other ->
                    new Past(
                        other.envelope().component().id(),
                        other.envelope().priority(),
                        other.startNanos(),
                        to));
    List<Occupant> occupants =
        Stream.concat(calls.stream(), present)
            .map(
                past ->
                    new Occupant(
                        past.component(),
                        past.type(),
                        Duration.ofNanos(Math.min(to, past.to()) - Math.max(from, past.from()))))
            .filter(occupant -> occupant.overlap().isPositive())
            .sorted(Comparator.comparing(Occupant::overlap).reversed())
            .toList();
    Instant at = clock.instant().minusNanos(to - from);
    open.addLast(
        new Late(
            at, call.envelope().priority(), call.envelope().component().id(), from, to, occupants));
  }

  /** Tells the causes of what happened long enough ago. */
  void settle() {
    List<Interference> news = new ArrayList<>();
    synchronized (this) {
      Instant ripe = clock.instant().minus(SETTLE);
      while (!open.isEmpty()
          && !open.getFirst().at().plus(open.getFirst().waited()).isAfter(ripe)) {
        Interference found = explain(open.removeFirst());
        if (known.size() == MAX) {
          known.removeFirst();
        }
        known.addLast(found);
        count.merge(found.cause(), 1L, Long::sum);
        if (due(found.cause())) {
          news.add(found);
        }
      }
    }
    news.forEach(this::tell);
  }

  private synchronized boolean due(Cause cause) {
    Instant now = clock.instant();
    Instant last = told.get(cause);
    if (last != null && now.isBefore(last.plus(NOTICE_EVERY))) {
      return false;
    }
    told.put(cause, now);
    return true;
  }

  private synchronized Interference explain(Late late) {
    Duration collector = pauses.between(late.at(), late.at().plus(late.waited()));
    long busy = late.occupants().stream().mapToLong(o -> o.overlap().toNanos()).sum();
    // All workers were occupied for half of the time, or somebody else had the processors.
    boolean occupied = busy >= Crew.WORKERS * late.waited().toNanos() / 2;
    Cause cause =
        occupied
            ? Cause.HANDLERS
            : collector.toNanos() * 2 >= late.waited().toNanos()
                ? Cause.COLLECTOR
                : Cause.PROCESSORS;
    return new Interference(
        late.at(),
        late.type(),
        late.component(),
        late.waited(),
        cause,
        collector,
        late.occupants().stream().limit(MAX_OCCUPANTS).toList());
  }

  private void tell(Interference found) {
    events.add(
        Severity.WARNING,
        "control",
        found.starved().wire(),
        "a control message waited longer than its objective",
        Map.of(
            "cause", found.cause().wire(),
            "component", found.component(),
            "waited_us", Long.toString(found.waited().toNanos() / 1_000),
            "by",
                found.occupants().stream().findFirst().map(Occupant::component).orElse("nobody")));
  }

  /** The newest, oldest first. */
  synchronized List<Interference> recent() {
    return List.copyOf(known);
  }

  /** As JSON: how many by cause, and the newest. */
  synchronized tools.jackson.databind.node.ObjectNode toJson() {
    var json = JsonNodeFactory.instance.objectNode();
    var byCause = json.putObject("by_cause");
    for (Cause cause : Cause.values()) {
      byCause.put(cause.wire(), count.getOrDefault(cause, 0L));
    }
    ArrayNode newest = json.putArray("newest");
    known.forEach(interference -> newest.add(interference.toJson()));
    return json;
  }
}
