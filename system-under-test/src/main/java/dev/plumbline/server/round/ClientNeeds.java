package dev.plumbline.server.round;

import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import java.util.Collection;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client must have declared before it can be asked something (2026-07-28 client pages,
 * capabilities; basic/index, per-request protocol fields).
 */
public final class ClientNeeds {
  private static final Set<String> CONTEXTS = Set.of("thisServer", "allServers");

  private ClientNeeds() {}

  /**
   * Refuses questions the client did not declare support for.
   *
   * @throws RpcException with every capability that is missing
   */
  public static void check(ObjectNode declared, Collection<ClientRequest> requests)
      throws RpcException {
    ObjectNode missing = JsonNodeFactory.instance.objectNode();
    requests.forEach(request -> collect(declared, request, missing));
    if (!missing.isEmpty()) {
      ObjectNode data = JsonNodeFactory.instance.objectNode();
      data.set("requiredCapabilities", missing);
      throw new RpcException(RpcError.of(ErrorCode.MISSING_CAPABILITY).with(data));
    }
  }

  private static void collect(ObjectNode declared, ClientRequest request, ObjectNode missing) {
    switch (request.method()) {
      case "elicitation/create" -> elicitation(declared, request, missing);
      case "sampling/createMessage" -> {
        need(declared, missing, "sampling");
        if (request.params().has("tools") || request.params().has("toolChoice")) {
          need(declared, missing, "sampling", "tools");
        }
        if (CONTEXTS.contains(request.params().path("includeContext").asString(""))) {
          need(declared, missing, "sampling", "context");
        }
      }
      case "roots/list" -> need(declared, missing, "roots");
      default -> throw new IllegalArgumentException("a client cannot be asked " + request.method());
    }
  }

  private static void elicitation(ObjectNode declared, ClientRequest request, ObjectNode missing) {
    JsonNode given = declared.path("elicitation");
    if (request.params().path("mode").asString("form").equals("url")) {
      need(declared, missing, "elicitation", "url");
    } else if (!given.isObject()) {
      need(declared, missing, "elicitation");
    } else if (!given.isEmpty()) {
      // An empty object stands for form mode alone.
      need(declared, missing, "elicitation", "form");
    }
  }

  private static void need(ObjectNode declared, ObjectNode missing, String... path) {
    JsonNode at = declared;
    for (String step : path) {
      at = at.path(step);
    }
    if (at.isObject()) {
      return;
    }
    ObjectNode lacking = missing;
    for (String step : path) {
      lacking = lacking.withObjectProperty(step);
    }
  }
}
