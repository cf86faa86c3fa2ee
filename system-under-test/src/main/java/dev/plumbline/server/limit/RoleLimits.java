package dev.plumbline.server.limit;

import dev.plumbline.server.config.ChangeRefusedException;
import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.QueueSettings;
import dev.plumbline.server.config.Roles;
import dev.plumbline.server.config.ServerConfig;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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

  /** Those that the server itself uses. */
  private static final Set<String> STANDARD = ServerConfig.standard().queues().caps().keySet();

  private final Map<String, RolePermits> roles = new ConcurrentSkipListMap<>();
  private final Live<ServerConfig> config;

  /** Roles that nobody but the settings named: they go with their setting. */
  private final Set<String> settingsOnly = ConcurrentHashMap.newKeySet();

  private volatile @Nullable QueueSettings followed;

  /** The roles of the settings, now and later. */
  public RoleLimits(Live<ServerConfig> config) {
    this.config = config;
    config.guard(next -> objection(next.queues()));
    config.follow(this::configured);
  }

  /** The permits of a role; a name that is new gets the default cap. */
  public RolePermits role(String name) {
    settingsOnly.remove(name);
    return known(name);
  }

  private RolePermits known(String name) {
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

  /** Why these caps cannot be set now. */
  private Optional<String> objection(QueueSettings next) {
    for (Map.Entry<String, Integer> cap : new TreeMap<>(next.caps()).entrySet()) {
      if (cap.getValue() < 0) {
        return Optional.of(new LimitException.Negative(cap.getKey(), cap.getValue()).line());
      }
    }
    for (RolePermits permits : roles.values()) {
      int held = permits.held();
      int cap = next.cap(permits.role());
      if (changed(permits, followed, next) && cap < held) {
        return Optional.of(new LimitException.BelowDepth(permits.role(), cap, held).line());
      }
    }
    return Optional.empty();
  }

  private synchronized void configured(ServerConfig next) {
    QueueSettings before = followed;
    // Said first: whoever takes a change back halfway finds what to compare with.
    followed = next.queues();
    for (String name : next.queues().caps().keySet()) {
      if (!roles.containsKey(name) && !STANDARD.contains(name)) {
        settingsOnly.add(name);
      }
      known(name);
    }
    role(Roles.DEFAULT);
    settingsOnly.removeIf(name -> gone(name, next.queues()));
    for (RolePermits permits : roles.values()) {
      if (changed(permits, before, next.queues())) {
        follow(permits, next.queues().cap(permits.role()));
      }
    }
  }

  private boolean gone(String name, QueueSettings next) {
    RolePermits permits = roles.get(name);
    boolean gone = !next.caps().containsKey(name) && permits != null && permits.held() == 0;
    return gone && roles.remove(name, permits);
  }

  /** A limit that was set by hand stands until the settings name another one. */
  private static boolean changed(
      RolePermits permits, @Nullable QueueSettings before, QueueSettings next) {
    return before != null && before.cap(permits.role()) != next.cap(permits.role());
  }

  private void follow(RolePermits permits, int cap) {
    try {
      permits.setCap(cap);
    } catch (LimitException e) {
      throw new ChangeRefusedException(e.line());
    }
  }
}
