package dev.plumbline.server.api;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the definitions of tools, resources, templates and prompts have in common. Written once,
 * handed to {@link McpServer}, then thrown away.
 *
 * @param <S> the specification itself
 */
public abstract sealed class Spec<S extends Spec<S>>
    permits ToolSpec, ResourceSpec, TemplateSpec, PromptSpec {
  /** How definitions are written, for people who read them. */
  private static final List<String> ORDER =
      List.of(
          "uri",
          "uriTemplate",
          "name",
          "title",
          "description",
          "mimeType",
          "size",
          "arguments",
          "inputSchema",
          "outputSchema",
          "execution",
          "annotations",
          "icons",
          "_meta");

  final ObjectNode members;

  Spec(ObjectNode members) {
    this.members = members;
  }

  abstract S self();

  /** A name for people. */
  public S title(String title) {
    members.put("title", title);
    return self();
  }

  /** One sentence for people and models. */
  public S description(String description) {
    members.put("description", description);
    return self();
  }

  /** Adds a picture. */
  public S icon(Icon icon) {
    members.withArrayProperty("icons").add(icon.toJson());
    return self();
  }

  /** Adds a member of {@code _meta}; its key is as the basic page demands. */
  public S meta(String key, JsonNode value) {
    members.withObjectProperty("_meta").set(key, value);
    return self();
  }

  ObjectNode definition() {
    ObjectNode definition = JsonNodeFactory.instance.objectNode();
    for (String member : ORDER) {
      JsonNode value = members.get(member);
      if (value != null) {
        definition.set(member, value.deepCopy());
      }
    }
    return definition;
  }
}
