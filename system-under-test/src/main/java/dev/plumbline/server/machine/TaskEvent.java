package dev.plumbline.server.machine;

/** What happens to a task. */
public enum TaskEvent implements Event {
  /** Its work begins. */
  START,
  /** The work asks its client for something. */
  ASK,
  /** Everything that was asked for is here, or will not come. */
  ANSWERED,
  /** The work gave a result. */
  RESULT,
  /** The work ended with an error, or because it was interrupted. */
  ERROR,
  /** Someone asked to stop the work. */
  CANCEL,
  /** The work did not stop in time after it was asked to. */
  CANCEL_TIMEOUT,
  /** The work has taken longer than any may. */
  DEADLINE,
  /** The time to live has passed, or the owner has gone: the task is about to be forgotten. */
  EXPIRE
}
