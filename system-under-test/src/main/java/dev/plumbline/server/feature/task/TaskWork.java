package dev.plumbline.server.feature.task;

import dev.plumbline.server.feature.Context;
import dev.plumbline.server.protocol.RpcException;
import tools.jackson.databind.node.ObjectNode;

/** What a task does. */
@FunctionalInterface
interface TaskWork {
  /**
   * Runs on a virtual thread of its own.
   *
   * @throws RpcException the error the task ends with
   * @throws InterruptedException when it was asked to stop, or took too long
   */
  ObjectNode run(Context context) throws RpcException, InterruptedException;
}
