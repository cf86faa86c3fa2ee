package dev.plumbline.server.limit;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.machine.BreakerState;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.observe.EventLog;
import dev.plumbline.server.observe.Severity;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Every circuit breaker of the server, by the name of its dependency. A role's breaker is called
 * {@code role:NAME}. Safe for any number of threads.
 */
public final class Breakers {
  /** Names come from code and from what is offered; more than so many are a mistake. */
  static final int MAX_BREAKERS = 10_000;

  private final Map<String, CircuitBreaker> breakers = new ConcurrentSkipListMap<>();
  private final Live<ServerConfig> config;
  private final EventLog events;
  private final Clocks clocks;
  private final Machines machines;

  /** No breakers yet. */
  public Breakers(Live<ServerConfig> config, EventLog events, Clocks clocks, Machines machines) {
    this.config = config;
    this.events = events;
    this.clocks = clocks;
    this.machines = machines;
  }

  /** The breaker of this name, made when there is none. */
  public CircuitBreaker named(String name) {
    return named(name, false);
  }

  /**
   * The same for something that many callers use, each in a way of its own: failures do not open it
   * while as many calls succeed between them, so that one caller whose requests always fail does
   * not close it for all.
   */
  public CircuitBreaker shared(String name) {
    return named(name, true);
  }

  private CircuitBreaker named(String name, boolean shared) {
    CircuitBreaker known = breakers.get(name);
    if (known != null) {
      return known;
    }
    if (breakers.size() >= MAX_BREAKERS) {
      throw new IllegalStateException("more than " + MAX_BREAKERS + " breakers");
    }
    return breakers.computeIfAbsent(
        name,
        wanted ->
            new CircuitBreaker(
                wanted, shared, () -> config.get().breaker(), clocks, machines, this::announce));
  }

  /**
   * Holds a breaker open that an operator held open in the process before.
   *
   * @param shared as in {@link #shared}, when it is made now
   * @return false when there is no room for another
   */
  public boolean holdOpen(String name, boolean shared) {
    if (breakers.size() >= MAX_BREAKERS && !breakers.containsKey(name)) {
      return false;
    }
    named(name, shared).forceOpen();
    return true;
  }

  /** Those that an operator holds open. */
  public List<CircuitBreaker> heldOpen() {
    return breakers.values().stream()
        .filter(breaker -> breaker.state() == BreakerState.FORCED_OPEN)
        .toList();
  }

  /** Its dependency is gone. */
  void remove(String name) {
    breakers.remove(name);
  }

  /** The breaker of this name, if there is one. */
  public Optional<CircuitBreaker> find(String name) {
    return Optional.ofNullable(breakers.get(name));
  }

  /** Every breaker, sorted by name. */
  public Collection<CircuitBreaker> all() {
    return List.copyOf(breakers.values());
  }

  /** What can be said of every breaker now, sorted by name. */
  public List<BreakerStats> stats() {
    return breakers.values().stream()
        .map(
            breaker -> {
              // A wait that is over shows as such although nobody called.
              var _ = breaker.state();
              return breaker.stats();
            })
        .toList();
  }

  /** R216: every change of state is an event. */
  private void announce(BreakerStats now) {
    Severity severity =
        switch (now.state()) {
          case OPEN, FORCED_OPEN -> Severity.WARNING;
          case HALF_OPEN, CLOSED -> Severity.INFO;
        };
    events.add(
        severity,
        "breakers",
        now.name(),
        "the breaker is " + wire(now.state()).replace('_', ' '),
        Map.of(
            "event", "cb_event",
            "transport_id", now.name(),
            "state", wire(now.state()),
            "failure_count", Integer.toString(now.failures()),
            "last_failure_time", now.lastFailure().map(Object::toString).orElse("never")));
  }

  static String wire(BreakerState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
