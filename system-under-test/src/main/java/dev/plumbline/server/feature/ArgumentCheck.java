package dev.plumbline.server.feature;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks arguments against the part of JSON Schema that the bundled tools use: type, required,
 * properties, additionalProperties, enum, minimum, maximum, minLength, maxLength. A keyword outside
 * this set is not enforced.
 */
final class ArgumentCheck {
  private ArgumentCheck() {}

  /** What is wrong with the value, in one sentence, or empty. */
  static Optional<String> problem(JsonNode schema, JsonNode value, String path) {
    String type = schema.path("type").asString("");
    if (!type.isEmpty() && !hasType(type, value)) {
      return Optional.of(path + " must be of type " + type);
    }
    if (schema.path("enum").isArray()
        && schema.path("enum").valueStream().noneMatch(value::equals)) {
      return Optional.of(path + " must be one of " + schema.path("enum"));
    }
    if (value.isObject()) {
      return objectProblem(schema, (ObjectNode) value, path);
    }
    if (value.isNumber()) {
      return numberProblem(schema, value, path);
    }
    return value.isString() ? stringProblem(schema, value, path) : Optional.empty();
  }

  private static boolean hasType(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "number" -> value.isNumber();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> false;
    };
  }

  private static Optional<String> objectProblem(JsonNode schema, ObjectNode value, String path) {
    for (JsonNode name : schema.path("required")) {
      if (!value.has(name.asString())) {
        return Optional.of(path + " needs " + name.asString());
      }
    }
    JsonNode properties = schema.path("properties");
    boolean closed =
        schema.path("additionalProperties").isBoolean()
            && !schema.path("additionalProperties").booleanValue();
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      JsonNode memberSchema = properties.get(member.getKey());
      if (memberSchema == null && closed) {
        return Optional.of(path + " must not have " + member.getKey());
      }
      if (memberSchema != null) {
        Optional<String> problem =
            problem(memberSchema, member.getValue(), path + "." + member.getKey());
        if (problem.isPresent()) {
          return problem;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> numberProblem(JsonNode schema, JsonNode value, String path) {
    JsonNode minimum = schema.get("minimum");
    if (minimum != null && value.decimalValue().compareTo(minimum.decimalValue()) < 0) {
      return Optional.of(path + " must be at least " + minimum);
    }
    JsonNode maximum = schema.get("maximum");
    return maximum != null && value.decimalValue().compareTo(maximum.decimalValue()) > 0
        ? Optional.of(path + " must be at most " + maximum)
        : Optional.empty();
  }

  private static Optional<String> stringProblem(JsonNode schema, JsonNode value, String path) {
    String text = value.stringValue();
    int length = text.codePointCount(0, text.length());
    if (length < schema.path("minLength").asInt(0)) {
      return Optional.of(path + " must have at least " + schema.path("minLength") + " characters");
    }
    return length > schema.path("maxLength").asInt(Integer.MAX_VALUE)
        ? Optional.of(path + " must have at most " + schema.path("maxLength") + " characters")
        : Optional.empty();
  }
}
