package dev.plumbline.server.limit;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.observe.Introspection;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.observe.Telemetry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Everything that keeps one server within its limits, put together: permits by role, the monitor
 * that looks at them, the breakers it trips. The monitor has a thread of its own.
 */
public final class Restraint implements AutoCloseable {
  /** A peer that does nothing is found to be slow within this. */
  private static final Duration LOOK = Duration.ofMillis(250);

  private final RoleLimits roles;
  private final Breakers breakers;
  private final OverloadMonitor monitor;
  private final Rates rates;
  private final Flows flows;
  private final Live<ServerConfig> config;
  private final Map<RolePermits, RoleBreaker> guards = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor checks =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("overload-monitor").factory());
  private Duration period = Duration.ZERO;
  private @Nullable ScheduledFuture<?> checking;

  /** The limits of these settings, now and later; leaves what can be seen of them. */
  public Restraint(
      Live<ServerConfig> config, Telemetry telemetry, Clocks clocks, Machines machines) {
    this.config = config;
    this.roles = new RoleLimits(config);
    this.rates = new Rates(config, clocks.ticker());
    this.breakers = new Breakers(config, telemetry.events(), clocks, machines);
    this.monitor =
        new OverloadMonitor(
            config,
            roles,
            telemetry.events(),
            telemetry.health(),
            clocks.wall(),
            role -> guard(role).trip());
    this.flows = new Flows(config, telemetry, clocks, monitor);
    show(telemetry.introspection());
    LimitMetrics.register(telemetry.metrics(), roles, breakers);
    checks.setRemoveOnCancelPolicy(true);
    long look = LOOK.toNanos();
    var _ = checks.scheduleWithFixedDelay(this::look, look, look, TimeUnit.NANOSECONDS);
    config.follow(
        now -> {
          guardAll();
          checkEvery(now.overload().check());
          if (!now.switches().overloadMonitor()) {
            // What it said does not stand until the next look, which may be an hour away.
            monitor.check();
          }
        });
  }

  private void show(Introspection sections) {
    sections.section("queues", () -> LimitSections.queues(roles, monitor));
    sections.item(
        "queues", role -> roles.find(role).map(found -> LimitSections.queue(found, monitor)));
    sections.section("queue-alerts", () -> LimitSections.alerts(monitor.history()));
    sections.item(
        "queue-alerts",
        role ->
            Optional.of(role)
                .filter(name -> name.equals(Flow.ROLE) || roles.find(name).isPresent())
                .map(name -> LimitSections.alerts(monitor.history(name))));
    sections.section("breakers", () -> LimitSections.breakers(breakers.stats()));
    sections.item(
        "breakers", name -> breakers.find(name).map(found -> LimitSections.breaker(found.stats())));
  }

  /** The breaker of a role stands before its permits from the first time either is needed. */
  private RoleBreaker guard(RolePermits role) {
    return guards.computeIfAbsent(
        role,
        guarded ->
            new RoleBreaker(
                guarded,
                breakers.named(breakerOf(guarded)),
                () -> config.get().overload().warning() - config.get().overload().hysteresis()));
  }

  private static String breakerOf(RolePermits role) {
    return "role:" + role.role();
  }

  /** Every role has a breaker, and none stays behind when its role goes. */
  private synchronized void guardAll() {
    Collection<RolePermits> all = roles.all();
    for (RolePermits role : List.copyOf(guards.keySet())) {
      if (!all.contains(role)) {
        guards.remove(role);
        breakers.remove(breakerOf(role));
      }
    }
    all.forEach(role -> guard(role));
  }

  private synchronized void checkEvery(Duration next) {
    if (next.equals(period)) {
      return;
    }
    period = next;
    if (checking != null) {
      checking.cancel(false);
    }
    if (!checks.isShutdown()) {
      long nanos = next.toNanos();
      checking = checks.scheduleWithFixedDelay(this::check, nanos, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void look() {
    try {
      flows.look();
    } catch (RuntimeException | Error e) {
      Log.survived("connections", e);
    }
  }

  private void check() {
    try {
      guardAll();
      monitor.check();
    } catch (RuntimeException | Error e) {
      // A check that throws would be the last one.
      Log.survived("overload monitor", e);
    }
  }

  /** The permits of every role. */
  public RoleLimits roles() {
    return roles;
  }

  /** Every breaker. */
  public Breakers breakers() {
    return breakers;
  }

  /** What looks at the queues. */
  public OverloadMonitor monitor() {
    return monitor;
  }

  /** How often who may ask. */
  public Rates rates() {
    return rates;
  }

  /** What waits for the peers of all connections. */
  public Flows flows() {
    return flows;
  }

  @Override
  public void close() {
    checks.shutdownNow();
  }
}
