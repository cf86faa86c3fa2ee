package dev.plumbline.server.api;

import dev.plumbline.server.protocol.RpcException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a resource of a template. */
@FunctionalInterface
public interface TemplateHandler {
  /**
   * Runs on a virtual thread; may block.
   *
   * @param variables decoded, by name
   * @return a String, or a byte[]; null when there is no such resource
   */
  @Nullable Object read(Map<String, String> variables, Call call)
      throws RpcException, InterruptedException;
}
