package dev.plumbline.server.measure;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What every client of {@link HandoverRun} can do: requests of a session, each counted. */
final class HandoverClient implements AutoCloseable {
  private static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
      "capabilities":{},"clientInfo":{"name":"handover","version":"1"}}}""";
  private static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int NO_CONTENT = 204;
  private static final int NOT_FOUND = 404;

  private final int port;
  private final boolean keeps;
  private final HandoverTally tally;
  private @Nullable HttpWire wire;
  private String session = "";
  private int lastId;

  /**
   * A client without a session.
   *
   * @param keeps true to keep its connection; otherwise every request has one of its own
   */
  HandoverClient(int port, boolean keeps, HandoverTally tally) {
    this.port = port;
    this.keeps = keeps;
    this.tally = tally;
  }

  /** The field that names its session. */
  String sessionField() {
    return session;
  }

  /** Opens a session; false when that failed. */
  boolean open() {
    session = "";
    Optional<Answer> opened = post(INITIALIZE, "", OK, "\"protocolVersion\"");
    session =
        opened
            .map(answer -> "MCP-Session-Id: " + answer.head().field("mcp-session-id") + "\r\n")
            .orElse("");
    return opened.isPresent() && post(INITIALIZED, session, ACCEPTED, "").isPresent();
  }

  /** Ends the session; then it must be gone. */
  void end() {
    long begun = System.nanoTime();
    try {
      HttpWire.Head head = exchange("DELETE", session, "").head();
      if (head.status() != NO_CONTENT && head.status() != OK) {
        tally.failed("DELETE: " + head.status());
        return;
      }
      tally.answered(begun);
      var _ = post(request("ping", ""), session, NOT_FOUND, "");
    } catch (IOException | RuntimeException e) {
      broken("DELETE", e);
    }
  }

  /** One request of the session; true when the answer holds the words. */
  boolean call(String method, String params, String words) {
    return post(request(method, params), session, OK, words).isPresent();
  }

  /** One request of the session; the answer when it holds the words. */
  Optional<String> ask(String method, String params, String words) {
    return post(request(method, params), session, OK, words).map(Answer::body);
  }

  /** One call of 2026-07-28, which needs no session. */
  void callWithoutSession(String text) {
    String arguments = "{\"text\":\"" + text + "\"}";
    var _ =
        post(
            StatelessCall.message(++lastId, "echo", arguments, "{}"),
            StatelessCall.fields("echo"),
            OK,
            text);
  }

  String request(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + ++lastId
        + ",\"method\":\""
        + method
        + "\",\"params\":{"
        + params
        + "}}";
  }

  private record Answer(HttpWire.Head head, String body) {}

  private Optional<Answer> post(String message, String fields, int status, String words) {
    long begun = System.nanoTime();
    try {
      Answer answer = exchange("POST", HttpWire.JSON + fields, message);
      if (answer.head().status() != status || !answer.body().contains(words)) {
        tally.failed("answered " + answer.head().status() + ": " + answer.body());
        return Optional.empty();
      }
      tally.answered(begun);
      return Optional.of(answer);
    } catch (IOException | RuntimeException e) {
      broken("request", e);
      return Optional.empty();
    }
  }

  private Answer exchange(String method, String fields, String body) throws IOException {
    HttpWire now = wire;
    if (now == null) {
      now = new HttpWire(port);
      wire = now;
    }
    HttpWire.Head head = now.ask(method, fields, body);
    Answer answer = new Answer(head, now.body(head));
    if (!keeps || now.spent()) {
      close();
    }
    return answer;
  }

  private void broken(String what, Exception e) {
    tally.failed(what + ": " + e);
    close();
  }

  @Override
  public void close() {
    if (wire != null) {
      wire.close();
      wire = null;
    }
  }
}
