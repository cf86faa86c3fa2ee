package dev.plumbline.server.feature;

import dev.plumbline.server.protocol.RpcException;
import tools.jackson.databind.node.ObjectNode;

/** What a JSON-RPC method does: parameters in, a fresh result out. */
@FunctionalInterface
public interface Method {
  /**
   * Runs on a virtual thread; may block.
   *
   * @throws RpcException to answer with an error
   * @throws InterruptedException when the request was cancelled or its deadline passed
   */
  ObjectNode call(Context context, ObjectNode params) throws RpcException, InterruptedException;
}
