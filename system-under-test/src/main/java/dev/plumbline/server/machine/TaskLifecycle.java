package dev.plumbline.server.machine;

import static dev.plumbline.server.machine.TaskEvent.ANSWERED;
import static dev.plumbline.server.machine.TaskEvent.ASK;
import static dev.plumbline.server.machine.TaskEvent.CANCEL;
import static dev.plumbline.server.machine.TaskEvent.CANCEL_TIMEOUT;
import static dev.plumbline.server.machine.TaskEvent.DEADLINE;
import static dev.plumbline.server.machine.TaskEvent.ERROR;
import static dev.plumbline.server.machine.TaskEvent.EXPIRE;
import static dev.plumbline.server.machine.TaskEvent.RESULT;
import static dev.plumbline.server.machine.TaskEvent.START;
import static dev.plumbline.server.machine.TaskState.CANCELLED;
import static dev.plumbline.server.machine.TaskState.CANCELLING;
import static dev.plumbline.server.machine.TaskState.FAILED;
import static dev.plumbline.server.machine.TaskState.INPUT_REQUIRED;
import static dev.plumbline.server.machine.TaskState.RESULT_READY;
import static dev.plumbline.server.machine.TaskState.RUNNING;
import static dev.plumbline.server.machine.TaskState.SUBMITTED;
import static dev.plumbline.server.machine.TaskState.TIMED_OUT;

import java.time.Duration;

/** The lifecycle of a task (C11), complete for every state and event. */
public final class TaskLifecycle {
  /** Action: nobody is to answer the questions any more. */
  public static final String WITHDRAW = "withdraw";

  /** Action: ask the work to stop. */
  public static final String STOP = "stop";

  /** Action: note what the task came to and tell whoever waits. */
  public static final String SETTLE = "settle";

  private static final String NOT_CANCELLING = "nobody asked to cancel the task";
  private static final String ENDED = "the task has ended";
  private static final String NOTHING_TO_STOP = "cancelling is idempotent: the task has ended";
  private static final String FORGOTTEN = "the task has ended and is only forgotten";

  /** How long a task is remembered from its creation (C10). */
  public static final Duration TTL = Duration.ofMinutes(5);

  /** A task's work ends within this, with an error if need be. */
  public static final Duration LONGEST = Duration.ofMinutes(10);

  /** Work that was asked to stop has this long to do so. */
  public static final Duration GRACE = Duration.ofSeconds(2);

  /** A task: submitted, running (input_required), cancelling, and the four ways to end. */
  public static final TransitionTable<TaskState, TaskEvent> TASK =
      timed(
              TransitionTable.of("task", TaskState.class, TaskEvent.class, SUBMITTED)
                  .move(SUBMITTED, START, RUNNING)
                  .move(SUBMITTED, ERROR, FAILED)
                  // Nothing runs yet, so nothing has to stop.
                  .move(SUBMITTED, CANCEL, CANCELLED)
                  .move(SUBMITTED, DEADLINE, TIMED_OUT)
                  .move(SUBMITTED, EXPIRE, TIMED_OUT)
                  .refuse(SUBMITTED, CANCEL_TIMEOUT, NOT_CANCELLING)
                  .refuseRest(SUBMITTED, "the work has not begun")
                  .move(RUNNING, ASK, INPUT_REQUIRED)
                  .move(RUNNING, RESULT, RESULT_READY)
                  .move(RUNNING, ERROR, FAILED)
                  .move(RUNNING, CANCEL, CANCELLING)
                  .move(RUNNING, DEADLINE, TIMED_OUT)
                  .move(RUNNING, EXPIRE, TIMED_OUT)
                  .refuse(RUNNING, START, "the work has begun")
                  .refuse(RUNNING, ANSWERED, "nothing was asked")
                  .refuse(RUNNING, CANCEL_TIMEOUT, NOT_CANCELLING)
                  .move(INPUT_REQUIRED, ANSWERED, RUNNING)
                  .refuse(INPUT_REQUIRED, ASK, "the last questions are still open")
                  .move(INPUT_REQUIRED, RESULT, RESULT_READY)
                  .move(INPUT_REQUIRED, ERROR, FAILED)
                  .move(INPUT_REQUIRED, CANCEL, CANCELLING)
                  .move(INPUT_REQUIRED, DEADLINE, TIMED_OUT)
                  .move(INPUT_REQUIRED, EXPIRE, TIMED_OUT)
                  .refuse(INPUT_REQUIRED, START, "the work has begun")
                  .refuse(INPUT_REQUIRED, CANCEL_TIMEOUT, NOT_CANCELLING)
                  // C11: a result that arrives while cancelling wins; an error is how stopping
                  // looks.
                  .move(CANCELLING, RESULT, RESULT_READY)
                  .move(CANCELLING, ERROR, CANCELLED)
                  .move(CANCELLING, CANCEL_TIMEOUT, CANCELLED)
                  .move(CANCELLING, DEADLINE, CANCELLED)
                  .move(CANCELLING, EXPIRE, CANCELLED)
                  .ignore(CANCELLING, CANCEL, "the work was asked to stop already")
                  .ignore(CANCELLING, ANSWERED, "the work is to stop whatever the answer")
                  .refuse(CANCELLING, START, "the task is being cancelled")
                  .refuse(CANCELLING, ASK, "the task is being cancelled")
                  .ignore(RESULT_READY, CANCEL, NOTHING_TO_STOP)
                  .ignore(RESULT_READY, EXPIRE, FORGOTTEN)
                  .refuseRest(RESULT_READY, ENDED)
                  .ignore(CANCELLED, CANCEL, NOTHING_TO_STOP)
                  .ignore(CANCELLED, EXPIRE, FORGOTTEN)
                  .refuseRest(CANCELLED, ENDED)
                  .ignore(FAILED, CANCEL, NOTHING_TO_STOP)
                  .ignore(FAILED, EXPIRE, FORGOTTEN)
                  .refuseRest(FAILED, ENDED)
                  .ignore(TIMED_OUT, CANCEL, NOTHING_TO_STOP)
                  .ignore(TIMED_OUT, EXPIRE, FORGOTTEN)
                  .refuseRest(TIMED_OUT, ENDED)
                  .onExit(INPUT_REQUIRED, WITHDRAW)
                  .onEntry(CANCELLING, STOP)
                  .onEntry(RESULT_READY, SETTLE)
                  .onEntry(CANCELLED, SETTLE)
                  .onEntry(FAILED, SETTLE)
                  .onEntry(TIMED_OUT, SETTLE))
          .build();

  private TaskLifecycle() {}

  /** C10: every task is forgotten in the end; work ends before, and stops soon when asked to. */
  private static TableBuilder<TaskState, TaskEvent> timed(
      TableBuilder<TaskState, TaskEvent> table) {
    for (TaskState state : TaskState.values()) {
      table.timeout(state, EXPIRE, Timeout.Since.MADE, TTL);
      if (!state.terminal()) {
        table.timeout(state, DEADLINE, Timeout.Since.MADE, LONGEST);
      }
    }
    return table.timeout(CANCELLING, CANCEL_TIMEOUT, Timeout.Since.ENTERED, GRACE);
  }
}
