package dev.plumbline.server.domain;

import dev.plumbline.server.config.DomainSettings;
import dev.plumbline.server.machine.DomainEvent;
import dev.plumbline.server.machine.DomainState;
import dev.plumbline.server.machine.Outcome;
import dev.plumbline.server.observe.Health;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.observe.Severity;
import dev.plumbline.server.observe.Telemetry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps one domain alive: one for one (C9). A restart has a thread of its own, so that no domain
 * waits for another's.
 */
final class Supervisor {
  /** Work that was killed has this long to let go. */
  private static final Duration SETTLE = Duration.ofMillis(250);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
  private static final double NANOS_PER_MILLI = 1e6;

  private final FailureDomain domain;
  private final Supplier<DomainSettings> limits;
  private final Telemetry telemetry;
  private final Window restarts = new Window();
  private final AtomicReference<@Nullable Thread> restarting = new AtomicReference<>();
  private final AtomicLong restartCount = new AtomicLong();
  private volatile double lastRestartMillis;
  private volatile String lastCause = "";
  private boolean stuckBefore;

  Supervisor(FailureDomain domain, Supplier<DomainSettings> limits, Telemetry telemetry) {
    this.domain = domain;
    this.limits = limits;
    this.telemetry = telemetry;
    health(Health.Level.HEALTHY, "");
  }

  FailureDomain domain() {
    return domain;
  }

  /** Restarts it once it has finished what it has; false when that is not possible now. */
  boolean restart(String cause) {
    return begin(DomainEvent.RESTART, cause);
  }

  /** Ends what it has and restarts it at once; false when that is not possible now. */
  boolean kill(String cause) {
    return begin(DomainEvent.KILL, cause);
  }

  /** Tries it again after it was given up; false when it was not. */
  boolean reset() {
    boolean failed = domain.machine().state() == DomainState.FAILED;
    if (failed) {
      restarts.clear();
    }
    return failed && begin(DomainEvent.RESET, "reset");
  }

  /** Gives it up at once. */
  void giveUp(String cause) {
    if (domain.machine().fire(DomainEvent.GIVE_UP) instanceof Outcome.Moved) {
      endLife();
      gaveUp(cause);
    }
  }

  void stop() {
    domain.machine().fire(DomainEvent.STOP);
    Thread thread = restarting.get();
    if (thread != null) {
      thread.interrupt();
    }
  }

  private boolean begin(DomainEvent event, String cause) {
    if (!(domain.machine().fire(event)
        instanceof Outcome.Moved<DomainState, DomainEvent>(var from, _, _))) {
      return false;
    }
    if (from != DomainState.DRAINING) {
      lastCause = cause;
      telemetry
          .events()
          .add(
              Severity.WARNING,
              "domains",
              domain.name(),
              "a failure domain is being restarted",
              Map.of("cause", cause));
      health(Health.Level.DEGRADED, "is being restarted: " + cause);
      long began = System.nanoTime();
      restarting.set(
          Thread.ofVirtual().name("restart-" + domain.name()).start(() -> nextLife(began, cause)));
    }
    return true;
  }

  private void nextLife(long began, String cause) {
    try {
      drain();
      endLife();
      DomainSettings now = limits.get();
      if (restarts.count(System.nanoTime(), now.window()) >= now.restarts()) {
        exhausted(cause);
      } else {
        startLife(began);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void drain() throws InterruptedException {
    if (domain.machine().state() == DomainState.DRAINING) {
      domain.part().drain();
      boolean idle = domain.awaitIdle(limits.get().drain());
      domain.machine().fire(idle ? DomainEvent.DRAINED : DomainEvent.DRAIN_TIMEOUT);
    }
  }

  private void endLife() {
    try {
      domain.part().stop();
    } catch (RuntimeException | Error e) {
      // A part that cannot even end must not keep its domain from beginning again.
      Log.failure("end of domain " + domain.name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    domain.killUnits();
    try {
      var _ = domain.awaitIdle(SETTLE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tries until it works; whatever takes longer than a restart may counts as one more. */
  private void startLife(long began) throws InterruptedException {
    long attempt = began;
    Duration pause = FIRST_PAUSE;
    while (domain.machine().state() == DomainState.RESTARTING) {
      DomainSettings now = limits.get();
      try {
        domain.part().start();
        begun(began);
        return;
      } catch (IOException | RuntimeException | Error e) {
        Log.failure("start of domain " + domain.name(), e);
      }
      if (System.nanoTime() - attempt >= now.restartWithin().toNanos()) {
        attempt = System.nanoTime();
        restarts.add(attempt);
        if (restarts.count(attempt, now.window()) >= now.restarts()) {
          exhausted("it does not start");
          return;
        }
      }
      Thread.sleep(pause);
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
  }

  private void begun(long began) {
    domain.begins();
    long now = System.nanoTime();
    restarts.add(now);
    restartCount.incrementAndGet();
    lastRestartMillis = (now - began) / NANOS_PER_MILLI;
    if (domain.machine().fire(DomainEvent.STARTED) instanceof Outcome.Moved) {
      health(Health.Level.HEALTHY, "");
      boolean slow = now - began > limits.get().restartWithin().toNanos();
      telemetry
          .events()
          .add(
              slow ? Severity.WARNING : Severity.INFO,
              "domains",
              domain.name(),
              slow ? "a failure domain was restarted too slowly" : "a failure domain was restarted",
              Map.of("restartMs", "%.1f".formatted(lastRestartMillis), "cause", lastCause));
    }
  }

  private void exhausted(String cause) {
    if (domain.machine().fire(DomainEvent.GIVE_UP) instanceof Outcome.Moved) {
      gaveUp(cause);
    }
  }

  private void gaveUp(String cause) {
    lastCause = cause;
    health(Health.Level.DEGRADED, "was given up: " + cause);
    telemetry
        .events()
        .add(
            Severity.CRITICAL,
            "domains",
            domain.name(),
            "a failure domain was given up; reset it once the cause is gone",
            Map.of("cause", cause, "restarts", Long.toString(restartCount.get())));
  }

  private void health(Health.Level level, String reason) {
    telemetry.health().report("domain:" + domain.name(), level, reason);
  }

  /** Looks for handlers that do not end, and says when the first is found and when none is left. */
  synchronized int lookForStuck() {
    int stuck = domain.stuck();
    if (domain.runs() && stuck > 0) {
      health(
          Health.Level.DEGRADED,
          stuck == 1 ? "1 handler does not end" : stuck + " handlers do not end");
    } else if (domain.runs() && stuckBefore) {
      health(Health.Level.HEALTHY, "");
    }
    if ((stuck > 0) != stuckBefore) {
      stuckBefore = stuck > 0;
      telemetry
          .events()
          .add(
              stuckBefore ? Severity.WARNING : Severity.INFO,
              "domains",
              domain.name(),
              stuckBefore
                  ? "a handler does not end although it was told to; its caller was answered"
                  : "no handler is stuck any longer",
              Map.of("stuck", Integer.toString(stuck)));
    }
    return stuck;
  }

  long restartCount() {
    return restartCount.get();
  }

  double lastRestartMillis() {
    return lastRestartMillis;
  }

  /** What can be seen of it (R217). */
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("bulkhead_id", domain.name());
    json.put("state", domain.machine().state().label());
    json.put("active_connections", domain.part().connections());
    OptionalInt most = domain.part().mostConnections();
    json.putNull("max_connections");
    most.ifPresent(bound -> json.put("max_connections", bound));
    json.put("active", domain.active());
    json.put("max", domain.most());
    json.put("peak", domain.peak());
    json.put("rejected", domain.rejected());
    json.put("crashes", domain.crashCount());
    json.put("crashes_in_window", domain.crashesInWindow());
    json.put("stuck", domain.stuck());
    json.put("restart_count", restartCount.get());
    json.put("restarts_in_window", restarts.count(System.nanoTime(), limits.get().window()));
    json.put("last_restart_ms", lastRestartMillis);
    json.put("last_cause", lastCause);
    return json;
  }
}
