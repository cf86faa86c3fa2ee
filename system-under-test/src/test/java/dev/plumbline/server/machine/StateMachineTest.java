package dev.plumbline.server.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StateMachineTest {
  @Test
  void aTableWithAHoleCannotBeBuilt() {
    var holed =
        TransitionTable.of("holed", ServerState.class, ServerEvent.class, ServerState.LISTENING)
            .move(ServerState.LISTENING, ServerEvent.DRAIN, ServerState.DRAINING);
    assertThatThrownBy(holed::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("CLOSED x DRAINED");
  }

  @Test
  void aStateAndEventCannotHaveTwoRules() {
    var builder =
        TransitionTable.of("double", ServerState.class, ServerEvent.class, ServerState.LISTENING)
            .ignore(ServerState.LISTENING, ServerEvent.DRAIN, "once");
    assertThatThrownBy(() -> builder.ignore(ServerState.LISTENING, ServerEvent.DRAIN, "once"))
        .hasMessageContaining("two rules for LISTENING x DRAIN");
  }

  @Test
  void anIllegalEventLeavesThePositionAndSaysWhy() {
    var machine = new StateMachine<>(ServerLifecycle.SERVER);
    var before = machine.position();
    assertThat(machine.fire(ServerEvent.DRAINED))
        .isEqualTo(
            new Outcome.Refused<>(
                ServerState.LISTENING, ServerEvent.DRAINED, "the server is not draining"));
    assertThat(machine.position()).isEqualTo(before);
  }

  @Test
  void aTimeoutArmedInAnEarlierPositionIsDropped() {
    var machine = new StateMachine<>(SessionLifecycle.SESSION);
    long armed = machine.position().epoch();
    machine.fire(SessionEvent.INITIALIZED);
    assertThat(machine.fireArmed(armed, SessionEvent.HANDSHAKE_TIMEOUT))
        .isEqualTo(new Outcome.Stale<>(SessionState.ACTIVE, SessionEvent.HANDSHAKE_TIMEOUT));
    assertThat(machine.state()).isEqualTo(SessionState.ACTIVE);
  }

  @Test
  void aTimeoutArmedInThisPositionFires() {
    var machine = new StateMachine<>(SessionLifecycle.SESSION);
    long armed = machine.position().epoch();
    assertThat(machine.fireArmed(armed, SessionEvent.HANDSHAKE_TIMEOUT).accepted()).isTrue();
    assertThat(machine.state()).isEqualTo(SessionState.EXPIRING);
  }

  @Test
  void aLawfulEventThatChangesNothingKeepsTheEpoch() {
    var machine = new StateMachine<>(SessionLifecycle.SESSION);
    machine.fire(SessionEvent.INITIALIZED);
    long epoch = machine.position().epoch();
    assertThat(machine.fire(SessionEvent.REQUEST))
        .isEqualTo(
            new Outcome.Ignored<>(
                SessionState.ACTIVE, SessionEvent.REQUEST, "the session is in use"));
    assertThat(machine.position().epoch()).isEqualTo(epoch);
  }

  @Test
  void aClientThatLostItsWireWantsANewOneAndOneThatWasClosedDoesNot() {
    var lost = new StateMachine<>(ClientLifecycle.CLIENT);
    for (ClientEvent event : List.of(ClientEvent.CONNECT, ClientEvent.OPENED, ClientEvent.AGREED)) {
      assertThat(lost.fire(event).accepted()).as("%s", event).isTrue();
    }
    lost.fire(ClientEvent.LOST);
    assertThat(lost.state()).isEqualTo(ClientState.CONNECTING);
    lost.fire(ClientEvent.CLOSE);
    lost.fire(ClientEvent.LOST);
    lost.fire(ClientEvent.RELEASED);
    assertThat(lost.state()).isEqualTo(ClientState.DISCONNECTED);
    assertThat(lost.fire(ClientEvent.OPENED))
        .isEqualTo(
            new Outcome.Refused<>(ClientState.DISCONNECTED, ClientEvent.OPENED, "connect first"));
  }

  @Test
  void onlyTheWorkingStatesTakeWork() {
    assertThat(ServerState.values())
        .filteredOn(ServerState::takesWork)
        .containsExactly(ServerState.LISTENING, ServerState.HANDSHAKING, ServerState.ACTIVE);
  }

  @Test
  void aRefusalOfItsOwnTimeoutCannotBeBuilt() {
    var builder =
        TransitionTable.of("deaf", TaskState.class, TaskEvent.class, TaskState.SUBMITTED)
            .timeout(
                TaskState.SUBMITTED, TaskEvent.START, Timeout.Since.MADE, Duration.ofSeconds(1));
    for (TaskState state : TaskState.values()) {
      builder.refuseRest(state, "no");
    }
    assertThatThrownBy(builder::build).hasMessageContaining("refuses its own timeout");
  }

  @Test
  void leavingIsDoneBeforeEnteringAndOnlyForMoves() {
    List<String> done = new ArrayList<>();
    var task =
        Machines.unobserved(() -> 0)
            .start(
                TaskLifecycle.TASK,
                (action, move) -> done.add(action + " for " + move.event().label()),
                Patience.declared());
    task.fire(TaskEvent.START);
    task.fire(TaskEvent.ASK);
    task.fire(TaskEvent.ASK);
    task.fire(TaskEvent.CANCEL);
    task.fire(TaskEvent.CANCEL);
    task.fire(TaskEvent.ERROR);
    assertThat(done).containsExactly("withdraw for cancel", "stop for cancel", "settle for error");
  }

  @Test
  void theFirstTimeoutOfTheTableHappensWhenSeveralAreDue() {
    AtomicLong now = new AtomicLong();
    var session = Machines.unobserved(now::get).start(SessionLifecycle.SESSION);
    session.fire(SessionEvent.INITIALIZED);
    assertThat(session.left(SessionEvent.SUSPEND)).contains(Duration.ofMinutes(10));
    assertThat(session.left(SessionEvent.HANDSHAKE_TIMEOUT)).isEmpty();
    now.set(Duration.ofHours(1).toNanos());
    assertThat(session.left(SessionEvent.SUSPEND)).contains(Duration.ZERO);
    assertThat(session.due()).map(StateMachine.Armed::event).contains(SessionEvent.IDLE_TIMEOUT);
    session.touch();
    assertThat(session.fireDue()).isEmpty();
  }

  @Test
  void aStateThatIsEnteredAnewStartsItsTimeoutAfresh() {
    AtomicLong now = new AtomicLong();
    var client = Machines.unobserved(now::get).start(ClientLifecycle.CLIENT);
    client.fire(ClientEvent.CONNECT);
    client.fire(ClientEvent.OPENED);
    now.set(Duration.ofSeconds(29).toNanos());
    client.fire(ClientEvent.SESSION_ENDED);
    now.set(Duration.ofSeconds(31).toNanos());
    assertThat(client.fireDue()).isEmpty();
    assertThat(client.left(ClientEvent.HANDSHAKE_TIMEOUT)).contains(Duration.ofSeconds(28));
  }

  @Test
  void whoeverRunsAMachineSaysHowLongItsTimeoutsAre() {
    AtomicLong now = new AtomicLong();
    var server =
        Machines.unobserved(now::get)
            .start(ServerLifecycle.SERVER, Actions.none(), _ -> Duration.ofSeconds(1));
    server.fire(ServerEvent.DRAIN);
    now.set(Duration.ofSeconds(1).toNanos());
    assertThat(server.fireDue()).isPresent();
    assertThat(server.state()).isEqualTo(ServerState.CLOSED);
  }

  @Test
  void theObserverHearsWhatEveryEventCameTo() {
    List<Outcome<?, ?>> heard = new ArrayList<>();
    var server =
        new Machines(() -> 0, table -> table == ServerLifecycle.SERVER ? heard::add : Observer.NONE)
            .start(ServerLifecycle.SERVER);
    server.fire(ServerEvent.CLIENT_READY);
    server.fire(ServerEvent.CLIENT_READY);
    server.fire(ServerEvent.DRAINED);
    server.fireArmed(0, ServerEvent.DRAIN);
    assertThat(heard)
        .hasExactlyElementsOfTypes(
            Outcome.Moved.class, Outcome.Ignored.class, Outcome.Refused.class, Outcome.Stale.class);
  }

  @Test
  void onlyTheLastMovesAreRemembered() {
    AtomicLong now = new AtomicLong();
    var server = Machines.unobserved(now::get).start(ServerLifecycle.SERVER);
    for (int i = 0; i < StateMachine.HISTORY; i++) {
      now.incrementAndGet();
      server.fire(ServerEvent.HANDSHAKE_BEGAN);
      server.fire(ServerEvent.HANDSHAKE_FAILED);
    }
    assertThat(server.history()).hasSize(StateMachine.HISTORY);
    assertThat(server.history().getLast().move().to()).isEqualTo(ServerState.LISTENING);
    assertThat(server.history().getFirst().afterNanos()).isEqualTo(5);
  }

  @Test
  void aMachineThatGoesOnWhatAnotherBeganWasUsedWhenThatWasUsed() {
    AtomicLong now = new AtomicLong(Duration.ofHours(5).toNanos());
    var session = Machines.unobserved(now::get).start(SessionLifecycle.SESSION);
    assertThat(session.table()).isSameAs(SessionLifecycle.SESSION);
    session.touch(Duration.ofMinutes(9));
    assertThat(session.unused()).isEqualTo(Duration.ofMinutes(9));
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(session.unused()).isEqualTo(Duration.ofMinutes(10));
    session.touch(Duration.ofMinutes(-1));
    assertThat(session.unused()).as("a clock that went back").isZero();
  }

  @Test
  void aMoveIsRememberedByTheAgeOfItsMachine() {
    AtomicLong now = new AtomicLong(1_000);
    var server = Machines.unobserved(now::get).start(ServerLifecycle.SERVER);
    now.addAndGet(7);
    server.fire(ServerEvent.DRAIN);
    assertThat(server.history())
        .containsExactly(
            new StateMachine.Step<>(
                new Outcome.Moved<>(ServerState.LISTENING, ServerEvent.DRAIN, ServerState.DRAINING),
                7));
    assertThat(server.position().sinceNanos()).isEqualTo(1_007);
  }

  @Test
  void whatWasRefusedOrCameTooLateWasNotAccepted() {
    var server = new StateMachine<>(ServerLifecycle.SERVER);
    assertThat(server.fire(ServerEvent.CLIENTS_GONE).accepted()).as("ignored").isTrue();
    assertThat(server.fire(ServerEvent.DRAINED).accepted()).as("refused").isFalse();
    assertThat(server.fire(ServerEvent.DRAIN).accepted()).as("moved").isTrue();
    assertThat(server.fireArmed(0, ServerEvent.DRAINED).accepted()).as("stale").isFalse();
  }

  @Test
  void aSessionIsOverOrCanBeToldSomethingOrMovesOn() {
    assertThat(SessionState.values())
        .filteredOn(SessionState::over)
        .containsExactly(SessionState.EXPIRING, SessionState.TERMINATING, SessionState.DEAD);
    assertThat(SessionState.values())
        .filteredOn(SessionState::listens)
        .containsExactly(
            SessionState.ACTIVE,
            SessionState.SUSPENDED,
            SessionState.RESUMING,
            SessionState.PAUSED);
    assertThat(SessionState.values())
        .filteredOn(SessionState::movesOn)
        .containsExactly(SessionState.PAUSED, SessionState.UPGRADING);
  }
}
