package dev.plumbline.server.api;

import dev.plumbline.server.protocol.RpcException;

/**
 * Writes a prompt.
 *
 * @param <A> its arguments
 */
@FunctionalInterface
public interface PromptHandler<A> {
  /**
   * Runs on a virtual thread; may block.
   *
   * @return a String for one message of the user, a {@link PromptMessage}, or a list of them
   */
  Object write(A arguments, Call call) throws RpcException, InterruptedException;
}
