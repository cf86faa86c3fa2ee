package dev.plumbline.server.measure;

import dev.plumbline.server.measure.Attack.Era;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends requests of one era: on a connection that is kept what any client could send, and byte by
 * byte on one of its own what no client would.
 */
final class AttackWire implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int MAX_ANSWER = 1 << 20;
  private static final String END = "\r\n";
  private static final String STATUS_LINE = "HTTP/1.1 ";
  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
  private static final String INJECTED = "x-plumbline-injected";
  private static final String SESSION = "MCP-Session-Id";
  private static final String META =
      """
      "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",\
      "io.modelcontextprotocol/clientInfo":{"name":"attacks","version":"1"},\
      "io.modelcontextprotocol/clientCapabilities":{}}""";

  /**
   * What came back before the connection ended.
   *
   * @param text all of it
   * @param status of the first response; 0 when there was none
   * @param responses how many there were
   */
  record Answer(String text, int status, int responses) {
    private String head() {
      int end = text.indexOf(END + END);
      return end < 0 ? text : text.substring(0, end);
    }

    /** True when the head of a response has what an attack put there. */
    boolean injected() {
      return responses > 1 || head().toLowerCase(Locale.ROOT).contains(END + INJECTED);
    }

    /** The JSON of the first response; missing when there is none. */
    JsonNode json() {
      int body = text.indexOf(END + END);
      try {
        return JsonMapper.shared().readTree(body < 0 ? "" : text.substring(body));
      } catch (JacksonException e) {
        return JsonNodeFactory.instance.missingNode();
      }
    }

    /** The code of the JSON-RPC error; 0 when it is none. */
    int code() {
      return json().path("error").path("code").asInt(0);
    }

    /** True when a resource was read and holds something. */
    boolean served() {
      JsonNode contents = json().path("result").path("contents");
      return status == 200 && !contents.path(0).path("text").asString("").isEmpty();
    }
  }

  private final int port;
  private final Era era;
  private @Nullable HttpWire kept;
  private String session = "";
  private int id;

  AttackWire(int port, Era era) {
    this.port = port;
    this.era = era;
  }

  /** Opens the session of an era that has sessions. */
  void open() throws IOException {
    if (era == Era.HANDSHAKE) {
      String initialize =
          """
          {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
          "capabilities":{},"clientInfo":{"name":"attacks","version":"1"}}}""";
      HttpWire wire = wire();
      HttpWire.Head head = wire.ask("POST", lines("initialize", ""), initialize);
      var _ = wire.body(head);
      session = head.field(SESSION.toLowerCase(Locale.ROOT));
      String done = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
      var _ = wire.body(wire.ask("POST", lines("notifications/initialized", ""), done));
    }
  }

  private HttpWire wire() throws IOException {
    HttpWire wire = kept;
    if (wire == null || wire.spent()) {
      close();
      wire = new HttpWire(port);
      kept = wire;
    }
    return wire;
  }

  @Override
  public void close() {
    if (kept != null) {
      kept.close();
      kept = null;
    }
  }

  /** Asks for a URI. */
  Answer ask(String method, String uri) throws IOException {
    String body = body(method, uri);
    HttpWire wire = wire();
    HttpWire.Head head = wire.ask("POST", lines(method, uri), body);
    return new Answer(head.fields() + END + END + wire.body(head), head.status(), 1);
  }

  /** Reads a URI with lines in the head that take the place of those of the same name. */
  Answer inject(String lines, String uri) throws IOException {
    String body = body("resources/read", uri);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Host", "127.0.0.1");
    fields.putAll(fields("resources/read", uri));
    fields.put("Content-Length", Integer.toString(bytes(body).length));
    String filled =
        lines
            .replace("{session}", session)
            .replace("{version}", era == Era.HANDSHAKE ? "2025-11-25" : "2026-07-28")
            .replace("{uri}", uri)
            .replace("{uri64}", base64(uri))
            .replace("{name64}", base64(uri + END + "X-Plumbline-Injected: 1"))
            .replace("{length}", Integer.toString(bytes(body).length));
    return sent(head(fields, filled) + body);
  }

  private String body(String method, String uri) {
    ObjectNode request =
        JsonNodeFactory.instance
            .objectNode()
            .put("jsonrpc", "2.0")
            .put("id", ++id)
            .put("method", method);
    ObjectNode params = request.putObject("params").put("uri", uri);
    if (era == Era.STATELESS) {
      params.setAll((ObjectNode) JsonMapper.shared().readTree("{" + META + "}"));
    }
    return request.toString();
  }

  private String lines(String method, String uri) {
    StringBuilder lines = new StringBuilder();
    fields(method, uri).forEach((name, value) -> line(lines, name, value));
    return lines.toString();
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append(END);
  }

  private Map<String, String> fields(String method, String uri) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Content-Type", "application/json");
    fields.put("Accept", "application/json, text/event-stream");
    if (era == Era.STATELESS) {
      fields.put("MCP-Protocol-Version", "2026-07-28");
      fields.put("Mcp-Method", method);
      fields.put("Mcp-Name", mirrored(uri));
    } else if (!session.isEmpty()) {
      fields.put("MCP-Protocol-Version", "2025-11-25");
      fields.put(SESSION, session);
    }
    return fields;
  }

  /** 2026-07-28 streamable-http, value encoding. */
  private static String mirrored(String uri) {
    boolean plain = uri.chars().allMatch(c -> c > ' ' && c <= '~');
    return plain ? uri : "=?base64?" + base64(uri) + "?=";
  }

  private static String head(Map<String, String> fields, String lines) {
    boolean ownStart = lines.startsWith("POST ");
    StringBuilder head = new StringBuilder(ownStart ? "" : "POST /mcp HTTP/1.1" + END);
    List<String> names =
        Arrays.stream(lines.split(END, -1))
            .map(line -> line.substring(0, Math.max(0, line.indexOf(':'))).strip())
            .map(name -> name.toLowerCase(Locale.ROOT))
            .toList();
    if (ownStart) {
      head.append(lines).append(lines.contains(" HTTP/1.1") ? END : " HTTP/1.1" + END);
    }
    fields.forEach(
        (name, value) -> {
          if (!names.contains(name.toLowerCase(Locale.ROOT))) {
            line(head, name, value);
          }
        });
    if (!ownStart && !lines.isEmpty()) {
      head.append(lines).append(END);
    }
    return head.append(END).toString();
  }

  private Answer sent(String request) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      socket.getOutputStream().write(bytes(request));
      // Whatever the server takes for a second request is answered before it hangs up.
      socket.shutdownOutput();
      byte[] read = socket.getInputStream().readNBytes(MAX_ANSWER);
      // The server sees by them whether a client that says no more still listens.
      return answer(new String(read, StandardCharsets.UTF_8).replace(CONTINUE, ""));
    }
  }

  private static Answer answer(String text) {
    int responses = text.split("(?<!\\S)" + STATUS_LINE, -1).length - 1;
    int status =
        text.startsWith(STATUS_LINE)
            ? Integer.parseInt(text.substring(STATUS_LINE.length(), STATUS_LINE.length() + 3))
            : 0;
    return new Answer(text, status, responses);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
