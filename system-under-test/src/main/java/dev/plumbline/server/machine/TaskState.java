package dev.plumbline.server.machine;

/** The states of a task: those of C11, and the one sub-state that the protocol can see. */
public enum TaskState implements State {
  /** Registered; its work has not begun. */
  SUBMITTED,
  /** Its work is going on. */
  RUNNING,
  /** Sub-state of running: the work waits for its client. */
  INPUT_REQUIRED,
  /** Its work was asked to stop and has not stopped yet. */
  CANCELLING,
  /** Its work gave a result. */
  RESULT_READY,
  /** Ended because someone asked. */
  CANCELLED,
  /** Its work ended with an error. */
  FAILED,
  /** Its work took too long. */
  TIMED_OUT;

  @Override
  public String published() {
    return switch (this) {
      case INPUT_REQUIRED -> RUNNING.label();
      case SUBMITTED, RUNNING, CANCELLING, RESULT_READY, CANCELLED, FAILED, TIMED_OUT -> label();
    };
  }

  /** The status on the wire, the same five words in both eras (tasks pages, task status). */
  public String wire() {
    return switch (this) {
      case SUBMITTED, RUNNING, CANCELLING -> "working";
      case INPUT_REQUIRED -> "input_required";
      case RESULT_READY -> "completed";
      case CANCELLED -> "cancelled";
      case FAILED, TIMED_OUT -> "failed";
    };
  }

  @Override
  public boolean terminal() {
    return switch (this) {
      case SUBMITTED, RUNNING, INPUT_REQUIRED, CANCELLING -> false;
      case RESULT_READY, CANCELLED, FAILED, TIMED_OUT -> true;
    };
  }
}
