package dev.plumbline.server.control;

import dev.plumbline.server.feature.task.Tasks;
import dev.plumbline.server.machine.TaskState;
import dev.plumbline.server.observe.EventLog;
import dev.plumbline.server.observe.Severity;
import java.util.Map;
import java.util.Optional;

/**
 * Asks tasks of any owner to stop. A task that stops within its grace is cancelled by then. Other
 * operators are told why; its client is told that it was an operator.
 */
public final class TaskCancels implements ComponentHandler {
  private final Tasks tasks;
  private final EventLog notices;

  /** Cancels these tasks, and says so. */
  public TaskCancels(Tasks tasks, EventLog notices) {
    this.tasks = tasks;
    this.notices = notices;
  }

  @Override
  public ControlReply handle(ControlMessage message) {
    if (!(message instanceof ControlMessage.CancelTask(_, var id, var reason))) {
      return new ControlReply.Refused(Refusal.WRONG_STATE, "tasks can only be cancelled");
    }
    Optional<Tasks.Cancelled> outcome = tasks.cancel(id, reason);
    if (outcome.isEmpty()) {
      return new ControlReply.Refused(Refusal.UNKNOWN_SUBJECT, "no task has this id");
    }
    TaskState state = outcome.get().state();
    if (outcome.get().over()) {
      return new ControlReply.Refused(
          Refusal.WRONG_STATE,
          "the task is over: it is " + state.label() + " already",
          state.label());
    }
    notices.add(
        Severity.INFO,
        "control",
        outcome.get().task(),
        "an operator cancelled a task",
        Map.of("reason", reason.isBlank() ? "none given" : reason));
    return ControlReply.Acknowledged.done(state.label());
  }
}
