package dev.plumbline.conformance.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The headers that repeat parts of a stateless message: 2026-07-28
 * basic/transports/streamable-http#request-metadata.
 */
final class Mirror {
  static final String METHOD = "Mcp-Method";
  static final String NAME = "Mcp-Name";
  static final String PARAMETER = "Mcp-Param-";

  /** The annotation that asks for a parameter to be repeated in a header. */
  static final String ANNOTATION = "x-mcp-header";

  private static final int MAX_DEPTH = 16;

  private final Map<String, JsonNode> schemas = new ConcurrentHashMap<>();

  /** Remembers a tool's input schema. */
  void know(String tool, JsonNode inputSchema) {
    schemas.put(tool, inputSchema);
  }

  /** Whether a header repeats a part of the message. */
  static boolean isMirrored(Header header) {
    return header.isNamed(METHOD)
        || header.isNamed(NAME)
        || header.name().toLowerCase(Locale.ROOT).startsWith(PARAMETER.toLowerCase(Locale.ROOT));
  }

  /** What the message must be accompanied by. */
  List<Header> headers(ObjectNode message) {
    List<Header> headers = new ArrayList<>();
    String method = message.path("method").asString("");
    JsonNode params = message.path("params");
    if (!method.isEmpty()) {
      headers.add(new Header(METHOD, method));
    }
    name(method, params).ifPresent(name -> headers.add(new Header(NAME, encoded(name))));
    if (method.equals("tools/call")) {
      JsonNode schema = schemas.get(params.path("name").asString(""));
      if (schema != null) {
        parameters(schema, params.path("arguments"), headers, 0);
      }
    }
    return headers;
  }

  private static Optional<String> name(String method, JsonNode params) {
    String source =
        switch (method) {
          case "tools/call", "prompts/get" -> "name";
          case "resources/read" -> "uri";
          // extensions/tasks-extension/tasks, routing headers.
          case "tasks/get", "tasks/update", "tasks/cancel" -> "taskId";
          default -> "";
        };
    JsonNode name = params.path(source);
    return name.isString() ? Optional.of(name.stringValue()) : Optional.empty();
  }

  private static void parameters(JsonNode schema, JsonNode value, List<Header> headers, int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    for (var property : schema.path("properties").properties()) {
      JsonNode held = value.path(property.getKey());
      JsonNode header = property.getValue().path(ANNOTATION);
      if (header.isString() && held.isValueNode() && !held.isNull()) {
        headers.add(new Header(PARAMETER + header.stringValue(), encoded(held.asString())));
      }
      parameters(property.getValue(), held, headers, depth + 1);
    }
  }

  /** The value as a header may carry it: plain when it is safe ASCII, else in Base64 marks. */
  static String encoded(String value) {
    boolean plain =
        value.chars().allMatch(c -> c >= 0x20 && c <= 0x7e)
            && value.equals(value.strip())
            && !(value.startsWith("=?base64?") && value.endsWith("?="));
    return plain
        ? value
        : "=?base64?"
            + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))
            + "?=";
  }
}
