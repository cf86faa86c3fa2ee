package dev.plumbline.server.era;

import dev.plumbline.server.feature.LogLevel;
import dev.plumbline.server.feature.Offerings;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request of 2026-07-28 must carry, in the order it is checked: required _meta fields,
 * header against _meta, version, mirrored headers.
 */
public final class StatelessRules {
  /** Name of the rule about the version in _meta. */
  public static final String META_VERSION = "meta-version";

  /** Name of the rule about the capabilities in _meta. */
  public static final String META_CAPABILITIES = "meta-capabilities";

  /** Name of the rule about the version header. */
  public static final String VERSION_HEADER = "version-header";

  /** Name of the rule about served versions. */
  public static final String VERSION_SERVED = "version-served";

  /** Name of the rule about Mcp-Method. */
  public static final String METHOD_HEADER = "method-header";

  /** Name of the rule about Mcp-Name. */
  public static final String NAME_HEADER = "name-header";

  /** Name of the rule about the headers that mirror tool parameters. */
  public static final String PARAMETER_HEADERS = "parameter-headers";

  /**
   * Which parameter Mcp-Name mirrors (streamable-http, standard request headers; tasks extension,
   * request headers).
   */
  private static final Map<String, String> NAMED =
      Map.of(
          "tools/call", "name",
          "prompts/get", "name",
          "resources/read", "uri",
          "tasks/get", "taskId",
          "tasks/update", "taskId",
          "tasks/cancel", "taskId");

  private StatelessRules() {}

  /** The rules of the correct server. */
  public static List<StatelessRule> standard(Offerings offerings) {
    ParameterHeaders parameters = new ParameterHeaders(offerings);
    return List.of(
        new StatelessRule(META_VERSION, (_, request) -> metaVersion(request)),
        new StatelessRule(META_CAPABILITIES, (_, request) -> metaCapabilities(request)),
        new StatelessRule("meta-client-info", (_, request) -> metaClientInfo(request)),
        new StatelessRule("meta-log-level", (_, request) -> metaLogLevel(request)),
        new StatelessRule(VERSION_HEADER, http(StatelessRules::versionHeader)),
        new StatelessRule(VERSION_SERVED, (_, request) -> versionServed(request)),
        new StatelessRule(METHOD_HEADER, http(StatelessRules::methodHeader)),
        new StatelessRule(NAME_HEADER, http(StatelessRules::nameHeader)),
        new StatelessRule(
            PARAMETER_HEADERS,
            http(
                (in, request) ->
                    parameters.problem(in.headers(), request).flatMap(StatelessRules::mismatch))));
  }

  /** Header rules exist on HTTP only. */
  private static StatelessRule.Check http(StatelessRule.Check check) {
    return (in, request) -> in.wire() == Wire.HTTP ? check.refusal(in, request) : Optional.empty();
  }

  private static Optional<RpcError> metaVersion(Message.Request request) {
    return Meta.version(request.params()) == null
        ? missing(Meta.PROTOCOL_VERSION + " (string)")
        : Optional.empty();
  }

  private static Optional<RpcError> metaCapabilities(Message.Request request) {
    JsonNode given = Meta.field(request.params(), Meta.CLIENT_CAPABILITIES);
    return given == null || !given.isObject()
        ? missing(Meta.CLIENT_CAPABILITIES + " (object)")
        : Optional.empty();
  }

  private static Optional<RpcError> metaClientInfo(Message.Request request) {
    JsonNode given = Meta.field(request.params(), Meta.CLIENT_INFO);
    return given == null || (given.path("name").isString() && given.path("version").isString())
        ? Optional.empty()
        : missing("name and version in " + Meta.CLIENT_INFO);
  }

  private static Optional<RpcError> metaLogLevel(Message.Request request) {
    JsonNode given = Meta.field(request.params(), Meta.LOG_LEVEL);
    // Logging page, error handling.
    return given == null || (given.isString() && LogLevel.of(given.stringValue()).isPresent())
        ? Optional.empty()
        : Optional.of(RpcError.of(ErrorCode.INVALID_PARAMS, "unknown " + Meta.LOG_LEVEL));
  }

  private static Optional<RpcError> versionHeader(Inbound in, Message.Request request) {
    return compare(in, Inbound.VERSION_HEADER, Meta.version(request.params()), HeaderText::plain);
  }

  private static Optional<RpcError> versionServed(Message.Request request) {
    String asked = Meta.version(request.params());
    if (Revisions.STATELESS.equals(asked)) {
      return Optional.empty();
    }
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    ArrayNode supported = data.putArray("supported");
    Revisions.ALL.forEach(supported::add);
    data.put("requested", asked);
    return Optional.of(RpcError.of(ErrorCode.UNSUPPORTED_VERSION).with(data));
  }

  private static Optional<RpcError> methodHeader(Inbound in, Message.Request request) {
    return compare(in, "Mcp-Method", request.method(), HeaderText::plain);
  }

  private static Optional<RpcError> nameHeader(Inbound in, Message.Request request) {
    String member = NAMED.get(request.method());
    if (member == null) {
      return Optional.empty();
    }
    JsonNode source = request.params().get(member);
    if (source == null || !source.isString()) {
      // Nothing to mirror: the method itself refuses the parameters.
      return Optional.empty();
    }
    return compare(in, "Mcp-Name", source.stringValue(), HeaderText::decoded);
  }

  private interface Reading {
    Optional<String> read(String raw);
  }

  private static Optional<RpcError> compare(
      Inbound in, String header, @Nullable String body, Reading reading) {
    List<String> given = in.headers().all(header);
    if (given.isEmpty()) {
      return mismatch(header + " is required");
    }
    if (given.size() > 1) {
      return mismatch(header + " is given more than once");
    }
    Optional<String> value = reading.read(given.getFirst());
    if (value.isEmpty()) {
      return mismatch(header + " is malformed");
    }
    return value.get().equals(body)
        ? Optional.empty()
        : mismatch(header + " does not match the body");
  }

  private static Optional<RpcError> missing(String what) {
    return Optional.of(RpcError.of(ErrorCode.INVALID_PARAMS, "_meta needs " + what));
  }

  private static Optional<RpcError> mismatch(String what) {
    return Optional.of(RpcError.of(ErrorCode.HEADER_MISMATCH, what));
  }
}
