package dev.plumbline.server.mutant;

import dev.plumbline.server.ServerParts;
import dev.plumbline.server.era.MethodTable;
import dev.plumbline.server.feature.Method;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Defects of features that are planted in either era. */
final class FeatureDefects {
  private static final List<String> LISTS =
      List.of("tools/list", "resources/list", "resources/templates/list", "prompts/list");

  private FeatureDefects() {}

  /** A call of an unknown tool gives a result instead of an error. */
  static Method unknownToolAsResult(ServerParts parts, Method original) {
    return (context, params) -> {
      String name = params.path("name").asString("");
      boolean known =
          parts.features().catalog().tools().stream().anyMatch(tool -> tool.name().equals(name));
      if (known || !params.path("name").isString()) {
        return original.call(context, params);
      }
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      result.putArray("content").addObject().put("type", "text").put("text", "no such tool");
      return result.put("isError", true);
    };
  }

  /** Reading an unknown resource gives no contents instead of an error. */
  static Method unknownResourceAsEmpty(ServerParts parts, Method original) {
    return (context, params) -> {
      try {
        return original.call(context, params);
      } catch (RpcException e) {
        if (!e.error().is(ErrorCode.RESOURCE_NOT_FOUND)) {
          throw e;
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.putArray("contents");
        return result;
      }
    };
  }

  /** Every list method starts over when it does not know the cursor. */
  static MethodTable cursorsIgnored(MethodTable table) {
    MethodTable changed = table;
    for (String list : LISTS) {
      changed = changed.with(list, startingOver(table.find(list).orElseThrow()));
    }
    return changed;
  }

  private static Method startingOver(Method original) {
    return (context, params) -> {
      try {
        return original.call(context, params);
      } catch (RpcException e) {
        JsonNode cursor = params.path("cursor");
        if (!cursor.isString()) {
          throw e;
        }
        ObjectNode again = params.deepCopy();
        again.remove("cursor");
        return original.call(context, again);
      }
    };
  }
}
