package dev.plumbline.server;

import dev.plumbline.server.config.Configuration;
import dev.plumbline.server.config.Sources;
import dev.plumbline.server.control.BreakerChanges;
import dev.plumbline.server.control.ControlPlane;
import dev.plumbline.server.control.HealthKind;
import dev.plumbline.server.control.ServerHealth;
import dev.plumbline.server.control.SessionDrains;
import dev.plumbline.server.control.TaskCancels;
import dev.plumbline.server.control.port.Action;
import dev.plumbline.server.control.port.Actions;
import dev.plumbline.server.control.port.ControlPort;
import dev.plumbline.server.control.port.Told;
import dev.plumbline.server.feature.task.Tasks;
import dev.plumbline.server.limit.OverloadMonitor;
import dev.plumbline.server.limit.Restraint;
import dev.plumbline.server.limit.RoleLimits;
import dev.plumbline.server.machine.ServerEvent;
import dev.plumbline.server.machine.ServerState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.observe.Health;
import dev.plumbline.server.session.Sessions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** The control plane of one server, and the handlers of its rooms. */
public final class ControlRoom implements AutoCloseable {
  private final ServerContext context;
  private final RoleLimits roles;
  private final ControlPlane plane;
  private final Configuration configuration;
  private final SessionDrains drains;
  private final ServerHealth health;
  private final Actions actions = new Actions();

  /**
   * Registers the rooms of a server.
   *
   * @param facts what {@code /health} says of it
   */
  ControlRoom(
      ServerContext context,
      Sources sources,
      Supplier<ObjectNode> facts,
      StateMachine<ServerState, ServerEvent> lifecycle,
      Sessions sessions,
      Tasks tasks,
      Restraint restraint) {
    this.context = context;
    this.roles = restraint.roles();
    this.plane = new ControlPlane(context.config(), context.ticker(), context.telemetry());
    this.configuration =
        new Configuration(
            context.config(), sources, InstantSource.system(), context.telemetry().events());
    context.telemetry().introspection().section("config", configuration::section);
    this.drains = new SessionDrains(sessions, tasks, plane.operations());
    this.health =
        new ServerHealth(facts)
            .check("lifecycle", HealthKind.READINESS, () -> work(lifecycle))
            .check("parts", HealthKind.READINESS, this::parts);
    plane.registerPart(ControlPlane.SERVER, health);
    plane.registerPart(ControlPlane.SESSIONS, drains);
    plane.registerPart(ControlPlane.TASKS, new TaskCancels(tasks, context.telemetry().events()));
    plane.registerPart(ControlPlane.BREAKERS, new BreakerChanges(restraint.breakers()));
    actions.add(new Action("POST", "/overload/check", false, _ -> checked(restraint.monitor())));
  }

  /** Looks at every queue now, as the monitor does from time to time. */
  private Told checked(OverloadMonitor monitor) {
    if (!context.config().get().switches().overloadMonitor()) {
      return Told.error(
          409, "switched_off", "the monitor is off; PUT /switches/overloadMonitor {\"on\": true}");
    }
    monitor.check();
    return context
        .telemetry()
        .introspection()
        .read("queues")
        .map(queues -> Told.json(200, queues))
        .orElseThrow();
  }

  private static Optional<String> work(StateMachine<ServerState, ServerEvent> lifecycle) {
    ServerState state = lifecycle.state();
    return state.takesWork() ? Optional.empty() : Optional.of("the server is " + state.label());
  }

  /**
   * A part that does not do what it is for makes the whole unfit for new clients. A full queue does
   * not: it refuses at once, and a server that is taken out of service for being busy only makes
   * the next one busier.
   */
  private Optional<String> parts() {
    return context.telemetry().health().status().complaints().stream()
        .filter(check -> check.level() == Health.Level.CRITICAL)
        .filter(check -> !check.component().startsWith(OverloadMonitor.COMPONENT))
        .findFirst()
        .map(check -> check.component() + ": " + check.reason());
  }

  /** The control plane. */
  public ControlPlane plane() {
    return plane;
  }

  /** The settings and their history. */
  public Configuration configuration() {
    return configuration;
  }

  /** What is checked about the server. */
  public ServerHealth health() {
    return health;
  }

  /** What rooms let operators do. */
  public Actions actions() {
    return actions;
  }

  /** Ends what was asked to end and is ready for it; called often. */
  void look() {
    drains.look();
  }

  /** What the control port is the face of. */
  public ControlPort.Room face() {
    return new ControlPort.Room(
        plane,
        configuration,
        context.config(),
        context.telemetry(),
        role -> roles.find(role).isPresent(),
        actions);
  }

  @Override
  public void close() {
    plane.close();
  }
}
