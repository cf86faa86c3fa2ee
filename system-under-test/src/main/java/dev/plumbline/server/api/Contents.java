package dev.plumbline.server.api;

import java.util.Base64;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** From what a reader gave to the contents of a resource. */
final class Contents {
  private Contents() {}

  /** Text as it is; bytes as Base64. */
  static ObjectNode of(String uri, String mimeType, Object value) {
    ObjectNode contents =
        JsonNodeFactory.instance.objectNode().put("uri", uri).put("mimeType", mimeType);
    return switch (value) {
      case String text -> contents.put("text", text);
      case byte[] bytes -> contents.put("blob", Base64.getEncoder().encodeToString(bytes));
      default ->
          throw new IllegalStateException(
              value.getClass().getSimpleName() + " is neither text nor bytes");
    };
  }
}
