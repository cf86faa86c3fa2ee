package dev.plumbline.server.api;

import dev.plumbline.server.protocol.RpcException;

/**
 * A handler in two parts: what has to be asked before the call can become a task, and the rest.
 *
 * @param <A> the arguments
 */
@FunctionalInterface
public interface StagedHandler<A> {
  /**
   * Asks; gives the rest of the work. In the stateless era it runs again from its beginning after
   * every answer, so nothing may happen here that must not happen twice.
   *
   * @throws ToolFailure for an error the client is told about
   * @throws RpcException when the client cannot be asked, or to answer with a protocol error
   */
  ToolHandler<A, ?> open(A arguments, Call call)
      throws ToolFailure, RpcException, InterruptedException;
}
