package dev.plumbline.server.client.scenario;

import dev.plumbline.server.client.CallOptions;
import dev.plumbline.server.client.Elicitations;
import dev.plumbline.server.client.Handlers;
import dev.plumbline.server.client.McpClient;
import java.net.URI;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Scenarios that call tools. */
final class ToolCalls {
  private ToolCalls() {}

  private static ObjectNode none() {
    return JsonNodeFactory.instance.objectNode();
  }

  static int addNumbers(String name, URI server, JsonNode context, String revision)
      throws Exception {
    try (McpClient client = Clients.client(server, Clients.options(revision))) {
      client.connect();
      client.listTools();
      client.callTool("add_numbers", none().put("a", 5).put("b", 3), CallOptions.DEFAULT);
      return 0;
    }
  }

  static int elicitationDefaults(String name, URI server, JsonNode context, String revision)
      throws Exception {
    Handlers handlers = Handlers.NONE.withElicitation(Elicitations::acceptDefaults);
    try (McpClient client =
        Clients.client(server, Clients.options(revision).withHandlers(handlers))) {
      client.connect();
      client.listTools();
      client.callTool("test_client_elicitation_defaults", none(), CallOptions.DEFAULT);
      return 0;
    }
  }

  static int reconnection(String name, URI server, JsonNode context, String revision)
      throws Exception {
    try (McpClient client = Clients.client(server, Clients.options(revision))) {
      client.connect();
      client.listTools();
      client.callTool("test_reconnection", none(), CallOptions.DEFAULT);
      return 0;
    }
  }

  /** State goes back as it came, into the same request, and nowhere else. */
  static int requestState(String name, URI server, JsonNode context, String revision)
      throws Exception {
    Handlers handlers = Handlers.NONE.withElicitation(params -> accepted(params));
    try (McpClient client =
        Clients.client(server, Clients.options(revision).withHandlers(handlers))) {
      client.connect();
      client.listTools();
      for (String tool :
          List.of(
              "test_mrtr_echo_state",
              "test_mrtr_unrelated",
              "test_mrtr_no_state",
              "test_mrtr_no_result_type")) {
        client.callTool(tool, none(), CallOptions.DEFAULT);
      }
      return 0;
    }
  }

  private static ObjectNode accepted(ObjectNode params) {
    ObjectNode answer = none().put("action", "accept");
    ObjectNode content = answer.putObject("content");
    params
        .path("requestedSchema")
        .path("properties")
        .properties()
        .forEach(field -> value(content, field.getKey(), field.getValue()));
    return answer;
  }

  private static void value(ObjectNode content, String name, JsonNode schema) {
    switch (schema.path("type").asString("")) {
      case "boolean" -> content.put(name, true);
      case "integer", "number" -> content.put(name, 1);
      default -> content.put(name, "yes");
    }
  }

  /** A schema reaches the caller with every keyword it was sent with. */
  static int schemaEcho(String name, URI server, JsonNode context, String revision)
      throws Exception {
    try (McpClient client = Clients.client(server, Clients.options(revision))) {
      client.connect();
      for (JsonNode tool : client.listTools()) {
        if (tool.path("name").asString("").equals("json_schema_2020_12_tool")) {
          ObjectNode arguments = none();
          arguments.set("schema", tool.path("inputSchema"));
          client.callTool("json_schema_echo", arguments, CallOptions.DEFAULT);
        }
      }
      return 0;
    }
  }
}
