package dev.plumbline.server.control;

import dev.plumbline.server.feature.task.Tasks;
import dev.plumbline.server.machine.TaskState;
import java.util.Optional;

/** Asks tasks of any owner to stop. A task that stops within its grace is cancelled by then. */
public final class TaskCancels implements ComponentHandler {
  private final Tasks tasks;

  /** Cancels these tasks. */
  public TaskCancels(Tasks tasks) {
    this.tasks = tasks;
  }

  @Override
  public ControlReply handle(ControlMessage message) {
    if (!(message instanceof ControlMessage.CancelTask(_, var id, _))) {
      return new ControlReply.Refused(Refusal.WRONG_STATE, "tasks can only be cancelled");
    }
    Optional<Tasks.Cancelled> outcome = tasks.cancel(id);
    if (outcome.isEmpty()) {
      return new ControlReply.Refused(Refusal.UNKNOWN_SUBJECT, "no task has this id");
    }
    TaskState state = outcome.get().state();
    return outcome.get().over()
        ? new ControlReply.Refused(
            Refusal.WRONG_STATE,
            "the task is over: it is " + state.label() + " already",
            state.label())
        : ControlReply.Acknowledged.done(state.label());
  }
}
