package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.wire.Messages;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The smallest correct server: both eras, no sessions, and one feature with one entry: a read-only
 * tool, a prompt or a resource. Knows messages; what carries them is not its concern.
 */
final class MinimalServer {
  static final String MODERN = "2026-07-28";
  static final List<String> LEGACY = List.of("2025-11-25", "2025-06-18");

  private static final String META = "io.modelcontextprotocol/";

  /**
   * An answer.
   *
   * @param status the HTTP status that belongs to it
   * @param message the response; an empty object when there is none
   */
  record Reply(int status, ObjectNode message) {}

  private final MinimalFeature feature;

  /** A server with tools. */
  MinimalServer() {
    this(MinimalFeature.TOOLS);
  }

  /** A server with this feature. */
  MinimalServer(MinimalFeature feature) {
    this.feature = feature;
  }

  /** Refuses a request with a status and an error. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;
    private final int status;
    private final int code;
    private final transient Optional<ObjectNode> data;

    Refusal(int code, String message) {
      this(200, code, message, Optional.empty());
    }

    Refusal(int status, int code, String message, Optional<ObjectNode> data) {
      super(message);
      this.status = status;
      this.code = code;
      this.data = data;
    }
  }

  /** Whether a message belongs to the stateless era. */
  static boolean isModern(JsonNode message) {
    return message.path("params").path("_meta").has(META + "protocolVersion");
  }

  /** Answers a message that came over a byte stream: no headers to compare. */
  Reply answer(JsonNode message) {
    return answer(message, Optional.empty());
  }

  /** Answers a message; headers are what HTTP mirrors. */
  Reply answer(JsonNode message, Optional<java.util.function.UnaryOperator<String>> headers) {
    JsonNode id = message.path("id");
    if (message.isArray() || !(id.isMissingNode() || id.isString() || id.isIntegralNumber())) {
      ObjectNode refusal = Messages.object().put("jsonrpc", "2.0").putNull("id");
      refusal.putObject("error").put("code", -32600).put("message", "not a request");
      return new Reply(400, refusal);
    }
    if (id.isMissingNode()) {
      return new Reply(202, Messages.object());
    }
    ObjectNode response = Messages.object().put("jsonrpc", "2.0");
    response.set("id", message.path("id"));
    try {
      ObjectNode result = isModern(message) ? modern(message, headers) : legacy(message, headers);
      response.set("result", result);
      return new Reply(200, response);
    } catch (Refusal e) {
      ObjectNode error =
          response.putObject("error").put("code", e.code).put("message", e.getMessage());
      e.data.ifPresent(data -> error.set("data", data));
      return new Reply(e.status, response);
    }
  }

  private ObjectNode modern(
      JsonNode message, Optional<java.util.function.UnaryOperator<String>> headers) throws Refusal {
    JsonNode meta = message.path("params").path("_meta");
    String version = meta.path(META + "protocolVersion").asString("");
    if (!meta.has(META + "clientCapabilities")) {
      throw new Refusal(400, Answer.INVALID_PARAMS, "clientCapabilities missing", Optional.empty());
    }
    if (headers.isPresent()) {
      compare(headers.get().apply("MCP-Protocol-Version"), version);
    }
    if (!version.equals(MODERN)) {
      ObjectNode data = Messages.object().put("requested", version);
      versions(data.putArray("supported"));
      throw new Refusal(400, -32022, "unsupported version", Optional.of(data));
    }
    String method = message.path("method").asString("");
    if (headers.isPresent()) {
      compare(headers.get().apply("Mcp-Method"), method);
      if (method.equals(feature.use())) {
        String name = message.path("params").path(feature.naming()).asString("");
        compare(decoded(headers.get().apply("Mcp-Name")), name);
      }
    }
    ObjectNode result = feature(message, method, 404);
    if (!method.equals("tools/call") && !method.equals("prompts/get")) {
      result.put("ttlMs", 1_000).put("cacheScope", "public");
    }
    result.withObjectProperty("_meta").set(META + "serverInfo", named());
    return result.put("resultType", "complete");
  }

  private static ObjectNode named() {
    return Messages.object().put("name", "minimal").put("version", "1");
  }

  private static String decoded(String header) {
    if (!header.startsWith("=?base64?") || !header.endsWith("?=")) {
      return header;
    }
    String text = header.substring("=?base64?".length(), header.length() - 2);
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }

  private static void compare(String header, String body) throws Refusal {
    if (!header.equals(body)) {
      throw new Refusal(400, -32020, "header differs from body", Optional.empty());
    }
  }

  private static void versions(ArrayNode versions) {
    versions.add(MODERN);
    LEGACY.forEach(versions::add);
  }

  private ObjectNode legacy(
      JsonNode message, Optional<java.util.function.UnaryOperator<String>> headers) throws Refusal {
    String header = headers.map(h -> h.apply("MCP-Protocol-Version")).orElse("");
    if (!header.isEmpty() && !LEGACY.contains(header)) {
      throw new Refusal(400, -32600, "unsupported version", Optional.empty());
    }
    String method = message.path("method").asString("");
    if (method.equals("initialize")) {
      String asked = message.path("params").path("protocolVersion").asString("");
      ObjectNode result =
          Messages.object()
              .put("protocolVersion", LEGACY.contains(asked) ? asked : LEGACY.getFirst());
      result.putObject("capabilities").putObject(feature.member());
      result.set("serverInfo", named());
      return result;
    }
    return method.equals("ping") ? Messages.object() : feature(message, method, 200);
  }

  private ObjectNode feature(JsonNode message, String method, int notFound) throws Refusal {
    JsonNode params = message.path("params");
    if (method.equals("server/discover")) {
      return discover(notFound);
    }
    return feature
        .answer(method, params, notFound == 404)
        .orElseThrow(
            () -> new Refusal(notFound, Answer.METHOD_NOT_FOUND, "unknown", Optional.empty()));
  }

  private ObjectNode discover(int notFound) throws Refusal {
    if (notFound != 404) {
      throw new Refusal(notFound, Answer.METHOD_NOT_FOUND, "unknown", Optional.empty());
    }
    ObjectNode result = Messages.object();
    versions(result.putArray("supportedVersions"));
    result.putObject("capabilities").putObject(feature.member());
    return result;
  }
}
