package dev.plumbline.server.api;

/**
 * What a tool does.
 *
 * @param <A> its arguments
 * @param <R> its result: the record promised with {@link ToolSpec#returns}, or else a String, a
 *     {@link Content}, a list of them, any record, or a {@code ToolResult}
 */
@FunctionalInterface
public interface ToolHandler<A, R> {
  /**
   * Runs on a virtual thread; may block. Interrupted when the call is cancelled.
   *
   * @throws ToolFailure for an error the client is told about
   * @throws Exception for any other failure, of which the client learns only that there was one
   */
  R handle(A arguments, Call call) throws Exception;
}
