package dev.plumbline.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.domain.Domains;
import dev.plumbline.server.feature.task.HandshakeTasks;
import dev.plumbline.server.feature.task.Tasks;
import dev.plumbline.server.limit.RolePermits;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.Patience;
import dev.plumbline.server.machine.ServerLifecycle;
import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.machine.SessionState;
import dev.plumbline.server.observe.Telemetry;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.registry.Registry;
import dev.plumbline.server.session.ClientProfile;
import dev.plumbline.server.session.InFlight;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.session.Sessions;
import dev.plumbline.server.session.store.MemoryStore;
import dev.plumbline.server.session.store.SessionStore;
import dev.plumbline.server.session.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionDrainsTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final Machines machines = Machines.unobserved(System::nanoTime);
  private final Registry registry = new Registry(System::nanoTime, InstantSource.system());
  private final Telemetry telemetry = Telemetry.create();
  private final Operations operations = new Operations(telemetry, InstantSource.system());
  private final Sessions sessions =
      new Sessions(
          new RolePermits("session", 3),
          new Sessions.Keep(
              mayBeGone(), InstantSource.system(), () -> ServerConfig.standard().sessions()),
          machines,
          Patience.declared(),
          machines.start(ServerLifecycle.SERVER),
          registry);
  private final Tasks tasks =
      new Tasks(
          machines,
          InstantSource.system(),
          new RolePermits("task_worker", 1),
          new RolePermits("task_kept", 1),
          registry,
          HandshakeTasks.owners(sessions),
          new Domains(new Live<>(ServerConfig.standard()), telemetry, machines));
  private final SessionDrains drains = new SessionDrains(sessions, tasks, operations);
  private boolean gone;

  @AfterEach
  void stop() {
    tasks.close();
  }

  /** A store that cannot be used for a while. */
  private SessionStore mayBeGone() {
    MemoryStore store = new MemoryStore();
    return (SessionStore)
        Proxy.newProxyInstance(
            SessionStore.class.getClassLoader(),
            new Class<?>[] {SessionStore.class},
            (_, method, arguments) -> {
              if (gone && !method.getName().equals("shared")) {
                throw new StoreException(StoreException.Kind.UNAVAILABLE, "it is gone");
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private Session active() {
    Session session = sessions.open("2025-11-25", ClientProfile.unknown()).orElseThrow();
    session.machine().fire(SessionEvent.INITIALIZED);
    return session;
  }

  private Operation drain(Session session, Duration timeout) {
    ControlReply reply =
        drains.handle(new ControlMessage.DrainSession("sessions", session.id(), timeout));
    return ((ControlReply.Acknowledged) reply).operation().orElseThrow();
  }

  private static String state(Operation operation) {
    return operation.toJson().path("state").asString();
  }

  @Test
  void anIdleSessionEndsAsSoonAsItsStoreIsBack() {
    Session session = active();
    Operation operation = drain(session, LONG);
    gone = true;
    for (int i = 0; i < 10; i++) {
      drains.look();
    }
    assertThat(state(operation)).isEqualTo("draining");
    assertThat(session.machine().state()).isEqualTo(SessionState.PAUSED);
    gone = false;
    drains.look();
    assertThat(state(operation)).isEqualTo("drained");
    assertThat(session.machine().state()).isEqualTo(SessionState.DEAD);
    assertThat(drains.count()).isZero();
  }

  @Test
  void aRequestIsWaitedForAndThenLookedAtTwice() {
    Session session = active();
    InFlight.Running running = session.inFlight().begin(new RequestId.Text("a"));
    Operation operation = drain(session, LONG);
    drains.look();
    drains.look();
    drains.look();
    assertThat(drains.count()).isEqualTo(1);
    session.inFlight().end(new RequestId.Text("a"), running);
    drains.look();
    assertThat(state(operation)).isEqualTo("draining");
    drains.look();
    assertThat(state(operation)).isEqualTo("drained");
  }

  @Test
  void theShorterTimeOfTwoDrainsHolds() {
    Session session = active();
    InFlight.Running running = session.inFlight().begin(new RequestId.Text("a"));
    Operation operation = drain(session, LONG);
    drains.look();
    assertThat(state(operation)).isEqualTo("draining");
    assertThat(drain(session, Duration.ZERO)).isSameAs(operation);
    assertThat(drain(session, LONG)).isSameAs(operation);
    drains.look();
    assertThat(state(operation)).isEqualTo("timed out");
    assertThat(running.cancelled()).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whatIsBrokenOffIsSaid() {
    Session session = active();
    InFlight.Running running = session.inFlight().begin(new RequestId.Text("a"));
    Operation operation = drain(session, Duration.ZERO);
    drains.look();
    assertThat(state(operation)).isEqualTo("timed out");
    assertThat(running.cancelled()).isTrue();
    assertThat(Thread.interrupted()).isTrue();
  }
}
