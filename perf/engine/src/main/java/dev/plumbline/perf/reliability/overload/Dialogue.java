package dev.plumbline.perf.reliability.overload;

import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.client.RawConnection;
import dev.plumbline.perf.client.RawConnection.Response;
import dev.plumbline.perf.flood.Request;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The MCP messages of an overload, in both eras. */
final class Dialogue {
  private static final String HANDSHAKE = "2025-11-25";
  static final String STATELESS = "2026-07-28";
  private static final String CLIENT = "{\"name\":\"plumbline\",\"version\":\"1\"}";
  private static final int OK = 200;

  /** A task that nobody cancels ends by itself; in seconds. */
  private static final int TASK_SECONDS = 600;

  private Dialogue() {}

  /** Asked too soon: the server has no room for what was asked. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(int status, String body) {
      super("refused with " + status + " " + body);
    }

    RefusedException(String why) {
      super(why);
    }
  }

  /**
   * Opens a session.
   *
   * @return the headers its requests carry
   * @throws RefusedException when there is no room for it now
   */
  static String open(RawConnection connection) throws IOException {
    Response opened =
        connection.exchange(
            "POST",
            "",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\""
                + HANDSHAKE
                + "\",\"capabilities\":{},\"clientInfo\":"
                + CLIENT
                + "}}");
    if (opened.status() != OK || opened.session().isEmpty()) {
      throw new RefusedException(opened.status(), opened.body());
    }
    String headers =
        "MCP-Session-Id: "
            + opened.session().get()
            + "\r\nMCP-Protocol-Version: "
            + HANDSHAKE
            + "\r\n";
    Response noticed =
        connection.exchange(
            "POST", headers, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
    if (noticed.status() / 100 != 2) {
      throw new RefusedException(noticed.status(), noticed.body());
    }
    return headers;
  }

  /** The id in the headers of a session. */
  static String id(String sessionHeaders) {
    return sessionHeaders.substring(sessionHeaders.indexOf(' ') + 1, sessionHeaders.indexOf('\r'));
  }

  /**
   * Begins a task that lasts.
   *
   * @param number tells requests of the session apart
   * @return the task's id
   * @throws RefusedException when there is no room for it now
   */
  static String task(RawConnection connection, String sessionHeaders, long number)
      throws IOException {
    Response response =
        connection.exchange(
            "POST",
            sessionHeaders,
            "{\"jsonrpc\":\"2.0\",\"id\":"
                + number
                + ",\"method\":\"tools/call\",\"params\":{\"name\":\"slow_compute\",\"arguments\":"
                + "{\"seconds\":"
                + TASK_SECONDS
                + ",\"label\":\"to be cancelled\"},\"task\":{\"ttl\":300000}}}");
    JsonNode id = Json.parse(json(response.body())).path("result").path("task").path("taskId");
    if (response.status() != OK || !id.isString()) {
      throw new RefusedException(response.status(), response.body());
    }
    return id.stringValue();
  }

  /**
   * Looks at a task.
   *
   * @param number tells requests of the session apart
   * @return its status; empty when the look was refused
   */
  static Optional<String> status(
      RawConnection connection, String sessionHeaders, long number, String task)
      throws IOException {
    Response response =
        connection.exchange(
            "POST",
            sessionHeaders,
            "{\"jsonrpc\":\"2.0\",\"id\":"
                + number
                + ",\"method\":\"tasks/get\",\"params\":{\"taskId\":\""
                + task
                + "\"}}");
    JsonNode status = Json.parse(json(response.body())).path("result").path("status");
    return status.isString() ? Optional.of(status.stringValue()) : Optional.empty();
  }

  /** The JSON of an answer that may have come as an event. */
  private static String json(String body) {
    return body.lines()
        .filter(line -> line.startsWith("data:"))
        .map(line -> line.substring("data:".length()))
        .filter(data -> !data.isBlank())
        .reduce((first, last) -> last)
        .orElse(body);
  }

  /** A call of the stateless era. */
  static Request stateless(URI endpoint, String tool, String arguments) {
    return new Request(endpoint.getPath(), headers(tool), call(statelessParams(tool, arguments)));
  }

  /** The same, whose answer must hold a text besides. */
  static Request stateless(URI endpoint, String tool, String arguments, String echo) {
    Request call = stateless(endpoint, tool, arguments);
    return new Request(call.path(), call.headers(), call.body(), echo);
  }

  /** The header lines of a call of the stateless era, each ended by CR LF. */
  static String headers(String tool) {
    return "MCP-Protocol-Version: "
        + STATELESS
        + "\r\nMcp-Method: tools/call\r\nMcp-Name: "
        + tool
        + "\r\n";
  }

  /** The parameters of a call of the stateless era. */
  static String statelessParams(String tool, String arguments) {
    return params(
        tool,
        arguments,
        ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\""
            + STATELESS
            + "\",\"io.modelcontextprotocol/clientCapabilities\":{}}");
  }

  /** A call in a session. */
  static Request handshake(URI endpoint, String sessionHeaders, String tool, String arguments) {
    return new Request(endpoint.getPath(), sessionHeaders, call(params(tool, arguments, "")));
  }

  private static String call(String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + Request.NUMBER
        + ",\"method\":\"tools/call\",\"params\":"
        + params
        + "}";
  }

  private static String params(String tool, String arguments, String more) {
    return "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + more + "}";
  }
}
