package dev.plumbline.server.client;

import dev.plumbline.server.protocol.RpcException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls one tool and prints what came back. */
final class ToolRun {
  private ToolRun() {}

  static int run(McpClient client, CommandLine line)
      throws UsageException, RpcException, IOException, InterruptedException {
    client.connect();
    List<String> names =
        client.listTools().stream().map(tool -> tool.path("name").asString("")).sorted().toList();
    if (!names.contains(line.tool())) {
      throw new UsageException(
          "no tool '"
              + line.tool()
              + "' that may be called there; there are: "
              + String.join(", ", names));
    }
    CallOptions options = CallOptions.DEFAULT.withProgress(ToolRun::print);
    ObjectNode result;
    try {
      result = client.callTool(line.tool(), line.arguments(), options);
    } catch (RpcException e) {
      System.err.println("error " + e.error().code() + ": " + Printable.line(e.error().message()));
      return Main.EXIT_TOOL_ERROR;
    }
    boolean failed = result.path("isError").asBoolean(false);
    if (line.json()) {
      System.out.println(result.toPrettyString());
    } else {
      print(result, failed);
    }
    return failed ? Main.EXIT_TOOL_ERROR : Main.EXIT_OK;
  }

  private static void print(Progress progress) {
    String total =
        progress.total().isPresent()
            ? String.format(Locale.ROOT, " of %s", number(progress.total().getAsDouble()))
            : "";
    String message = progress.message().isEmpty() ? "" : "  " + Printable.line(progress.message());
    System.err.println("progress " + number(progress.progress()) + total + message);
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }

  private static void print(ObjectNode result, boolean failed) {
    if (failed) {
      System.out.println("the tool reports an error:");
    }
    for (JsonNode item : result.path("content")) {
      System.out.println(text(item));
    }
    if (result.has("structuredContent")) {
      System.out.println(result.path("structuredContent").toPrettyString());
    }
  }

  private static String text(JsonNode item) {
    String type = item.path("type").asString("");
    return switch (type) {
      case "text" -> Printable.text(item.path("text").asString(""));
      case "image", "audio" ->
          type
              + " "
              + Printable.line(item.path("mimeType").asString(""))
              + ", "
              + item.path("data").asString("").length() * 3L / 4
              + " bytes";
      case "resource_link" -> "resource " + Printable.line(item.path("uri").asString(""));
      case "resource" -> {
        JsonNode resource = item.path("resource");
        String head = "resource " + Printable.line(resource.path("uri").asString(""));
        yield resource.has("text")
            ? head + "\n" + Printable.text(resource.path("text").asString(""))
            : head;
      }
      default -> item.toString();
    };
  }
}
