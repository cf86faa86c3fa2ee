package dev.plumbline.perf.soak;

import dev.plumbline.perf.client.RawConnection;
import java.io.IOException;
import java.util.Optional;

/** The messages of a soak, in both eras, and what their answers must be. */
final class Dialogue {
  private static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
  private static final String STATELESS_CALL =
      "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: echo\r\n";

  private Dialogue() {}

  /** Opens a session; gives the headers its requests carry. */
  static String open(RawConnection connection) throws IOException {
    RawConnection.Response opened =
        connection.exchange(
            "POST",
            "",
            "{\"jsonrpc\":\"2.0\",\"id\":\"open\",\"method\":\"initialize\",\"params\":{"
                + "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                + "\"clientInfo\":{\"name\":\"soak\",\"version\":\"1\"}}}");
    Optional<String> id = opened.session();
    if (opened.status() != 200 || id.isEmpty()) {
      throw new IOException("initialize was answered with " + opened.status());
    }
    String headers = "MCP-Session-Id: " + id.get() + "\r\nMCP-Protocol-Version: 2025-11-25\r\n";
    expect(
        202,
        connection.exchange(
            "POST", headers, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"));
    return headers;
  }

  /** Ends a session. */
  static void end(RawConnection connection, String headers) throws IOException {
    expect(204, connection.exchange("DELETE", headers, ""));
  }

  /** One call in the session; its answer must be its own. */
  static void handshakeCall(RawConnection connection, String headers, String mark)
      throws IOException {
    check(connection.exchange("POST", headers, call(mark, "")), mark);
  }

  /** One call that stands alone; its answer must be its own. */
  static void statelessCall(RawConnection connection, String mark) throws IOException {
    check(connection.exchange("POST", STATELESS_CALL, call(mark, "," + META)), mark);
  }

  private static String call(String mark, String meta) {
    return "{\"jsonrpc\":\"2.0\",\"id\":\""
        + mark
        + "\",\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":{\"text\":\""
        + mark
        + "\"}"
        + meta
        + "}}";
  }

  private static void check(RawConnection.Response response, String mark) throws IOException {
    boolean own =
        response.status() == 200
            && response.body().contains("\"id\":\"" + mark + "\"")
            && response.body().contains("\"text\":\"" + mark + "\"");
    if (!own) {
      throw new IOException(
          "wrong answer to " + mark + ": " + response.status() + " " + response.body());
    }
  }

  static void expect(int status, RawConnection.Response response) throws IOException {
    if (response.status() != status) {
      throw new IOException(
          "expected " + status + ", got " + response.status() + " " + response.body());
    }
  }
}
