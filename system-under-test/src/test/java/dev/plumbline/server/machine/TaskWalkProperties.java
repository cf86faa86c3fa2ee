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

/** Random walks through the task table beside a model written down a second time. */
class TaskWalkProperties {
  private static final int WALKS = 2_000;
  private static final int STEPS = 24;

  /** What is expected, one line per state: where each event leads, or "no". */
  private static final String MODEL =
      """
                     START   ASK            ANSWERED RESULT       ERROR     CANCEL     CANCEL_TIMEOUT DEADLINE  EXPIRE
      SUBMITTED      RUNNING no             no       no           FAILED    CANCELLED  no             TIMED_OUT TIMED_OUT
      RUNNING        no      INPUT_REQUIRED no       RESULT_READY FAILED    CANCELLING no             TIMED_OUT TIMED_OUT
      INPUT_REQUIRED no      no             RUNNING  RESULT_READY FAILED    CANCELLING no             TIMED_OUT TIMED_OUT
      CANCELLING     no      no             same     RESULT_READY CANCELLED same       CANCELLED      CANCELLED CANCELLED
      RESULT_READY   no      no             no       no           no        same       no             no        same
      CANCELLED      no      no             no       no           no        same       no             no        same
      FAILED         no      no             no       no           no        same       no             no        same
      TIMED_OUT      no      no             no       no           no        same       no             no        same
      """;

  private static final Set<String> WALKED = ConcurrentHashMap.newKeySet();
  private static final Map<String, String> WORDS = read();

  /** The machine under test beside the state the model expects. */
  static final class Walk {
    private final StateMachine<TaskState, TaskEvent> machine = new StateMachine<>(Lifecycles.TASK);
    private TaskState expected = TaskState.SUBMITTED;

    void fire(TaskEvent event) {
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
          TaskState target = TaskState.valueOf(word);
          assertThat(outcome).isEqualTo(new Outcome.Moved<>(expected, target));
          expected = target;
        }
      }
    }
  }

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

  private static String word(TaskState state, TaskEvent event) {
    return Objects.requireNonNull(WORDS.get(state + " x " + event));
  }

  private static Action<Walk> firing(TaskEvent event) {
    return Action.just(Transformer.mutate(event.name(), (Walk walk) -> walk.fire(event)));
  }

  @Provide
  Arbitrary<ActionChain<Walk>> walks() {
    ActionChainArbitrary<Walk> chain = ActionChain.startWith(Walk::new);
    for (TaskEvent event : TaskEvent.values()) {
      // Endings are rarer, so that walks get far.
      boolean goesOn =
          switch (event) {
            case START, ASK, ANSWERED, CANCEL_TIMEOUT -> true;
            case RESULT, ERROR, CANCEL, DEADLINE, EXPIRE -> false;
          };
      chain = chain.withAction(goesOn ? 4 : 1, firing(event));
    }
    return chain.withMaxTransformations(STEPS);
  }

  @Property(tries = WALKS)
  void everyWalkFollowsTheModelAndCanEnd(@ForAll("walks") ActionChain<Walk> walks) {
    Walk walk =
        walks
            .withInvariant("state", now -> assertThat(now.machine.state()).isEqualTo(now.expected))
            .run();
    walk.machine.fire(TaskEvent.EXPIRE);
    assertThat(walk.machine.state().terminal()).isTrue();
  }

  @AfterContainer
  static void everyStateMetEveryEvent() {
    assertThat(WALKED).hasSize(TaskState.values().length * TaskEvent.values().length);
  }
}
