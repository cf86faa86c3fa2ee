package dev.plumbline.server.feature;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schemas most tools have, compiled to a few direct checks. A schema with any other keyword, or
 * with a value out of the ordinary, is not covered; then the full validator decides. For what is
 * covered both give the same verdict, which a property test holds them to.
 */
final class QuickCheck {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  /** Keywords that never refuse anything. */
  private static final Set<String> ANNOTATIONS =
      Set.of("title", "description", "default", "examples", "x-mcp-header");

  private QuickCheck() {}

  /** One compiled check. */
  @FunctionalInterface
  interface Check {
    /** What is wrong, or null. */
    @Nullable Problem problem(JsonNode value);
  }

  /** What is wrong, and where below the value that was checked. */
  record Problem(String path, String text) {
    Problem below(String step) {
      return new Problem(step + path, text);
    }

    String in(String root) {
      return root + path + " " + text;
    }
  }

  /** The check of a schema, or empty when it is not covered. */
  static Optional<Check> of(JsonNode schema) {
    if (!(schema instanceof ObjectNode object)) {
      return Optional.empty();
    }
    List<Check> checks = new ArrayList<>();
    for (Map.Entry<String, JsonNode> keyword : object.properties()) {
      if (ANNOTATIONS.contains(keyword.getKey())) {
        continue;
      }
      Optional<Check> check = keyword(object, keyword.getKey(), keyword.getValue());
      if (check.isEmpty()) {
        return Optional.empty();
      }
      check.ifPresent(checks::add);
    }
    Check[] all = checks.toArray(Check[]::new);
    return Optional.of(value -> first(all, value));
  }

  private static @Nullable Problem first(Check[] checks, JsonNode value) {
    for (Check check : checks) {
      Problem problem = check.problem(value);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static Optional<Check> keyword(ObjectNode schema, String keyword, JsonNode given) {
    return switch (keyword) {
      case "$schema" ->
          given.isString() && given.stringValue().equals(DIALECT)
              ? Optional.of(_ -> null)
              : Optional.empty();
      case "type" -> given.isString() ? type(given.stringValue()) : Optional.empty();
      case "enum" -> enumeration(given);
      case "required" -> required(given);
      case "properties" -> properties(given);
      case "additionalProperties" -> additional(schema, given);
      case "items" -> of(given).map(QuickCheck::items);
      case "minimum" -> bound(given, -1, "must be at least ");
      case "maximum" -> bound(given, 1, "must be at most ");
      case "minLength", "maxLength", "minItems", "maxItems" -> size(keyword, given);
      default -> Optional.empty();
    };
  }

  private static Optional<Check> type(String type) {
    Problem problem = new Problem("", "must be of type " + type);
    return switch (type) {
      case "object" -> Optional.of(value -> value.isObject() ? null : problem);
      case "array" -> Optional.of(value -> value.isArray() ? null : problem);
      case "string" -> Optional.of(value -> value.isString() ? null : problem);
      case "number" -> Optional.of(value -> value.isNumber() ? null : problem);
      case "integer" -> Optional.of(value -> whole(value) ? null : problem);
      case "boolean" -> Optional.of(value -> value.isBoolean() ? null : problem);
      case "null" -> Optional.of(value -> value.isNull() ? null : problem);
      default -> Optional.empty();
    };
  }

  /** 2020-12 validation, type: a number with a zero fraction is an integer. */
  static boolean whole(JsonNode value) {
    if (!value.isNumber() || value.isIntegralNumber()) {
      return value.isNumber();
    }
    if (value.isDouble() || value.isFloat()) {
      double number = value.doubleValue();
      return !Double.isInfinite(number) && number == Math.rint(number);
    }
    BigDecimal number = value.decimalValue();
    return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
  }

  private static Optional<Check> enumeration(JsonNode given) {
    if (!given.isArray() || given.isEmpty() || !given.valueStream().allMatch(JsonNode::isString)) {
      return Optional.empty();
    }
    Set<String> allowed = new HashSet<>();
    given.forEach(item -> allowed.add(item.stringValue()));
    Problem problem = new Problem("", "must be one of " + given);
    return Optional.of(
        value -> value.isString() && allowed.contains(value.stringValue()) ? null : problem);
  }

  private static Optional<Check> required(JsonNode given) {
    if (!given.isArray() || !given.valueStream().allMatch(JsonNode::isString)) {
      return Optional.empty();
    }
    List<String> names = given.valueStream().map(JsonNode::stringValue).toList();
    return Optional.of(
        value -> {
          if (value.isObject()) {
            for (String name : names) {
              if (!value.has(name)) {
                return new Problem("", "needs " + name);
              }
            }
          }
          return null;
        });
  }

  private static Optional<Check> properties(JsonNode given) {
    if (!given.isObject()) {
      return Optional.empty();
    }
    Map<String, Check> checks = new HashMap<>();
    for (Map.Entry<String, JsonNode> property : given.properties()) {
      Optional<Check> check = of(property.getValue());
      if (check.isEmpty()) {
        return Optional.empty();
      }
      checks.put(property.getKey(), check.get());
    }
    return Optional.of(
        value -> {
          if (value.isObject()) {
            for (Map.Entry<String, JsonNode> member : value.properties()) {
              Check check = checks.get(member.getKey());
              Problem problem = check == null ? null : check.problem(member.getValue());
              if (problem != null) {
                return problem.below("." + member.getKey());
              }
            }
          }
          return null;
        });
  }

  private static Optional<Check> additional(ObjectNode schema, JsonNode given) {
    Set<String> known = new HashSet<>(schema.path("properties").propertyNames());
    if (given.isBoolean()) {
      return Optional.of(
          given.booleanValue() ? _ -> null : value -> others(known, value, QuickCheck::forbidden));
    }
    return of(given).map(check -> value -> others(known, value, check));
  }

  private static @Nullable Problem forbidden(JsonNode value) {
    return new Problem("", "is not known here");
  }

  private static @Nullable Problem others(Set<String> known, JsonNode value, Check check) {
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        if (!known.contains(member.getKey())) {
          Problem problem = check.problem(member.getValue());
          if (problem != null) {
            return problem.below("." + member.getKey());
          }
        }
      }
    }
    return null;
  }

  private static Check items(Check check) {
    return value -> {
      if (value.isArray()) {
        for (int i = 0; i < value.size(); i++) {
          Problem problem = check.problem(value.get(i));
          if (problem != null) {
            return problem.below("[" + i + "]");
          }
        }
      }
      return null;
    };
  }

  private static Optional<Check> bound(JsonNode given, int refused, String text) {
    if (!given.isNumber()) {
      return Optional.empty();
    }
    BigDecimal bound = given.decimalValue();
    Problem problem = new Problem("", text + given);
    return Optional.of(
        value -> value.isNumber() && compared(value, bound) == refused ? problem : null);
  }

  /** A number beyond the range of a double was read as infinite; it has no decimal value. */
  private static int compared(JsonNode value, BigDecimal bound) {
    if (!value.isIntegralNumber() && Double.isInfinite(value.doubleValue())) {
      return value.doubleValue() > 0 ? 1 : -1;
    }
    return Integer.signum(value.decimalValue().compareTo(bound));
  }

  private static Optional<Check> size(String keyword, JsonNode given) {
    if (!given.isInt() || given.intValue() < 0) {
      return Optional.empty();
    }
    int bound = given.intValue();
    boolean least = keyword.startsWith("min");
    boolean text = keyword.endsWith("Length");
    String words = (least ? "at least " : "at most ") + bound + (text ? " characters" : " items");
    Problem problem = new Problem("", "must have " + words);
    return Optional.of(
        value -> {
          if (text ? !value.isString() : !value.isArray()) {
            return null;
          }
          int size = text ? characters(value.stringValue()) : value.size();
          return (least ? size < bound : size > bound) ? problem : null;
        });
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }
}
