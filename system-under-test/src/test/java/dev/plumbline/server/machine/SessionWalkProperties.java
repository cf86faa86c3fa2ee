package dev.plumbline.server.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;

/** Random walks through the session table beside a model written down a second time. */
class SessionWalkProperties {
  private static final int WALKS = 2_000;
  private static final int STEPS = 24;

  /** What is expected, one line per state: where each event leads, or "no". */
  private static final String MODEL =
      """
                   INITIALIZED REQUEST PING   LISTEN SUSPEND   IDLE_TIMEOUT HANDSHAKE_TIMEOUT TERMINATE   RELEASED
      INITIALIZING ACTIVE      no      same   same   no        no           TERMINATING       TERMINATING no
      ACTIVE       same        same    same   same   SUSPENDED TERMINATING  no                TERMINATING no
      SUSPENDED    same        ACTIVE  ACTIVE ACTIVE same      TERMINATING  no                TERMINATING no
      TERMINATING  no          no      no     no     no        no           no                no          DEAD
      DEAD         no          no      no     no     no        no           no                no          no
      """;

  private static final Set<String> WALKED = ConcurrentHashMap.newKeySet();

  /** The machine under test beside the state the model expects. */
  static final class Walk {
    private final StateMachine<SessionState, SessionEvent> machine =
        new StateMachine<>(Lifecycles.SESSION);
    private SessionState expected = SessionState.INITIALIZING;

    void fire(SessionEvent event) {
      WALKED.add(expected + " x " + event);
      var before = machine.position();
      var outcome = machine.fire(event);
      String word = word(expected, event);
      switch (word) {
        case "no" -> {
          assertThat(outcome).isInstanceOf(Outcome.Refused.class);
          assertThat(machine.position()).isEqualTo(before);
        }
        case "same" -> assertThat(outcome).isEqualTo(new Outcome.Stayed<>(expected));
        default -> {
          SessionState target = SessionState.valueOf(word);
          assertThat(outcome).isEqualTo(new Outcome.Moved<>(expected, target));
          expected = target;
        }
      }
    }
  }

  private static final Map<String, String> WORDS = read();

  private static Map<String, String> read() {
    List<List<String>> rows =
        MODEL.lines().map(line -> List.of(line.strip().split(" +", -1))).toList();
    Map<String, String> words = new HashMap<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      for (int i = 1; i < row.size(); i++) {
        words.put(row.getFirst() + " x " + rows.getFirst().get(i - 1), row.get(i));
      }
    }
    return words;
  }

  private static String word(SessionState state, SessionEvent event) {
    return Objects.requireNonNull(WORDS.get(state + " x " + event));
  }

  private static Action<Walk> firing(SessionEvent event) {
    return Action.just(Transformer.mutate(event.name(), (Walk walk) -> walk.fire(event)));
  }

  @Provide
  Arbitrary<ActionChain<Walk>> walks() {
    ActionChainArbitrary<Walk> chain = ActionChain.startWith(Walk::new);
    for (SessionEvent event : SessionEvent.values()) {
      // Endings are rarer, so that walks get far.
      boolean ends = word(SessionState.ACTIVE, event).equals("TERMINATING");
      chain = chain.withAction(ends ? 1 : 4, firing(event));
    }
    return chain.withMaxTransformations(STEPS);
  }

  @Property(tries = WALKS)
  void everyWalkFollowsTheModelAndCanEnd(@ForAll("walks") ActionChain<Walk> walks) {
    Walk walk =
        walks
            .withInvariant("state", now -> assertThat(now.machine.state()).isEqualTo(now.expected))
            .run();
    walk.machine.fire(SessionEvent.TERMINATE);
    walk.machine.fire(SessionEvent.RELEASED);
    assertThat(walk.machine.state()).isEqualTo(SessionState.DEAD);
  }

  @AfterContainer
  static void everyStateMetEveryEvent() {
    assertThat(WALKED).hasSize(SessionState.values().length * SessionEvent.values().length);
  }
}
