package dev.plumbline.server.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TaskTableTest {
  private final StateMachine<TaskState, TaskEvent> task = new StateMachine<>(TaskLifecycle.TASK);

  private void fire(TaskEvent... events) {
    for (TaskEvent event : events) {
      assertThat(task.fire(event).accepted()).as("%s in %s", event, task.state()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SUBMITTED,working",
    "RUNNING,working",
    "INPUT_REQUIRED,input_required",
    "CANCELLING,working",
    "RESULT_READY,completed",
    "CANCELLED,cancelled",
    "FAILED,failed",
    "TIMED_OUT,failed"
  })
  void everyStateHasItsWordOnTheWire(TaskState state, String word) {
    assertThat(state.wire()).isEqualTo(word);
  }

  @ParameterizedTest
  @EnumSource(TaskState.class)
  void whatEndedNeverMovesAgain(TaskState state) {
    for (TaskEvent event : TaskEvent.values()) {
      if (state.terminal()) {
        assertThat(TaskLifecycle.TASK.rule(state, event)).isNotInstanceOf(Rule.To.class);
      }
    }
  }

  @Test
  void aResultThatArrivesWhileCancellingWins() {
    fire(TaskEvent.START, TaskEvent.CANCEL, TaskEvent.RESULT);
    assertThat(task.state()).isEqualTo(TaskState.RESULT_READY);
  }

  @Test
  void aResultThatArrivesAfterTheGraceIsRefused() {
    fire(TaskEvent.START, TaskEvent.CANCEL, TaskEvent.CANCEL_TIMEOUT);
    assertThat(task.fire(TaskEvent.RESULT)).isInstanceOf(Outcome.Refused.class);
    assertThat(task.state()).isEqualTo(TaskState.CANCELLED);
  }

  @Test
  void cancellingIsIdempotentInEveryState() {
    fire(TaskEvent.START, TaskEvent.CANCEL, TaskEvent.CANCEL, TaskEvent.ERROR, TaskEvent.CANCEL);
    assertThat(task.state()).isEqualTo(TaskState.CANCELLED);
    for (TaskState state : TaskState.values()) {
      assertThat(TaskLifecycle.TASK.rule(state, TaskEvent.CANCEL))
          .as("%s", state)
          .isNotInstanceOf(Rule.Refuse.class);
    }
  }
}
