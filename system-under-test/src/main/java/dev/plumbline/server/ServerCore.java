package dev.plumbline.server;

import dev.plumbline.server.access.Protection;
import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.config.Roles;
import dev.plumbline.server.config.Sources;
import dev.plumbline.server.domain.Domains;
import dev.plumbline.server.era.Endpoint;
import dev.plumbline.server.era.HandshakeEra;
import dev.plumbline.server.era.Pace;
import dev.plumbline.server.era.StatelessEra;
import dev.plumbline.server.feature.CatalogEntries;
import dev.plumbline.server.feature.Cursors;
import dev.plumbline.server.feature.Features;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.feature.ToolGuards;
import dev.plumbline.server.feature.task.HandshakeTasks;
import dev.plumbline.server.feature.task.TaskSections;
import dev.plumbline.server.feature.task.Tasks;
import dev.plumbline.server.limit.Clocks;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.limit.Restraint;
import dev.plumbline.server.limit.RoleLimits;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.Outcome;
import dev.plumbline.server.machine.Patience;
import dev.plumbline.server.machine.ServerEvent;
import dev.plumbline.server.machine.ServerLifecycle;
import dev.plumbline.server.machine.ServerState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.observe.Introspection;
import dev.plumbline.server.observe.MachineTelemetry;
import dev.plumbline.server.observe.StatusSections;
import dev.plumbline.server.observe.Telemetry;
import dev.plumbline.server.observe.Traffic;
import dev.plumbline.server.observe.Wires;
import dev.plumbline.server.observe.monitor.ResourceMonitor;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.registry.LeakDetector;
import dev.plumbline.server.registry.Registry;
import dev.plumbline.server.round.StateSeal;
import dev.plumbline.server.session.SessionSections;
import dev.plumbline.server.session.Sessions;
import dev.plumbline.server.session.store.StoreException;
import dev.plumbline.server.subscription.Subscriptions;
import dev.plumbline.server.transport.Doorway;
import dev.plumbline.server.transport.Runner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Everything a server is, except the wire it is reached by. */
public final class ServerCore implements AutoCloseable {
  /** How often it is looked whether a session that is drained has finished. */
  private static final Duration DRAIN_LOOK = Duration.ofMillis(20);

  private final StateMachine<ServerState, ServerEvent> lifecycle;
  private final SessionRules sessionRules;
  private final Sessions sessions;
  private final Tasks tasks;
  private final LeakDetector leaks;
  private final Domains domains;
  private final KillPoints killPoints;
  private final Subscriptions subscriptions;
  private final Optional<Protection> protection;
  private final ServerParts parts;
  private final HandshakeEra handshake;
  private final Endpoint endpoint;
  private final Runner runner;
  private final ServerCard card;
  private final ServerContext context;
  private final Restraint restraint;
  private final ControlRoom control;
  private final Traffic traffic;
  private final ResourceMonitor resources;
  private final Wires wires;
  private final Sweeper sweeper = new Sweeper();

  /**
   * Composes a server.
   *
   * @param server what it offers, and who it says it is
   * @param context what it runs with
   * @param change applied to the parts of the correct server
   * @throws StoreException when the session store cannot be used; its message is one line
   */
  public ServerCore(McpServer server, ServerContext context, UnaryOperator<ServerParts> change) {
    this(server, context, change, Sources.none().withDefaults(context.config().get()));
  }

  /**
   * Composes a server whose settings can be read again.
   *
   * @param server what it offers, and who it says it is
   * @param context what it runs with
   * @param change applied to the parts of the correct server
   * @param sources where its settings come from
   */
  public ServerCore(
      McpServer server, ServerContext context, UnaryOperator<ServerParts> change, Sources sources) {
    this.context = context;
    this.card = server.card();
    Machines machines =
        new Machines(context.ticker()::nanos, new MachineTelemetry(context.telemetry()));
    this.lifecycle = machines.start(ServerLifecycle.SERVER, this::perform, Patience.declared());
    this.restraint =
        new Restraint(
            context.config(), context.telemetry(), Clocks.of(context.ticker()::nanos), machines);
    RoleLimits roles = restraint.roles();
    this.domains = new Domains(context.config(), context.telemetry(), machines);
    Registry registry = new Registry(context.ticker()::nanos, InstantSource.system());
    registry.show(context.telemetry());
    this.leaks =
        new LeakDetector(
            registry, context.telemetry(), context.ticker()::nanos, InstantSource.system());
    this.sessionRules = new SessionRules(context, restraint.breakers().named("store"));
    this.sessions =
        new Sessions(
            roles.role(Roles.SESSION),
            sessionRules.keep(),
            machines,
            sessionRules::patience,
            lifecycle,
            registry);
    sessions.onEnd(leaks::ended);
    this.tasks = tasks(machines, registry);
    this.subscriptions = new Subscriptions(machines, lifecycle, registry);
    this.protection =
        Protection.of(
            context.config().get().authorization(),
            InstantSource.system(),
            context.secret(),
            context.telemetry().security());
    this.parts =
        change.apply(
            ServerParts.standard(
                features(server),
                sessions,
                tasks,
                card,
                subscriptions,
                StateSeal.under(context.secret()),
                protection));
    new CatalogEntries(registry, parts.features().offerings());
    this.handshake =
        new HandshakeEra(
            parts.handshake(), sessions, card, parts.features().offerings(), lifecycle);
    this.traffic = new Traffic(context.telemetry().metrics(), parts.methods());
    this.endpoint = answering();
    this.runner =
        new Runner(
            roles.role(Roles.TRANSPORT),
            roles.role(Roles.SSE_STREAM),
            Limits.REQUEST_DEADLINE,
            domains);
    SessionParts.attach(domains, sessions);
    this.resources = new ResourceMonitor(context.config(), context.telemetry());
    sessions.measuredBy(this::memoryRefusal);
    tasks.measuredBy(this::memoryRefusal);
    subscriptions.measuredBy(this::memoryRefusal);
    this.control =
        new ControlRoom(context, sources, this::facts, lifecycle, sessions, tasks, restraint);
    control.plane().pauses(resources.pauses()::between);
    this.killPoints = new KillPoints(domains, sessions);
    killPoints.offer(control.actions());
    this.wires = new Wires(context.telemetry().metrics());
    show(context.telemetry());
    sweep();
  }

  private Features features(McpServer server) {
    RoleLimits roles = restraint.roles();
    return new Features(
        server.offerings(),
        new Cursors(context.secret().key("cursors")),
        new Features.Bounds(
            roles.role(Roles.TOOL_EXECUTOR),
            roles.role(Roles.DEFAULT),
            new ToolGuards(restraint.breakers()::shared)));
  }

  private Tasks tasks(Machines machines, Registry registry) {
    RoleLimits roles = restraint.roles();
    return new Tasks(
        machines,
        InstantSource.system(),
        roles.role(Roles.TASK_WORKER),
        roles.role(Roles.TASK_KEPT),
        registry,
        whileServing(HandshakeTasks.owners(sessions)),
        domains);
  }

  private Endpoint answering() {
    return new Endpoint(
        parts.decoder(),
        parts.admission(),
        parts.selector(),
        handshake,
        new StatelessEra(parts.stateless(), lifecycle),
        lifecycle,
        new Pace(restraint.rates(), sessions),
        traffic,
        context.telemetry().tracing());
  }

  /** Why nothing that lasts may begin: the heap is nearly full (C7). */
  private Optional<Refusal> memoryRefusal() {
    return resources.takesOn()
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                Refusal.Reason.CAPACITY,
                "memory",
                context.config().get().monitors().memoryFull(),
                resources.memoryPercent(),
                Limits.RETRY_AFTER,
                "Memory is nearly used up, try again later"));
  }

  /** What is looked at again and again from now on. */
  private void sweep() {
    sweeper.every(DRAIN_LOOK, "look at sessions that are drained", control::look);
    sweeper.every(Limits.SWEEP, "sweep of sessions", sessions::sweep);
    sweeper.every(Limits.SWEEP, "sweep of tasks", tasks::sweep);
    sweeper.every(Limits.SWEEP, "search for leaks", leaks::check);
    sweeper.every(Limits.SWEEP, "search for stuck threads", domains::check);
    sweeper.every(Limits.SWEEP, "count of traffic", () -> traffic.tick(System.nanoTime()));
    sweeper.every(context.config().get().monitors().check(), "look at resources", resources::check);
  }

  private void show(Telemetry telemetry) {
    Introspection sections = telemetry.introspection();
    sections.section("traffic", traffic::toJson);
    SessionSections.show(
        sections,
        sessions,
        new SessionSections.Listening(subscriptions::count, subscriptions::shown),
        () -> parts.features().catalog());
    TaskSections.show(sections, tasks, InstantSource.system());
    StatusSections.show(
        telemetry,
        new StatusSections.Facts(
            card.name(),
            card.version(),
            () -> lifecycle.state().label(),
            sessions::count,
            sessions::active,
            wires,
            traffic,
            resources::last),
        InstantSource.system());
  }

  /** Nobody has tasks any more once the server is closed. */
  private Tasks.Owners whileServing(Tasks.Owners owners) {
    return name -> {
      if (lifecycle.state().terminal()) {
        throw new RpcException(RpcError.of(ErrorCode.DRAINING));
      }
      return owners.find(name);
    };
  }

  /** What the settings say of sessions. */
  SessionRules sessionRules() {
    return sessionRules;
  }

  /** What the server's table says is to be done. */
  private void perform(String action, Outcome.Moved<ServerState, ServerEvent> move) {
    switch (action) {
      case ServerLifecycle.END_STREAMS -> endpoint.drain();
      // Whoever waited for a task has its result by now; nobody can ask for another.
      case ServerLifecycle.END_TASKS -> tasks.close();
      default -> throw new IllegalStateException("no such action: " + action);
    }
  }

  /** What it runs with. */
  public ServerContext context() {
    return context;
  }

  /** What answers messages. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** The handshake era, for what is not an answer to a message. */
  public HandshakeEra handshake() {
    return handshake;
  }

  /** The parts it is made of. */
  public ServerParts parts() {
    return parts;
  }

  /** What asks everybody for a token; empty when everybody may use the server. */
  public Optional<Protection> protection() {
    return protection;
  }

  /** What runs messages. */
  public Runner runner() {
    return runner;
  }

  /** What keeps it within its limits. */
  public Restraint restraint() {
    return restraint;
  }

  /** The register of sessions. */
  public Sessions sessions() {
    return sessions;
  }

  /** The register of tasks. */
  public Tasks tasks() {
    return tasks;
  }

  /** What the work of this server is divided into. */
  public Domains domains() {
    return domains;
  }

  /** What can be broken on purpose. */
  public KillPoints killPoints() {
    return killPoints;
  }

  /** What looks for things that outlived their owners. */
  public LeakDetector leaks() {
    return leaks;
  }

  /** The server's lifecycle. */
  public StateMachine<ServerState, ServerEvent> lifecycle() {
    return lifecycle;
  }

  /** What every new connection passes. */
  public Doorway doorway() {
    return new Doorway(
        resources::takesConnections,
        wires,
        context.telemetry().security(),
        restraint.roles().role(Roles.CONNECTION));
  }

  /** Messages and requests, counted. */
  public Traffic traffic() {
    return traffic;
  }

  /** What watches the process. */
  public ResourceMonitor resources() {
    return resources;
  }

  /** The control plane and what it reaches. */
  public ControlRoom control() {
    return control;
  }

  /** What {@code /health} says. */
  private ObjectNode facts() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("status", lifecycle.state().takesWork() ? "up" : "stopping")
        .put("state", lifecycle.state().label())
        .put("sessions", sessions.count())
        .put("inFlight", runner.permits().held())
        .put("inFlightCap", runner.permits().cap())
        .put("version", card.version());
  }

  /** What waits for the exchanges in flight. */
  @FunctionalInterface
  interface Drain {
    /** True when none is left at the limit. */
    boolean await(Duration limit) throws InterruptedException;
  }

  /** Takes no new work and waits for what is in flight, up to the limit. */
  void drain(Drain exchanges, Duration limit) throws InterruptedException {
    lifecycle.fire(ServerEvent.DRAIN);
    boolean done = exchanges.await(limit);
    lifecycle.fire(done ? ServerEvent.DRAINED : ServerEvent.DRAIN_TIMEOUT);
  }

  @Override
  public void close() {
    control.close();
    sweeper.close();
    domains.close();
    restraint.close();
    tasks.close();
    runner.close();
    sessions.close();
    context.telemetry().tracing().close();
  }
}
