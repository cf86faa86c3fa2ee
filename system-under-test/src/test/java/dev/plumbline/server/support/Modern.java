package dev.plumbline.server.support;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A request of 2026-07-28 that can be changed before it is sent. */
public final class Modern {
  private static final JsonMapper JSON = new JsonMapper();

  private final ObjectNode message = JsonNodeFactory.instance.objectNode();
  private final ObjectNode params;
  private final ObjectNode meta;
  private final Map<String, String> headers = new HashMap<>();

  private Modern(String method, String members) {
    message.put("jsonrpc", "2.0").put("id", 1).put("method", method);
    params = (ObjectNode) JSON.readTree("{" + members.replace('\'', '"') + "}");
    message.set("params", params);
    meta = params.putObject("_meta");
    meta.put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
    meta.putObject("io.modelcontextprotocol/clientCapabilities");
    headers.put("MCP-Protocol-Version", "2026-07-28");
    headers.put("Mcp-Method", method);
    for (String named : new String[] {"name", "uri", "taskId"}) {
      if (params.path(named).isString()) {
        headers.put("Mcp-Name", params.path(named).stringValue());
      }
    }
  }

  /**
   * A request.
   *
   * @param members of its parameters; single quotes stand for double ones
   */
  public static Modern of(String method, String members) {
    return new Modern(method, members);
  }

  /** A call of a tool. */
  public static Modern call(String tool, String arguments) {
    return of("tools/call", "'name':'" + tool + "','arguments':{" + arguments + "}");
  }

  /** With capabilities of the client. */
  public Modern can(String capabilities) {
    return meta("io.modelcontextprotocol/clientCapabilities", "{" + capabilities + "}");
  }

  /** With a field of its metadata. */
  public Modern meta(String key, String json) {
    meta.set(key, JSON.readTree(json.replace('\'', '"')));
    return this;
  }

  /** With a parameter. */
  public Modern with(String key, JsonNode value) {
    params.set(key, value);
    return this;
  }

  /** With a parameter. */
  public Modern with(String key, String json) {
    return with(key, JSON.readTree(json.replace('\'', '"')));
  }

  /** With an id. */
  public Modern id(String json) {
    message.set("id", JSON.readTree(json.replace('\'', '"')));
    return this;
  }

  /** With a header field. */
  public Modern header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Without a header field. */
  public Modern without(String name) {
    headers.remove(name);
    return this;
  }

  /** Its text. */
  public String json() {
    return message.toString();
  }

  /** Its header fields. */
  public Map<String, String> headers() {
    return Map.copyOf(headers);
  }

  /** Its header fields as lines. */
  public String[] headerLines() {
    return headers.entrySet().stream()
        .map(header -> header.getKey() + ": " + header.getValue())
        .toArray(String[]::new);
  }

  /** Sends it over HTTP. */
  public InProcess.Exchange to(InProcess server) {
    return server.http(json(), headers);
  }
}
