package dev.plumbline.server.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A picture for a user interface (2025-11-25 basic/index, icons).
 *
 * @param src an https or data URI
 * @param mimeType null when the picture says it itself
 * @param sizes for example {@code 48x48}, or {@code any}; empty when unknown
 */
public record Icon(String src, @Nullable String mimeType, List<String> sizes) {
  /** Copies the sizes. */
  public Icon {
    if (!src.startsWith("https://") && !src.startsWith("data:")) {
      throw new IllegalArgumentException("an icon is an https or data URI, not " + src);
    }
    sizes = List.copyOf(sizes);
  }

  /** A picture that says itself what it is. */
  public Icon(String src) {
    this(src, null, List.of());
  }

  ObjectNode toJson() {
    ObjectNode icon = JsonNodeFactory.instance.objectNode().put("src", src);
    if (mimeType != null) {
      icon.put("mimeType", mimeType);
    }
    if (!sizes.isEmpty()) {
      sizes.forEach(icon.putArray("sizes")::add);
    }
    return icon;
  }
}
