package dev.plumbline.conformance.rule.handshake;

import java.util.Iterator;
import tools.jackson.databind.JsonNode;

/** Equality of JSON as JSON sees it: 1 and 1.0 are the same number. */
final class JsonNumbers {
  private JsonNumbers() {}

  static boolean same(JsonNode one, JsonNode other) {
    if (one.isNumber() && other.isNumber()) {
      return one.decimalValue().compareTo(other.decimalValue()) == 0;
    }
    if (one.isObject() && other.isObject()) {
      return one.size() == other.size()
          && one.propertyNames().stream()
              .allMatch(name -> other.has(name) && same(one.get(name), other.get(name)));
    }
    if (one.isArray() && other.isArray() && one.size() == other.size()) {
      Iterator<JsonNode> others = other.iterator();
      return one.valueStream().allMatch(element -> same(element, others.next()));
    }
    return one.equals(other);
  }
}
