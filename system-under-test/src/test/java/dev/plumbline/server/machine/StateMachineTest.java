package dev.plumbline.server.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
}
