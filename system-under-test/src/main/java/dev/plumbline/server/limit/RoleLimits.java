package dev.plumbline.server.limit;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.config.ServerConfig.Roles;
import dev.plumbline.server.observe.EventLog;
import dev.plumbline.server.observe.Severity;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The permits of every role (C6). Roles come from the settings, or from whoever asks for one by a
 * new name, which then has the cap of the default role. Caps follow the settings while the server
 * runs. Safe for any number of threads.
 */
public final class RoleLimits {
  /** Names come from settings and code; more than so many are a mistake. */
  static final int MAX_ROLES = 1_000;

  private final Map<String, RolePermits> roles = new ConcurrentSkipListMap<>();
  private final Live<ServerConfig> config;
  private final EventLog events;
  private ServerConfig.@Nullable Queues followed;

  /** The roles of the settings, now and later. */
  public RoleLimits(Live<ServerConfig> config, EventLog events) {
    this.config = config;
    this.events = events;
    config.follow(this::configured);
  }

  /** The permits of a role; a name that is new gets the default cap. */
  public RolePermits role(String name) {
    RolePermits known = roles.get(name);
    return known == null ? added(name) : known;
  }

  private synchronized RolePermits added(String name) {
    if (roles.size() >= MAX_ROLES && !roles.containsKey(name)) {
      throw new IllegalStateException("more than " + MAX_ROLES + " roles");
    }
    return roles.computeIfAbsent(
        name,
        wanted ->
            new RolePermits(
                wanted,
                config.get().queues().cap(wanted),
                () -> config.get().switches().queueLimits()));
  }

  /** The permits of a role that exists. */
  public Optional<RolePermits> find(String name) {
    return Optional.ofNullable(roles.get(name));
  }

  /** Every role, sorted by name. */
  public Collection<RolePermits> all() {
    return List.copyOf(roles.values());
  }

  /** The limit of every role. */
  public Map<String, Integer> limits() {
    Map<String, Integer> limits = new TreeMap<>();
    roles.forEach((name, permits) -> limits.put(name, permits.cap()));
    return limits;
  }

  /** What can be said of every role now, sorted by name. */
  public List<RoleStats> stats() {
    return roles.values().stream().map(RolePermits::stats).toList();
  }

  /**
   * Changes the limit of one role until the settings change it again.
   *
   * @throws LimitException when there is no such role or the limit cannot be; nothing is changed
   */
  public void setLimit(String role, int limit) throws LimitException {
    RolePermits permits = roles.get(role);
    if (permits == null) {
      throw new LimitException.UnknownRole(role, roles.keySet());
    }
    permits.setCap(limit);
  }

  /**
   * Whether these caps could be set now.
   *
   * @throws LimitException for the first that could not; nothing is changed either way
   */
  public void check(ServerConfig.Queues next) throws LimitException {
    for (Map.Entry<String, Integer> cap : new TreeMap<>(next.caps()).entrySet()) {
      if (cap.getValue() < 0) {
        throw new LimitException.Negative(cap.getKey(), cap.getValue());
      }
    }
    for (RolePermits permits : roles.values()) {
      int held = permits.held();
      int cap = next.cap(permits.role());
      if (cap < held) {
        throw new LimitException.BelowDepth(permits.role(), cap, held);
      }
    }
  }

  private synchronized void configured(ServerConfig next) {
    ServerConfig.Queues before = followed;
    followed = next.queues();
    next.queues().caps().keySet().forEach(this::role);
    role(Roles.DEFAULT);
    for (RolePermits permits : roles.values()) {
      int cap = next.queues().cap(permits.role());
      if (before != null && before.cap(permits.role()) != cap) {
        follow(permits, cap);
      }
    }
  }

  private void follow(RolePermits permits, int cap) {
    try {
      permits.setCap(cap);
    } catch (LimitException e) {
      // Who changes settings asks check() first; between the two, work may have arrived.
      events.add(
          Severity.CRITICAL,
          "queues",
          permits.role(),
          "the limit is kept: " + e.getMessage(),
          Map.of("limit", Integer.toString(permits.cap()), "wanted", Integer.toString(cap)));
    }
  }
}
