package dev.plumbline.server.round;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A digest that two JSON values share when they mean the same: the order of members and the way a
 * number is written do not count.
 */
final class Canonical {
  private final StringBuilder text = new StringBuilder();

  private Canonical() {}

  /** SHA-256 over the object without some of its members. */
  static byte[] digest(ObjectNode value, Set<String> without) {
    Canonical canonical = new Canonical();
    canonical.object(value, without);
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(canonical.text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }

  private void value(JsonNode node) {
    switch (node) {
      case ObjectNode object -> object(object, Set.of());
      case JsonNode array when array.isArray() -> {
        text.append('[');
        array.forEach(
            item -> {
              value(item);
              text.append(',');
            });
        text.append(']');
      }
      case JsonNode number when number.isNumber() -> number(number.decimalValue());
      default -> text.append(node);
    }
  }

  private void number(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    text.append(plain.unscaledValue()).append('e').append(-(long) plain.scale());
  }

  private void object(ObjectNode object, Set<String> without) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (!without.contains(member.getKey())) {
        sorted.put(member.getKey(), member.getValue());
      }
    }
    text.append('{');
    sorted.forEach(
        (name, value) -> {
          // A length in front: no name can look like what follows it.
          text.append(name.length()).append(':').append(name).append('=');
          value(value);
          text.append(',');
        });
    text.append('}');
  }
}
