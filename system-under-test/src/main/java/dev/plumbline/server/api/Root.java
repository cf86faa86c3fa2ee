package dev.plumbline.server.api;

import dev.plumbline.server.protocol.RpcException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A folder the client works in.
 *
 * @param uri a file URI
 * @param name for people; empty when it has none
 */
public record Root(String uri, String name) {
  /**
   * Reads the client's result of {@code roots/list}.
   *
   * @throws RpcException when it is not one
   */
  public static List<Root> listOf(ObjectNode result) throws RpcException {
    if (!result.path("roots").isArray()) {
      throw RpcException.invalidParams("the roots result has no roots");
    }
    List<Root> roots = new ArrayList<>();
    for (JsonNode root : result.path("roots")) {
      if (!root.path("uri").isString()) {
        throw RpcException.invalidParams("a root has no uri");
      }
      roots.add(new Root(root.path("uri").stringValue(), root.path("name").asString("")));
    }
    return List.copyOf(roots);
  }
}
