package dev.plumbline.server.client.scenario;

import dev.plumbline.server.client.CallOptions;
import dev.plumbline.server.client.McpClient;
import java.net.URI;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Scenarios about what is mirrored into headers. */
final class Headers {
  private Headers() {}

  private static ObjectNode object(JsonNode node) {
    return node instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
  }

  /** Uses everything the server lists. */
  static int standard(String name, URI server, JsonNode context, String revision) throws Exception {
    try (McpClient client = Clients.client(server, Clients.options(revision))) {
      client.connect();
      for (JsonNode tool : client.listTools()) {
        client.callTool(
            tool.path("name").asString(""), object(tool.path("absent")), CallOptions.DEFAULT);
      }
      for (JsonNode resource : client.listResources()) {
        client.readResource(resource.path("uri").asString(""));
      }
      for (JsonNode prompt : client.listPrompts()) {
        client.getPrompt(prompt.path("name").asString(""), object(prompt.path("absent")));
      }
      return 0;
    }
  }

  /** Makes the calls the suite wants. */
  static int custom(String name, URI server, JsonNode context, String revision) throws Exception {
    try (McpClient client = Clients.client(server, Clients.options(revision))) {
      client.connect();
      client.listTools();
      for (JsonNode call : context.path("toolCalls")) {
        client.callTool(
            call.path("name").asString(""), object(call.path("arguments")), CallOptions.DEFAULT);
      }
      return 0;
    }
  }

  /** Calls what is left of the list. */
  static int invalidTools(String name, URI server, JsonNode context, String revision)
      throws Exception {
    try (McpClient client = Clients.client(server, Clients.options(revision))) {
      client.connect();
      for (JsonNode tool : client.listTools()) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        tool.path("inputSchema")
            .path("properties")
            .properties()
            .forEach(property -> arguments.put(property.getKey(), "value"));
        client.callTool(tool.path("name").asString(""), arguments, CallOptions.DEFAULT);
      }
      return 0;
    }
  }
}
