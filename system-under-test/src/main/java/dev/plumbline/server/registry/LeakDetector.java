package dev.plumbline.server.registry;

import dev.plumbline.server.observe.Log;
import dev.plumbline.server.observe.Severity;
import dev.plumbline.server.observe.Telemetry;
import io.prometheus.metrics.core.metrics.Counter;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks for what outlived its owner, says whose it was, and cleans it up (R186). An entry of the
 * registry leaks when its owner has ended; anything else is shown to {@link #ended} by whoever ends
 * and must be empty a grace later (R185: five seconds). Safe for any number of threads.
 */
public final class LeakDetector {
  /** What has ended must have nothing left after this. */
  public static final Duration GRACE = Duration.ofSeconds(5);

  /** So much that has ended is looked at again; what is beyond is counted and not looked at. */
  public static final int MAX_WATCHED = 10_000;

  /** So many leaks are remembered. */
  static final int KEPT = 100;

  /** So many leaks are announced by one check; all are counted. */
  private static final int ANNOUNCED = 20;

  /**
   * Something that has ended; held weakly, because what nobody else holds cannot have anything left
   * that anybody could reach, and 10,000 of them would be tens of megabytes.
   */
  private record Watched(WeakReference<Residue> residue, long sinceNanos) {}

  private final Registry registry;
  private final Telemetry telemetry;
  private final LongSupplier nanos;
  private final InstantSource wall;
  private final Counter metric;
  private final Deque<Watched> watched = new ArrayDeque<>();
  private final Deque<Leak> recent = new ArrayDeque<>();
  private long checks;
  private long found;
  private long notWatched;

  /** A detector; shows itself as the section {@code leaks}. */
  public LeakDetector(
      Registry registry, Telemetry telemetry, LongSupplier nanos, InstantSource wall) {
    this.registry = registry;
    this.telemetry = telemetry;
    this.nanos = nanos;
    this.wall = wall;
    this.metric =
        Counter.builder()
            .name("plumbline_leaks")
            .help("Things that outlived their owner.")
            .labelNames("what")
            .register(telemetry.metrics());
    telemetry.introspection().section("leaks", this::toJson);
  }

  /** Something has ended: after the grace nothing may be left of it. */
  public synchronized void ended(Residue residue) {
    if (watched.size() == MAX_WATCHED) {
      notWatched++;
    } else {
      watched.addLast(new Watched(new WeakReference<>(residue), nanos.getAsLong()));
    }
  }

  /** Looks once. Called by a scheduler, or by a test with its own clock. */
  public void check() {
    long now = nanos.getAsLong();
    List<Leak> leaks = new ArrayList<>();
    for (Residue residue : due(now)) {
      leaks.addAll(left(residue));
    }
    registry.forEachEntry(
        entry -> {
          Owner owner = entry.owner();
          if (owner.ended() && now - owner.endedNanos() >= GRACE.toNanos()) {
            boolean cleaned = entry.dispose(Reason.LEAKED);
            leaks.add(new Leak(entry.type().name(), 1, owner.name(), wall.instant(), cleaned));
          }
        });
    remember(leaks);
    leaks.stream().limit(ANNOUNCED).forEach(this::announce);
  }

  private synchronized List<Residue> due(long now) {
    List<Residue> due = new ArrayList<>();
    checks++;
    while (!watched.isEmpty() && now - watched.getFirst().sinceNanos() >= GRACE.toNanos()) {
      Residue residue = watched.removeFirst().residue().get();
      if (residue != null) {
        due.add(residue);
      }
    }
    return due;
  }

  private List<Leak> left(Residue residue) {
    Map<String, Integer> before = residue.left();
    if (before.values().stream().allMatch(count -> count == 0)) {
      return List.of();
    }
    try {
      residue.clean();
    } catch (RuntimeException e) {
      Log.failure("leak", e);
    }
    Map<String, Integer> after = residue.left();
    List<Leak> leaks = new ArrayList<>();
    before.forEach(
        (what, count) -> {
          if (count > 0) {
            boolean cleaned = after.getOrDefault(what, 0) == 0;
            leaks.add(new Leak(what, count, residue.owner().name(), wall.instant(), cleaned));
          }
        });
    return leaks;
  }

  private synchronized void remember(List<Leak> leaks) {
    for (Leak leak : leaks) {
      found += leak.count();
      metric.labelValues(leak.what()).inc(leak.count());
      if (recent.size() == KEPT) {
        recent.removeFirst();
      }
      recent.addLast(leak);
    }
  }

  private void announce(Leak leak) {
    telemetry
        .events()
        .add(
            leak.cleaned() ? Severity.WARNING : Severity.CRITICAL,
            "leaks",
            leak.what(),
            leak.cleaned()
                ? "something outlived its owner and was cleaned up"
                : "something outlived its owner and cannot be cleaned up",
            Map.of("owner", leak.owner(), "count", Integer.toString(leak.count())));
  }

  /** How many things leaked in all. */
  public synchronized long found() {
    return found;
  }

  /** The newest leaks, oldest first. */
  public synchronized List<Leak> recent() {
    return List.copyOf(recent);
  }

  private synchronized ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("found", found);
    json.put("checks", checks);
    json.put("grace_ms", GRACE.toMillis());
    json.put("watched", watched.size());
    json.put("not_watched", notWatched);
    ArrayNode shown = json.putArray("recent");
    for (Leak leak : recent) {
      shown
          .addObject()
          .put("what", leak.what())
          .put("count", leak.count())
          .put("owner", leak.owner())
          .put("found", leak.found().toString())
          .put("cleaned", leak.cleaned());
    }
    return json;
  }
}
