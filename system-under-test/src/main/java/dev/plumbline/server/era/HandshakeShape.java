package dev.plumbline.server.era;

import dev.plumbline.server.protocol.Message;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Leaves out what a revision does not know (the schema of each revision, and its changelog). */
final class HandshakeShape {
  /** Members of a listed item, by the revision that brought them. */
  private static final Map<String, List<String>> ITEM_MEMBERS =
      Map.of(
          Revisions.ELICITING, List.of("title", "outputSchema", "_meta"),
          Revisions.NEWEST_HANDSHAKE, List.of("icons", "execution"));

  private static final String TYPE = "type";

  private HandshakeShape() {}

  /** The result in the form of the revision; changes and returns the given object. */
  static ObjectNode result(String revision, String method, ObjectNode result) {
    if (revision.equals(Revisions.NEWEST_HANDSHAKE)) {
      return result;
    }
    switch (method) {
      case "initialize" -> implementation(revision, result.path("serverInfo"));
      case "tools/list" -> tools(revision, result.path("tools"));
      case "resources/list" -> items(revision, result.path("resources"));
      case "resources/templates/list" -> items(revision, result.path("resourceTemplates"));
      case "prompts/list" -> prompts(revision, result.path("prompts"));
      case "tools/call" -> {
        if (Revisions.isBefore(revision, Revisions.ELICITING)) {
          result.remove("structuredContent");
        }
        blocks(revision, result.path("content"));
      }
      case "prompts/get" -> {
        for (JsonNode message : result.path("messages")) {
          if (message instanceof ObjectNode object
              && object.get("content") instanceof ObjectNode content) {
            object.set("content", block(revision, content));
          }
        }
      }
      case "resources/read" -> {
        if (Revisions.isBefore(revision, Revisions.ELICITING)) {
          result.path("contents").forEach(contents -> remove(contents, List.of("_meta")));
        }
      }
      default -> {}
    }
    return result;
  }

  /** The notification in the form of the revision; changes its parameters. */
  static void notification(String revision, Message.Notification notification) {
    if (notification.method().equals("notifications/progress")
        && Revisions.isBefore(revision, Revisions.BATCHING)) {
      notification.params().remove("message");
    }
  }

  private static void implementation(String revision, JsonNode info) {
    remove(info, List.of("description", "icons", "websiteUrl"));
    if (Revisions.isBefore(revision, Revisions.ELICITING)) {
      remove(info, List.of("title"));
    }
  }

  private static void tools(String revision, JsonNode tools) {
    items(revision, tools);
    if (Revisions.isBefore(revision, Revisions.BATCHING)) {
      tools.forEach(tool -> remove(tool, List.of("annotations")));
    }
  }

  private static void prompts(String revision, JsonNode prompts) {
    items(revision, prompts);
    prompts.forEach(prompt -> items(revision, prompt.path("arguments")));
  }

  private static void items(String revision, JsonNode items) {
    for (JsonNode item : items) {
      ITEM_MEMBERS.forEach(
          (since, members) -> {
            if (Revisions.isBefore(revision, since)) {
              remove(item, members);
            }
          });
      annotations(revision, item);
    }
  }

  private static void annotations(String revision, JsonNode item) {
    if (Revisions.isBefore(revision, Revisions.ELICITING)) {
      remove(item.path("annotations"), List.of("lastModified"));
    }
  }

  private static void blocks(String revision, JsonNode content) {
    if (content instanceof ArrayNode blocks) {
      for (int i = 0; i < blocks.size(); i++) {
        if (blocks.get(i) instanceof ObjectNode block) {
          blocks.set(i, block(revision, block));
        }
      }
    }
  }

  private static ObjectNode block(String revision, ObjectNode block) {
    String type = block.path(TYPE).asString("");
    if (type.equals("resource_link") && Revisions.isBefore(revision, Revisions.ELICITING)) {
      return text(block.path("uri").asString(""));
    }
    if (type.equals("audio") && Revisions.isBefore(revision, Revisions.BATCHING)) {
      return text("(audio, which this protocol revision cannot carry)");
    }
    remove(block, List.of("icons"));
    annotations(revision, block);
    if (Revisions.isBefore(revision, Revisions.ELICITING)) {
      remove(block, List.of("_meta"));
      remove(block.path("resource"), List.of("_meta"));
    }
    return block;
  }

  private static ObjectNode text(String text) {
    return JsonNodeFactory.instance.objectNode().put(TYPE, "text").put("text", text);
  }

  private static void remove(JsonNode item, List<String> members) {
    if (item instanceof ObjectNode object) {
      object.remove(members);
    }
  }
}
