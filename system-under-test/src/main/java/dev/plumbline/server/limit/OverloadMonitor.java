package dev.plumbline.server.limit;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.OverloadSettings;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.observe.EventLog;
import dev.plumbline.server.observe.Health;
import dev.plumbline.server.observe.Severity;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Looks at every queue from time to time and says once when one crosses a level (C7, R121–R125).
 * What counts is the highest mark since the look before, so that a queue that was full in between
 * is not missed. A level ends when the queue has fallen some points below it. A queue of the server
 * that reaches the second level degrades its health; one that was full trips the breaker of its
 * role. Safe for any number of threads.
 */
public final class OverloadMonitor {
  /** What health calls a queue: this, and the name of its role. */
  public static final String COMPONENT = "queue:";

  /** How many alerts are remembered (R125). */
  public static final int HISTORY = 100;

  /** The owner of the queues that everybody shares. */
  public static final String SERVER = "server";

  /** One queue that is looked at. */
  private static final class Watched {
    private final String owner;
    private final RolePermits permits;
    private volatile OverloadLevel level = OverloadLevel.CLEAR;

    private Watched(String owner, RolePermits permits) {
      this.owner = owner;
      this.permits = permits;
    }

    private boolean shared() {
      return owner.equals(SERVER);
    }
  }

  private final Live<ServerConfig> config;
  private final RoleLimits roles;
  private final EventLog events;
  private final Health health;
  private final InstantSource wall;
  private final Map<RolePermits, Watched> shared = new ConcurrentHashMap<>();
  private final Set<Watched> owned = ConcurrentHashMap.newKeySet();
  private final Deque<OverloadAlert> history = new ArrayDeque<>();
  private final Consumer<RolePermits> full;

  /**
   * A monitor of all roles.
   *
   * @param full is given every role that was full, at every check that finds it so
   */
  OverloadMonitor(
      Live<ServerConfig> config,
      RoleLimits roles,
      EventLog events,
      Health health,
      InstantSource wall,
      Consumer<RolePermits> full) {
    this.config = config;
    this.roles = roles;
    this.events = events;
    this.health = health;
    this.wall = wall;
    this.full = full;
  }

  /** Looks at a queue that belongs to somebody; run the result when it is gone (R119). */
  public Runnable watch(String owner, RolePermits permits) {
    Watched watched = new Watched(owner, permits);
    owned.add(watched);
    return () -> owned.remove(watched);
  }

  /** How many queues that belong to somebody are looked at. */
  int watched() {
    return owned.size();
  }

  /** The levels of now, in percent of a cap. */
  OverloadSettings levels() {
    return config.get().overload();
  }

  /** False while it is switched off. */
  boolean isOn() {
    return config.get().switches().overloadMonitor();
  }

  /** Looks at every queue now. */
  public synchronized void check() {
    if (!isOn()) {
      forget();
      return;
    }
    Collection<RolePermits> all = roles.all();
    shared.values().removeIf(watched -> gone(watched, all));
    for (RolePermits permits : all) {
      look(shared.computeIfAbsent(permits, role -> new Watched(SERVER, role)));
    }
    owned.forEach(this::look);
  }

  /** What was said of a role that is gone does not stand any longer. */
  private boolean gone(Watched watched, Collection<RolePermits> all) {
    boolean gone = !all.contains(watched.permits);
    if (gone) {
      health.forget(reason(watched));
    }
    return gone;
  }

  /** Switched off, nothing is said, and what was said does not stand any longer. */
  private void forget() {
    for (Watched watched : shared.values()) {
      watched.level = OverloadLevel.CLEAR;
      health.forget(reason(watched));
    }
    owned.forEach(watched -> watched.level = OverloadLevel.CLEAR);
    // Switched on again, it does not speak of what was full meanwhile.
    roles.all().forEach(RolePermits::takePeak);
    owned.forEach(watched -> watched.permits.takePeak());
  }

  private void look(Watched watched) {
    OverloadSettings levels = levels();
    int limit = watched.permits.cap();
    int depth = watched.permits.takePeak();
    OverloadLevel before = watched.level;
    OverloadLevel reached = OverloadLevel.of(depth, limit, levels);
    if (reached.compareTo(before) > 0) {
      watched.level = reached;
      raise(watched, depth, limit);
    } else {
      OverloadLevel held = OverloadLevel.held(depth, limit, levels);
      if (held.compareTo(before) < 0) {
        watched.level = held;
        lower(watched, before);
      }
    }
    tellHealth(watched);
    if (watched.shared() && reached == OverloadLevel.FULL) {
      full.accept(watched.permits);
    }
  }

  private void raise(Watched watched, int depth, int limit) {
    String role = watched.permits.role();
    OverloadAlert alert =
        new OverloadAlert(
            wall.instant(),
            watched.level,
            role,
            watched.owner,
            depth,
            limit,
            RoleStats.utilization(depth, limit));
    synchronized (history) {
      if (history.size() == HISTORY) {
        history.removeFirst();
      }
      history.addLast(alert);
    }
    events.add(
        severity(watched.level),
        "queues",
        role,
        String.format(
            Locale.ROOT,
            "%s: %d of %d are held by role %s",
            watched.level.wire(),
            depth,
            limit,
            role),
        Map.of(
            "level", watched.level.wire(),
            "owner", watched.owner,
            "depth", Integer.toString(depth),
            "limit", Integer.toString(limit),
            "utilization", String.format(Locale.ROOT, "%.1f", alert.utilization())));
  }

  private void lower(Watched watched, OverloadLevel before) {
    events.add(
        Severity.INFO,
        "queues",
        watched.permits.role(),
        "role " + watched.permits.role() + " is no longer " + before.wire(),
        Map.of("level", watched.level.wire(), "owner", watched.owner));
  }

  /** One slow client is not the server's health. */
  private void tellHealth(Watched watched) {
    if (!watched.shared()) {
      return;
    }
    Health.Level worst =
        switch (watched.level) {
          case CLEAR, WARNING -> Health.Level.HEALTHY;
          case CRITICAL -> Health.Level.DEGRADED;
          case FULL -> Health.Level.CRITICAL;
        };
    health.report(
        reason(watched), worst, "queue " + watched.permits.role() + " is " + watched.level.wire());
  }

  private static String reason(Watched watched) {
    return COMPONENT + watched.permits.role();
  }

  private static Severity severity(OverloadLevel level) {
    return switch (level) {
      case CLEAR -> Severity.INFO;
      case WARNING -> Severity.WARNING;
      case CRITICAL, FULL -> Severity.CRITICAL;
    };
  }

  /** The level of a role at the last check. */
  public OverloadLevel level(RolePermits role) {
    Watched watched = shared.get(role);
    return watched == null ? OverloadLevel.CLEAR : watched.level;
  }

  /** The roles that were at a level above clear at the last check. */
  public Collection<RoleStats> overloaded() {
    return roles.all().stream()
        .filter(role -> level(role) != OverloadLevel.CLEAR)
        .map(RolePermits::stats)
        .toList();
  }

  /** The newest alerts, oldest first. */
  public List<OverloadAlert> history() {
    synchronized (history) {
      return List.copyOf(history);
    }
  }

  /** The newest alerts of one role, oldest first. */
  public List<OverloadAlert> history(String role) {
    return history().stream().filter(alert -> alert.role().equals(role)).toList();
  }
}
