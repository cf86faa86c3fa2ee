package dev.plumbline.server.api;

import dev.plumbline.server.protocol.RpcException;

/** Reads a resource. */
@FunctionalInterface
public interface ResourceHandler {
  /**
   * Runs on a virtual thread; may block.
   *
   * @return a String, or a byte[]
   */
  Object read(Call call) throws RpcException, InterruptedException;
}
