package dev.plumbline.server.api;

import java.util.Base64;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One block of content: of a tool result, or of a prompt message.
 *
 * @param json as it goes over the wire
 */
public record Content(ObjectNode json) {
  /** Text. */
  public static Content text(String text) {
    return new Content(block("text").put("text", text));
  }

  /** A picture. */
  public static Content image(byte[] bytes, String mimeType) {
    return binary("image", bytes, mimeType);
  }

  /** A sound. */
  public static Content audio(byte[] bytes, String mimeType) {
    return binary("audio", bytes, mimeType);
  }

  /** A text resource, embedded. */
  public static Content resource(String uri, String mimeType, String text) {
    ObjectNode block = block("resource");
    block.putObject("resource").put("uri", uri).put("mimeType", mimeType).put("text", text);
    return new Content(block);
  }

  /** A binary resource, embedded. */
  public static Content resource(String uri, String mimeType, byte[] blob) {
    ObjectNode block = block("resource");
    block
        .putObject("resource")
        .put("uri", uri)
        .put("mimeType", mimeType)
        .put("blob", Base64.getEncoder().encodeToString(blob));
    return new Content(block);
  }

  /** A link to a resource. */
  public static Content link(String uri, String name) {
    return new Content(block("resource_link").put("uri", uri).put("name", name));
  }

  private static Content binary(String type, byte[] bytes, String mimeType) {
    return new Content(
        block(type)
            .put("data", Base64.getEncoder().encodeToString(bytes))
            .put("mimeType", mimeType));
  }

  private static ObjectNode block(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }
}
