package dev.plumbline.server.client;

import dev.plumbline.server.era.Revisions;
import dev.plumbline.server.protocol.RpcException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows what a server offers. */
final class Inspection {
  private static final String MARGIN = "  ";

  /** Columns are aligned up to here; a longer cell pushes its own line only. */
  private static final int WIDEST_COLUMN = 44;

  private Inspection() {}

  static int run(McpClient client, CommandLine line)
      throws RpcException, IOException, InterruptedException {
    ServerProfile server = client.connect();
    List<JsonNode> tools = server.has("tools") ? client.listTools() : List.of();
    List<JsonNode> resources = server.has("resources") ? client.listResources() : List.of();
    List<JsonNode> templates =
        server.has("resources") ? optional(client::listResourceTemplates) : List.of();
    List<JsonNode> prompts = server.has("prompts") ? client.listPrompts() : List.of();
    List<String> revisions = revisions(server, line);
    if (line.json()) {
      ObjectNode all = JsonNodeFactory.instance.objectNode();
      all.set("serverInfo", server.info());
      all.put("revision", server.revision());
      revisions.forEach(all.putArray("revisions")::add);
      all.set("capabilities", server.capabilities());
      all.put("instructions", server.instructions());
      all.putArray("tools").addAll(tools);
      all.putArray("resources").addAll(resources);
      all.putArray("resourceTemplates").addAll(templates);
      all.putArray("prompts").addAll(prompts);
      System.out.println(all.toPrettyString());
      return Main.EXIT_OK;
    }
    header(server, revisions);
    tools(tools);
    entries("resources", resources, "uri");
    entries("templates", templates, "uriTemplate");
    prompts(prompts);
    return Main.EXIT_OK;
  }

  private interface Listing {
    List<JsonNode> get() throws RpcException, IOException, InterruptedException;
  }

  /** Templates have no capability of their own: a server may not know the method. */
  private static List<JsonNode> optional(Listing listing) throws IOException, InterruptedException {
    try {
      return listing.get();
    } catch (RpcException e) {
      return List.of();
    }
  }

  /** What is spoken; a server found by its newer era is asked whether it also shakes hands. */
  private static List<String> revisions(ServerProfile server, CommandLine line)
      throws InterruptedException {
    Set<String> all = new LinkedHashSet<>(server.revisions());
    if (server.stateless()
        && line.options().era() == EraPreference.AUTO
        && all.stream().noneMatch(Revisions::isHandshake)) {
      try (McpClient older =
          new McpClient(line.target(), line.options().withEra(EraPreference.HANDSHAKE))) {
        all.addAll(older.connect().revisions());
      } catch (IOException e) {
        // It does not.
      }
    }
    return List.copyOf(all);
  }

  private static void header(ServerProfile server, List<String> revisions) {
    String name = server.info().path("name").asString("(no name)");
    String title = server.info().path("title").asString("");
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "server",
            name
                + " "
                + server.info().path("version").asString("")
                + (title.isEmpty() ? "" : "  (" + title + ")")));
    rows.add(
        List.of(
            "speaks",
            String.join(", ", revisions)
                + (revisions.size() > 1 ? "  (here: " + server.revision() + ")" : "")));
    rows.add(List.of("offers", capabilities(server.capabilities())));
    if (!server.instructions().isEmpty()) {
      rows.add(List.of("says", server.instructions()));
    }
    print("", rows);
  }

  private static String capabilities(JsonNode declared) {
    List<String> words = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : declared.properties()) {
      List<String> details = new ArrayList<>();
      each.getValue().properties().forEach(detail -> details.add(detail.getKey()));
      words.add(
          details.isEmpty()
              ? each.getKey()
              : each.getKey() + " (" + String.join(", ", details) + ")");
    }
    return words.isEmpty() ? "nothing" : String.join(", ", words);
  }

  private static void tools(List<JsonNode> tools) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode tool : tools) {
      rows.add(
          List.of(
              tool.path("name").asString(""),
              arguments(tool.path("inputSchema")),
              annotations(tool.path("annotations")),
              description(tool)));
    }
    section("tools", rows);
  }

  /** Names and types; what is required carries a star. */
  private static String arguments(JsonNode schema) {
    Set<String> required = new LinkedHashSet<>();
    schema.path("required").forEach(name -> required.add(name.asString("")));
    List<String> words = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String type = property.getValue().path("type").asString("any");
      words.add(
          property.getKey() + (required.contains(property.getKey()) ? "*" : "") + ": " + type);
    }
    return words.isEmpty() ? "(no arguments)" : "(" + String.join(", ", words) + ")";
  }

  private static String annotations(JsonNode annotations) {
    List<String> words = new ArrayList<>();
    for (Map.Entry<String, JsonNode> each : annotations.properties()) {
      if (each.getValue().isBoolean()) {
        String name =
            each.getKey().endsWith("Hint")
                ? each.getKey().substring(0, each.getKey().length() - 4)
                : each.getKey();
        words.add((each.getValue().booleanValue() ? "" : "not ") + name);
      }
    }
    return String.join(", ", words);
  }

  private static void prompts(List<JsonNode> prompts) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode prompt : prompts) {
      List<String> words = new ArrayList<>();
      prompt
          .path("arguments")
          .forEach(
              argument ->
                  words.add(
                      argument.path("name").asString("")
                          + (argument.path("required").asBoolean(false) ? "*" : "")));
      rows.add(
          List.of(
              prompt.path("name").asString(""),
              "(" + String.join(", ", words) + ")",
              description(prompt)));
    }
    section("prompts", rows);
  }

  private static void entries(String title, List<JsonNode> entries, String address) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode entry : entries) {
      rows.add(
          List.of(
              entry.path(address).asString(""),
              entry.path("mimeType").asString(""),
              description(entry)));
    }
    section(title, rows);
  }

  private static String description(JsonNode entry) {
    String said = entry.path("description").asString("");
    return said.isEmpty() ? entry.path("name").asString("") : said;
  }

  private static void section(String title, List<List<String>> rows) {
    System.out.println();
    System.out.println(title + (rows.isEmpty() ? ": none" : " (" + rows.size() + ")"));
    print(MARGIN, rows);
  }

  /** Columns as wide as their widest cell; the last one is free. */
  private static void print(String margin, List<List<String>> rows) {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int width = Math.min(WIDEST_COLUMN, Printable.line(row.get(i)).length());
        if (i == widths.size()) {
          widths.add(width);
        } else {
          widths.set(i, Math.max(widths.get(i), width));
        }
      }
    }
    for (List<String> row : rows) {
      StringBuilder text = new StringBuilder(margin);
      for (int i = 0; i < row.size(); i++) {
        String cell = Printable.line(row.get(i));
        text.append(cell)
            .append(" ".repeat(Math.max(0, widths.get(i) - cell.length())))
            .append("  ");
      }
      System.out.println(text.toString().stripTrailing());
    }
  }
}
