package dev.plumbline.server.support;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages of both eras as text. */
public final class Requests {
  /** The notification that ends a handshake. */
  public static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

  /** The _meta a modern request needs. */
  public static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

  private Requests() {}

  /** A request without metadata. */
  public static String legacy(String id, String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\""
        + method
        + "\",\"params\":{"
        + params
        + "}}";
  }

  /** An initialize request. */
  public static String initialize(String revision) {
    return legacy(
        "\"init\"",
        "initialize",
        "\"protocolVersion\":\""
            + revision
            + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}");
  }

  /** A request with modern metadata. */
  public static String modern(String id, String method, String params) {
    return legacy(id, method, params.isEmpty() ? META : params + "," + META);
  }

  /** The header lines that mirror a modern request. */
  public static String[] mirrored(String method, String params) {
    JsonNode tree = new JsonMapper().readTree("{" + params + "}");
    String name = tree.path("name").asString(tree.path("uri").asString(""));
    String version = "MCP-Protocol-Version: 2026-07-28";
    String methodLine = "Mcp-Method: " + method;
    return name.isEmpty()
        ? new String[] {version, methodLine}
        : new String[] {version, methodLine, "Mcp-Name: " + name};
  }

  /** The bytes of a POST, as ISO-8859-1 text. */
  public static String post(String json, String... headerLines) {
    String body = new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    StringBuilder head = new StringBuilder("POST /mcp HTTP/1.1\r\n");
    boolean hasHost = false;
    for (String line : headerLines) {
      head.append(line).append("\r\n");
      hasHost |= line.startsWith("Host:");
    }
    if (!hasHost) {
      head.append("Host: 127.0.0.1\r\n");
    }
    head.append("Content-Type: application/json\r\n");
    head.append("Accept: application/json, text/event-stream\r\n");
    return head + "Content-Length: " + body.length() + "\r\n\r\n" + body;
  }
}
