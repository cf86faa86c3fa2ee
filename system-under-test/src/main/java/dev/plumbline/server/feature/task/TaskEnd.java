package dev.plumbline.server.feature.task;

import dev.plumbline.server.machine.TaskState;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RpcError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a task has come to, and how that is told to whoever polls.
 *
 * @param reply the result or the error
 * @param message one line about it, or null when there is nothing to say
 */
record TaskEnd(@Nullable Reply reply, @Nullable String message) {
  /** How much of a tool's own error becomes the message, in characters. */
  private static final int MAX_TOLD = 200;

  private static final String CANCELLED_MESSAGE = "The task was cancelled by request.";
  private static final String OPERATOR_MESSAGE = "The task was cancelled by an operator.";
  private static final String TIMED_OUT_MESSAGE = "The work took longer than a task may.";

  /**
   * The end of a task in this state; empty when it is none.
   *
   * @param came what the work came to, when that ended it
   * @param byOperator true when an operator asked it to stop
   */
  static Optional<TaskEnd> in(TaskState state, @Nullable Reply came, boolean byOperator) {
    return switch (state) {
      case RESULT_READY -> Optional.of(new TaskEnd(came, null));
      case FAILED -> Optional.of(new TaskEnd(came, wentWrong(came)));
      case CANCELLED ->
          Optional.of(
              failed(ErrorCode.CANCELLED, byOperator ? OPERATOR_MESSAGE : CANCELLED_MESSAGE));
      case TIMED_OUT -> Optional.of(failed(ErrorCode.DEADLINE_EXCEEDED, TIMED_OUT_MESSAGE));
      case SUBMITTED, RUNNING, INPUT_REQUIRED, CANCELLING -> Optional.empty();
    };
  }

  private static TaskEnd failed(ErrorCode code, String message) {
    return new TaskEnd(new Reply.Failure(RpcError.of(code)), message);
  }

  /** Tasks page, task execution errors: whoever polls is told what went wrong. */
  private static @Nullable String wentWrong(@Nullable Reply reply) {
    return switch (reply) {
      case Reply.Failure(var error) -> error.message();
      case Reply.Result(var value) -> {
        String told = value.path("content").path(0).path("text").asString("");
        yield told.isBlank()
            ? "the call came to an error"
            : told.substring(0, Math.min(MAX_TOLD, told.length()));
      }
      case null -> null;
    };
  }
}
