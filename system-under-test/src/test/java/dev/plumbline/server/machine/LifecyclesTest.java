package dev.plumbline.server.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LifecyclesTest {
  @Test
  void serverTableHasARuleForEveryStateAndEvent() {
    assertComplete(Lifecycles.SERVER);
  }

  @Test
  void sessionTableHasARuleForEveryStateAndEvent() {
    assertComplete(Lifecycles.SESSION);
  }

  @Test
  void streamTableHasARuleForEveryStateAndEvent() {
    assertComplete(StreamLifecycle.STREAM);
  }

  @Test
  void clientTableHasARuleForEveryStateAndEvent() {
    assertComplete(ClientLifecycle.CLIENT);
  }

  @Test
  void breakerTableHasARuleForEveryStateAndEvent() {
    assertComplete(BreakerLifecycle.BREAKER);
  }

  private static <S extends Enum<S>, E extends Enum<E>> void assertComplete(
      TransitionTable<S, E> table) {
    for (S state : table.states()) {
      for (E event : table.events()) {
        assertThat(table.rule(state, event)).as("%s x %s", state, event).isNotNull();
      }
    }
  }

  @Test
  void everyStateOfEveryTableCanBeReached() {
    assertThat(reachable(Lifecycles.SERVER)).containsExactlyInAnyOrder(ServerState.values());
    assertThat(reachable(Lifecycles.SESSION)).containsExactlyInAnyOrder(SessionState.values());
    assertThat(reachable(StreamLifecycle.STREAM)).containsExactlyInAnyOrder(StreamState.values());
    assertThat(reachable(ClientLifecycle.CLIENT)).containsExactlyInAnyOrder(ClientState.values());
    assertThat(reachable(BreakerLifecycle.BREAKER))
        .containsExactlyInAnyOrder(BreakerState.values());
  }

  private static <S extends Enum<S>, E extends Enum<E>> Set<S> reachable(
      TransitionTable<S, E> table) {
    Set<S> found = EnumSet.of(table.initial());
    int before;
    do {
      before = found.size();
      for (S state : Set.copyOf(found)) {
        for (E event : table.events()) {
          if (table.rule(state, event) instanceof Rule.To<S>(var target)) {
            found.add(target);
          }
        }
      }
    } while (found.size() > before);
    return found;
  }

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
            .stay(ServerState.LISTENING, ServerEvent.DRAIN);
    assertThatThrownBy(() -> builder.stay(ServerState.LISTENING, ServerEvent.DRAIN))
        .hasMessageContaining("two rules for LISTENING x DRAIN");
  }

  @Test
  void anIllegalEventLeavesThePositionAndSaysWhy() {
    var machine = new StateMachine<>(Lifecycles.SERVER);
    var before = machine.position();
    assertThat(machine.fire(ServerEvent.DRAINED))
        .isEqualTo(
            new Outcome.Refused<>(
                ServerState.LISTENING, ServerEvent.DRAINED, "the server is not draining"));
    assertThat(machine.position()).isEqualTo(before);
  }

  @Test
  void aTimeoutArmedInAnEarlierPositionIsDropped() {
    var machine = new StateMachine<>(Lifecycles.SESSION);
    long armed = machine.position().epoch();
    machine.fire(SessionEvent.INITIALIZED);
    assertThat(machine.fireArmed(armed, SessionEvent.HANDSHAKE_TIMEOUT))
        .isEqualTo(new Outcome.Stale<>(SessionState.ACTIVE, SessionEvent.HANDSHAKE_TIMEOUT));
    assertThat(machine.state()).isEqualTo(SessionState.ACTIVE);
  }

  @Test
  void aTimeoutArmedInThisPositionFires() {
    var machine = new StateMachine<>(Lifecycles.SESSION);
    long armed = machine.position().epoch();
    assertThat(machine.fireArmed(armed, SessionEvent.HANDSHAKE_TIMEOUT).accepted()).isTrue();
    assertThat(machine.state()).isEqualTo(SessionState.TERMINATING);
  }

  @Test
  void aLawfulEventThatChangesNothingKeepsTheEpoch() {
    var machine = new StateMachine<>(Lifecycles.SESSION);
    machine.fire(SessionEvent.INITIALIZED);
    long epoch = machine.position().epoch();
    assertThat(machine.fire(SessionEvent.REQUEST))
        .isEqualTo(new Outcome.Stayed<>(SessionState.ACTIVE));
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
  void aTablePrintsItselfAsADiagram() {
    assertThat(Lifecycles.SESSION.diagram())
        .startsWith("stateDiagram-v2")
        .contains("[*] --> initializing")
        .contains("suspended --> active : request")
        .contains("terminating --> dead : released")
        .doesNotContain("dead -->");
  }
}
