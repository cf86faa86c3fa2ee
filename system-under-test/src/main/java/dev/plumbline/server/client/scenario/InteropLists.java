package dev.plumbline.server.client.scenario;

import static dev.plumbline.server.client.scenario.InteropChecks.check;
import static dev.plumbline.server.client.scenario.InteropChecks.equal;

import dev.plumbline.server.client.McpClient;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The features of {@link InteropFeatures} that ask a server what it has. */
final class InteropLists {
  private static final List<String> TOOLS =
      List.of(
          "test_simple_text",
          "test_tool_with_progress",
          "test_tool_with_logging",
          "test_sampling",
          "test_elicitation",
          "slow_wait");

  private static final String TEXT = "test://static-text";
  private static final String WATCHED = "test://watched-resource";

  private final McpClient client;

  InteropLists(McpClient client) {
    this.client = client;
  }

  String listTools() throws Exception {
    List<JsonNode> tools = client.listTools();
    List<String> names = tools.stream().map(tool -> tool.path("name").asString("")).toList();
    check(names.containsAll(TOOLS), "missing from " + names);
    JsonNode wait = tools.get(names.indexOf("slow_wait"));
    equal(
        wait.path("inputSchema").path("properties").path("millis").path("type").asString(""),
        "integer");
    return tools.size() + " tools";
  }

  String listResources() throws Exception {
    List<String> uris =
        client.listResources().stream().map(each -> each.path("uri").asString("")).toList();
    check(uris.containsAll(List.of(TEXT, WATCHED)), "missing from " + uris);
    return uris.size() + " resources";
  }

  String read() throws Exception {
    JsonNode content = client.readResource(TEXT).path("contents").path(0);
    equal(content.path("uri").asString(""), TEXT);
    return equal(
        content.path("text").asString(""), "This is the content of the static text resource.");
  }

  String listPrompts() throws Exception {
    List<String> arguments = new ArrayList<>();
    for (JsonNode prompt : client.listPrompts()) {
      if (prompt.path("name").asString("").equals("test_prompt_with_arguments")) {
        prompt.path("arguments").forEach(each -> arguments.add(each.path("name").asString("")));
      }
    }
    return equal(arguments.toString(), "[arg1, arg2]");
  }

  private String said(String prompt, ObjectNode arguments) throws Exception {
    JsonNode messages = client.getPrompt(prompt, arguments).path("messages");
    return messages.path(0).path("content").path("text").asString("");
  }

  String prompt() throws Exception {
    equal(said("test_simple_prompt", object()), "This is a simple prompt for testing.");
    return equal(
        said("test_prompt_with_arguments", object().put("arg1", "one").put("arg2", "two")),
        "Prompt with arguments: arg1='one', arg2='two'");
  }

  String complete() throws Exception {
    ObjectNode reference =
        object().put("type", "ref/prompt").put("name", "test_prompt_with_arguments");
    JsonNode values = client.complete(reference, "arg1", "test").path("completion").path("values");
    check(!values.isEmpty(), "no values");
    for (JsonNode value : values) {
      check(value.asString("").startsWith("test"), values.toString());
    }
    return values.toString();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
