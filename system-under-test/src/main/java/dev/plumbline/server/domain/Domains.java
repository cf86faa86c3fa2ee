package dev.plumbline.server.domain;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.Roles;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.limit.RolePermits;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.observe.Severity;
import dev.plumbline.server.observe.Telemetry;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** All failure domains of one server, each with its own supervisor. Safe for any thread. */
public final class Domains implements AutoCloseable {
  /** The domains that sessions are hashed to are called this, and their number. */
  public static final String SESSION_PREFIX = "session-";

  private static final int MAX_TRANSPORTS = 16;

  /** A server with few permits may have a single busy peer: then one domain may have them all. */
  private static final int MIN_UNITS = 1_000;

  private static final int GOLDEN = 0x9E3779B9;

  private final Live<ServerConfig> config;
  private final Telemetry telemetry;
  private final Machines machines;
  private final List<FailureDomain> sessions;
  private final Map<String, Supervisor> supervisors = new ConcurrentSkipListMap<>();

  /**
   * The domains of sessions; those of transports come when there is a transport. Their number is
   * fixed: a session stays where it is.
   */
  public Domains(Live<ServerConfig> config, Telemetry telemetry, Machines machines) {
    this.config = config;
    this.telemetry = telemetry;
    this.machines = machines;
    ServerConfig now = config.get();
    List<FailureDomain> hashed = new ArrayList<>();
    for (int i = 0; i < now.domains().count(); i++) {
      hashed.add(supervise(SESSION_PREFIX + i).domain());
    }
    this.sessions = List.copyOf(hashed);
    show(telemetry);
    config.follow(_ -> makeRoom());
  }

  /** One domain that is stuck must leave room for the others. */
  private int units() {
    int all = config.get().queues().cap(Roles.TRANSPORT);
    return Math.max(Math.min(all, MIN_UNITS), all / 2);
  }

  /** Every domain holds as much as the settings of now say, or does so at a later check. */
  private void makeRoom() {
    int units = units();
    all().forEach(domain -> domain.hold(units));
  }

  private Supervisor supervise(String name) {
    RolePermits permits =
        new RolePermits("domain:" + name, units(), () -> config.get().switches().queueLimits());
    FailureDomain domain =
        new FailureDomain(name, permits, () -> config.get().domains(), machines, this::crashed);
    Supervisor supervisor = new Supervisor(domain, () -> config.get().domains(), telemetry);
    supervisors.put(name, supervisor);
    return supervisor;
  }

  /** The domain of a session. */
  public FailureDomain of(String sessionId) {
    return of(sessionId.hashCode());
  }

  /** The domain of whatever has this hash, such as a connection. */
  public FailureDomain of(int hash) {
    int spread = hash * GOLDEN;
    return sessions.get(Math.floorMod(spread ^ (spread >>> 16), sessions.size()));
  }

  /** The domains that sessions are hashed to, in order. */
  public List<FailureDomain> ofSessions() {
    return sessions;
  }

  /** The domain of a transport, from its first mention on. */
  public synchronized FailureDomain transport(String name) {
    Supervisor known = supervisors.get(name);
    if (known != null) {
      return known.domain();
    }
    if (supervisors.size() >= sessions.size() + MAX_TRANSPORTS) {
      throw new IllegalStateException("more than " + MAX_TRANSPORTS + " transports");
    }
    return supervise(name).domain();
  }

  /** Every domain, by name. */
  public List<FailureDomain> all() {
    return supervisors.values().stream().map(Supervisor::domain).toList();
  }

  /** How long the oldest work of a kind has been there; 0 when there is none. */
  public long oldestMillis(Predicate<Unit> kind) {
    long now = System.nanoTime();
    long[] oldest = {0};
    for (FailureDomain domain : all()) {
      domain.forEachUnit(
          unit -> {
            if (kind.test(unit)) {
              oldest[0] = Math.max(oldest[0], now - unit.sinceNanos());
            }
          });
    }
    return TimeUnit.NANOSECONDS.toMillis(oldest[0]);
  }

  /** The domain with this name. */
  public Optional<FailureDomain> find(String name) {
    return Optional.ofNullable(supervisors.get(name)).map(Supervisor::domain);
  }

  /**
   * Ends what goes on in a domain and restarts it.
   *
   * @return false when it is being restarted already, or was given up
   */
  public boolean kill(String name) throws UnknownDomainException {
    return supervisor(name).kill("killed");
  }

  /** A domain lost something it cannot work without. */
  public boolean lost(FailureDomain domain, String what) {
    Supervisor supervisor = supervisors.get(domain.name());
    return supervisor != null && supervisor.kill(what);
  }

  /**
   * Restarts a domain once it has finished what it has.
   *
   * @return false when it is being restarted already, or was given up
   */
  public boolean restart(String name) throws UnknownDomainException {
    return supervisor(name).restart("asked");
  }

  /**
   * Tries a domain again that was given up.
   *
   * @return false when it was not
   */
  public boolean reset(String name) throws UnknownDomainException {
    return supervisor(name).reset();
  }

  /**
   * Lets the next handlers of a session fail, or of every domain when none is named. For
   * experiments.
   *
   * @return false when too many faults wait
   */
  public boolean failHandlers(HandlerFault fault, String session, int times) {
    List<FailureDomain> where = session.isEmpty() ? sessions : List.of(of(session));
    boolean all = true;
    for (FailureDomain domain : where) {
      for (int i = 0; i < times && all; i++) {
        all = domain.faults().arm(fault, session);
      }
    }
    return all;
  }

  /** Ends all faults of handlers, and lets go of those that hang. */
  public void calm() {
    all().forEach(domain -> domain.faults().disarm());
  }

  private Supervisor supervisor(String name) throws UnknownDomainException {
    Supervisor found = supervisors.get(name);
    if (found == null) {
      throw new UnknownDomainException("no such domain");
    }
    return found;
  }

  private void crashed(FailureDomain.Crash crash) {
    FailureDomain domain = crash.domain();
    Log.failure("domain " + domain.name(), crash.cause());
    String kind = crash.cause().getClass().getSimpleName();
    telemetry
        .events()
        .add(
            Severity.WARNING,
            "domains",
            domain.name(),
            "a handler crashed; its one caller was told",
            Map.of("kind", kind));
    Supervisor supervisor = supervisors.get(domain.name());
    int limit = config.get().domains().restarts();
    if (supervisor != null && domain.crashesInWindow() > limit) {
      supervisor.restart("more than " + limit + " crashes");
    }
  }

  /** Looks for threads that do not end, and for new bounds. Called by a scheduler. */
  public void check() {
    makeRoom();
    for (Supervisor supervisor : supervisors.values()) {
      FailureDomain domain = supervisor.domain();
      if (supervisor.lookForStuck() >= FailureDomain.MAX_STUCK) {
        supervisor.giveUp("too many stuck threads");
      } else if (domain.runs() && domain.stuckNow() >= FailureDomain.MAX_STUCK_IN_ONE_LIFE) {
        supervisor.kill("stuck threads");
      }
    }
  }

  /** How many domains do not take work now. */
  public int down() {
    return Math.toIntExact(all().stream().filter(domain -> !domain.runs()).count());
  }

  private void show(Telemetry shown) {
    shown.introspection().section("domains", this::section);
    shown
        .introspection()
        .item(
            "domains", name -> Optional.ofNullable(supervisors.get(name)).map(Supervisor::toJson));
    PrometheusRegistry metrics = shown.metrics();
    gauge(metrics, "plumbline_domain_active", "Work inside a domain.", FailureDomain::active);
    gauge(metrics, "plumbline_domain_stuck", "Threads that do not end.", FailureDomain::stuck);
    gauge(
        metrics,
        "plumbline_domain_down",
        "1 while a domain takes no work.",
        domain -> domain.runs() ? 0 : 1);
    CounterWithCallback.builder()
        .name("plumbline_domain_crashes_total")
        .help("Errors that got out of handlers.")
        .labelNames("domain")
        .callback(
            sample ->
                forEach(it -> sample.call((double) it.domain().crashCount(), it.domain().name())))
        .register(metrics);
    CounterWithCallback.builder()
        .name("plumbline_domain_restarts_total")
        .help("Restarts of a domain.")
        .labelNames("domain")
        .callback(
            sample -> forEach(it -> sample.call((double) it.restartCount(), it.domain().name())))
        .register(metrics);
  }

  private interface Reading {
    int of(FailureDomain domain);
  }

  private void gauge(PrometheusRegistry metrics, String name, String help, Reading reading) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("domain")
        .callback(sample -> forEach(it -> sample.call(reading.of(it.domain()), it.domain().name())))
        .register(metrics);
  }

  private void forEach(Consumer<Supervisor> action) {
    supervisors.values().forEach(action);
  }

  private JsonNode section() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    forEach(supervisor -> json.add(supervisor.toJson()));
    return json;
  }

  @Override
  public void close() {
    supervisors.values().forEach(Supervisor::stop);
  }
}
