package dev.plumbline.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.limit.RolePermits;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.Patience;
import dev.plumbline.server.machine.ServerEvent;
import dev.plumbline.server.machine.ServerLifecycle;
import dev.plumbline.server.machine.ServerState;
import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.machine.SessionLifecycle;
import dev.plumbline.server.machine.SessionState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.registry.Disposals;
import dev.plumbline.server.registry.Reason;
import dev.plumbline.server.registry.Registry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private final AtomicLong now = new AtomicLong(1);
  private final Machines machines = Machines.unobserved(now::get);
  private final StateMachine<ServerState, ServerEvent> server =
      machines.start(ServerLifecycle.SERVER);
  private final Registry registry = new Registry(now::get, InstantSource.system());
  private final Sessions sessions =
      new Sessions(new RolePermits("session", 3), machines, Patience.declared(), server, registry);

  private Session open() {
    return sessions.open("2025-11-25").orElseThrow();
  }

  private Session active() {
    Session session = open();
    session.machine().fire(SessionEvent.INITIALIZED);
    return session;
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
    sessions.sweep();
  }

  @Test
  void idsAreDistinctAndVisibleAscii() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      ids.add(open().id());
    }
    assertThat(ids).hasSize(3).allMatch(id -> id.matches("[\\x21-\\x7e]{43}"));
  }

  @Test
  void neverHoldsMoreThanItsCap() {
    open();
    open();
    Session third = open();
    assertThat(sessions.open("2025-11-25")).isEmpty();
    sessions.terminate(third);
    assertThat(sessions.open("2025-11-25")).isPresent();
  }

  @Test
  void aTerminatedSessionIsDeadAndGone() {
    Session session = active();
    assertThat(sessions.terminate(session)).isTrue();
    assertThat(session.machine().state()).isEqualTo(SessionState.DEAD);
    assertThat(sessions.find(session.id())).isEmpty();
    assertThat(sessions.terminate(session)).isFalse();
  }

  @Test
  void theAuditSaysHowASessionEnded() {
    sessions.terminate(active());
    sessions.terminate(active(), SessionEnd.WIRE);
    sessions.terminate(active(), SessionEnd.DRAINED);
    sessions.terminate(active(), SessionEnd.KILLED);
    active().leave();
    open();
    pass(SessionLifecycle.HANDSHAKE);
    assertThat(registry.disposals().recent(6))
        .extracting(Disposals.Disposal::reason)
        .containsExactly(
            Reason.ASKED,
            Reason.DISCONNECTED,
            Reason.DRAINED,
            Reason.KILLED,
            Reason.ELSEWHERE,
            Reason.TIMED_OUT);
  }

  @Test
  void anUnfinishedHandshakeTimesOut() {
    server.fire(ServerEvent.HANDSHAKE_BEGAN);
    Session session = open();
    pass(SessionLifecycle.HANDSHAKE.minusNanos(1));
    assertThat(session.machine().state()).isEqualTo(SessionState.INITIALIZING);
    pass(Duration.ofNanos(1));
    assertThat(session.machine().state()).isEqualTo(SessionState.DEAD);
    assertThat(server.state()).isEqualTo(ServerState.LISTENING);
  }

  /** C10, R178: nothing that is lawful before the end of the handshake puts its limit off. */
  @Test
  void aClientThatOnlyPingsDoesNotKeepAnUnfinishedHandshakeAlive() {
    Session session = open();
    for (int second = 0; second < SessionLifecycle.HANDSHAKE.toSeconds(); second++) {
      assertThat(session.machine().state()).isEqualTo(SessionState.INITIALIZING);
      sessions.find(session.id());
      session.machine().fire(SessionEvent.PING);
      pass(Duration.ofSeconds(1));
    }
    assertThat(session.machine().state()).isEqualTo(SessionState.DEAD);
  }

  @Test
  void aSessionRemembersTheWayItWent() {
    Session session = active();
    pass(SessionLifecycle.UNUSED);
    sessions.terminate(session);
    assertThat(session.machine().history())
        .extracting(
            step ->
                step.move().event().label() + " " + Duration.ofNanos(step.afterNanos()).toMinutes())
        .containsExactly("initialized 0", "suspend 10", "terminate 10", "released 10");
  }

  @Test
  void anUnusedSessionIsSuspendedThenEnded() {
    Session session = active();
    pass(SessionLifecycle.UNUSED);
    assertThat(session.machine().state()).isEqualTo(SessionState.SUSPENDED);
    pass(SessionLifecycle.IDLE.minus(SessionLifecycle.UNUSED));
    assertThat(session.machine().state()).isEqualTo(SessionState.DEAD);
    assertThat(sessions.count()).isZero();
  }

  @Test
  void useKeepsASessionAlive() {
    Session session = active();
    pass(SessionLifecycle.IDLE.minusNanos(1));
    sessions.find(session.id());
    pass(SessionLifecycle.UNUSED.minusNanos(1));
    session.machine().fire(SessionEvent.REQUEST);
    assertThat(session.machine().state()).isEqualTo(SessionState.ACTIVE);
  }

  @Test
  void aSessionWithARequestInFlightIsNotEnded() {
    Session session = active();
    InFlight.Running running = session.inFlight().begin(new RequestId.Whole("1"));
    pass(SessionLifecycle.IDLE);
    assertThat(session.machine().state()).isEqualTo(SessionState.ACTIVE);
    session.inFlight().end(new RequestId.Whole("1"), running);
    pass(SessionLifecycle.UNUSED.minusNanos(1));
    assertThat(session.machine().state()).isEqualTo(SessionState.ACTIVE);
    pass(SessionLifecycle.IDLE);
    assertThat(session.machine().state()).isEqualTo(SessionState.DEAD);
  }

  @Test
  void theServerListensAgainWhenTheLastSessionEnds() {
    server.fire(ServerEvent.CLIENT_READY);
    Session first = active();
    Session second = active();
    sessions.terminate(first);
    assertThat(server.state()).isEqualTo(ServerState.ACTIVE);
    sessions.terminate(second);
    assertThat(server.state()).isEqualTo(ServerState.LISTENING);
  }

  @Test
  void anIdIsClaimedOnceAndForgottenAfterManyOthers() {
    Session session = active();
    assertThat(session.claim(new RequestId.Whole("1"))).isTrue();
    assertThat(session.claim(new RequestId.Whole("1"))).isFalse();
    assertThat(session.claim(new RequestId.Text("1"))).isTrue();
    for (int i = 0; i < SeenIds.CAPACITY; i++) {
      session.claim(new RequestId.Text("other" + i));
    }
    assertThat(session.claim(new RequestId.Whole("1"))).isTrue();
  }
}
