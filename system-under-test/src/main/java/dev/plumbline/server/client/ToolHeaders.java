package dev.plumbline.server.client;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which arguments of a tool are mirrored into headers (2026-07-28 streamable-http, custom headers
 * from tool parameters). A schema is only read, never followed anywhere.
 */
final class ToolHeaders {
  private static final String ANNOTATION = "x-mcp-header";
  private static final String PREFIX = "Mcp-Param-";
  private static final Set<String> TYPES = Set.of("string", "integer", "boolean");
  private static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";
  private static final BigInteger SAFE = BigInteger.TWO.pow(53).subtract(BigInteger.ONE);

  /** One mirrored argument: where it is, and the name of its header. */
  private record Mirror(List<String> path, String name) {}

  private final List<Mirror> mirrors = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private @Nullable String defect;

  private ToolHeaders(JsonNode schema) {
    walk(schema, List.of(), true);
  }

  /** Reads a tool's definition. */
  static ToolHeaders of(JsonNode tool) {
    return new ToolHeaders(tool.path("inputSchema"));
  }

  /** Why the definition must not be used, if it must not. */
  Optional<String> defect() {
    return Optional.ofNullable(defect);
  }

  /**
   * Goes through the whole schema: an annotation out of place spoils the definition as much as a
   * wrong one.
   */
  private void walk(JsonNode node, List<String> path, boolean reachable) {
    if (node.isArray()) {
      node.forEach(item -> walk(item, path, false));
      return;
    }
    if (!node.isObject()) {
      return;
    }
    JsonNode annotation = node.get(ANNOTATION);
    if (annotation != null) {
      judge(node, annotation, path, reachable);
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      switch (member.getKey()) {
        case "properties" ->
            member
                .getValue()
                .properties()
                .forEach(
                    property ->
                        walk(property.getValue(), plus(path, property.getKey()), reachable));
        // Not schemas: what looks like an annotation there is data.
        case "default", "const", "enum", "examples" -> {}
        default -> walk(member.getValue(), path, false);
      }
    }
  }

  private static List<String> plus(List<String> path, String step) {
    List<String> longer = new ArrayList<>(path);
    longer.add(step);
    return List.copyOf(longer);
  }

  private void judge(JsonNode schema, JsonNode annotation, List<String> path, boolean reachable) {
    String name = annotation.asString("");
    String wrong = null;
    if (!annotation.isString() || name.isEmpty()) {
      wrong = "is not a name";
    } else if (!name.chars().allMatch(ToolHeaders::tokenChar)) {
      wrong = "is not a header name";
    } else if (!reachable || path.isEmpty()) {
      wrong = "is on something other than a property";
    } else if (!TYPES.contains(schema.path("type").asString(""))) {
      wrong = "is on a property that is no string, integer or boolean";
    } else if (!names.add(name.toLowerCase(Locale.ROOT))) {
      wrong = "is used twice";
    }
    if (wrong != null) {
      defect = defect == null ? ANNOTATION + " " + wrong : defect;
    } else {
      mirrors.add(new Mirror(path, name));
    }
  }

  private static boolean tokenChar(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || TOKEN_SYMBOLS.indexOf(c) >= 0;
  }

  /**
   * The headers of a call.
   *
   * @throws IllegalArgumentException when an integer is beyond what every peer can compare
   */
  Map<String, String> fields(JsonNode arguments) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (Mirror mirror : mirrors) {
      JsonNode value = arguments;
      for (String step : mirror.path()) {
        value = value.path(step);
      }
      if (value.isString()) {
        fields.put(PREFIX + mirror.name(), HeaderValue.encode(value.stringValue()));
      } else if (value.isBoolean()) {
        fields.put(PREFIX + mirror.name(), Boolean.toString(value.booleanValue()));
      } else if (value.isNumber()) {
        fields.put(PREFIX + mirror.name(), number(mirror, value));
      }
    }
    return fields;
  }

  private static String number(Mirror mirror, JsonNode value) {
    BigDecimal number = value.decimalValue().stripTrailingZeros();
    if (number.scale() <= 0 && number.toBigInteger().abs().compareTo(SAFE) > 0) {
      throw new IllegalArgumentException(
          "argument " + String.join(".", mirror.path()) + " is beyond the safe integers");
    }
    return number.toPlainString();
  }
}
