package dev.plumbline.server.feature;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the header annotations of an inputSchema and refuses unlawful ones (2026-07-28
 * basic/transports/streamable-http, schema extension): a token, unique whatever its case, on a
 * string, an integer or a boolean, reached from the root through {@code properties} alone.
 */
public final class HeaderAnnotations {
  private static final String KEYWORD = "x-mcp-header";

  /** RFC 9110 §5.6.2, token. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Set<String> TYPES = Set.of("string", "integer", "boolean");

  /** Keywords whose value is a map of schemas. */
  private static final Set<String> MAPS =
      Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");

  /** Keywords whose value is data, whatever it looks like. */
  private static final Set<String> DATA = Set.of("default", "const", "enum", "examples");

  private final List<HeaderAnnotation> found = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private HeaderAnnotations() {}

  /**
   * The annotations of an inputSchema, in order.
   *
   * @throws IllegalArgumentException in one line, when an annotation is not lawful
   */
  public static List<HeaderAnnotation> of(JsonNode inputSchema) {
    HeaderAnnotations annotations = new HeaderAnnotations();
    annotations.schema(inputSchema, List.of(), true);
    return List.copyOf(annotations.found);
  }

  private void schema(JsonNode schema, List<String> path, boolean reachable) {
    if (schema.isArray()) {
      schema.forEach(item -> schema(item, path, false));
    }
    if (!(schema instanceof ObjectNode object)) {
      return;
    }
    JsonNode annotation = object.get(KEYWORD);
    if (annotation != null) {
      take(annotation, object, path, reachable && !path.isEmpty());
    }
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String keyword = member.getKey();
      if (DATA.contains(keyword) || keyword.equals(KEYWORD)) {
        continue;
      }
      boolean on = reachable && keyword.equals("properties");
      if (MAPS.contains(keyword) && member.getValue().isObject()) {
        for (Map.Entry<String, JsonNode> named : member.getValue().properties()) {
          schema(named.getValue(), plus(path, named.getKey()), on);
        }
      } else {
        schema(member.getValue(), path, false);
      }
    }
  }

  private void take(JsonNode annotation, ObjectNode schema, List<String> path, boolean reachable) {
    String where = KEYWORD + " of " + (path.isEmpty() ? "the root" : String.join(".", path));
    if (!annotation.isString() || !TOKEN.matcher(annotation.stringValue()).matches()) {
      throw new IllegalArgumentException(where + " is not an HTTP token");
    }
    if (!reachable) {
      throw new IllegalArgumentException(where + " is not reached through properties alone");
    }
    JsonNode type = schema.path("type");
    if (!type.isString() || !TYPES.contains(type.stringValue())) {
      throw new IllegalArgumentException(where + " is not on a string, integer or boolean");
    }
    if (!names.add(annotation.stringValue().toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(where + " is used twice");
    }
    found.add(new HeaderAnnotation(annotation.stringValue(), path));
  }

  private static List<String> plus(List<String> path, String step) {
    List<String> longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }
}
