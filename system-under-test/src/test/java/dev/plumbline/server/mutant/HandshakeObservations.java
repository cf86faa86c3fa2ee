package dev.plumbline.server.mutant;

import static dev.plumbline.server.support.Requests.initialize;
import static dev.plumbline.server.support.Requests.legacy;
import static dev.plumbline.server.support.Requests.post;

import dev.plumbline.server.mutant.Observation.Subject;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** One observation for each mutant of the handshake era. */
final class HandshakeObservations {
  private static final String NOTICE =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":99}}";

  private HandshakeObservations() {}

  static List<Observation> all() {
    return List.of(
        seen("id-digits-become-number", result("\"4711\"", "ping", "", "/id"), "\"4711\"", "4711"),
        seen(
            "method-error-without-message",
            subject ->
                String.valueOf(call(subject, "1", "nope", "").json().path("error").has("message")),
            "true",
            "false"),
        seen("server-info-without-version", init("/serverInfo/version"), "\"1.2.3\"", ""),
        seen(
            "version-rounded-up",
            subject -> negotiated(subject, "2024-11-05"),
            "\"2024-11-05\"",
            "\"2025-03-26\""),
        seen(
            "unknown-version-echoed",
            subject -> negotiated(subject, "1900-01-01"),
            "\"2025-11-25\"",
            "\"1900-01-01\""),
        seen("ping-result-not-empty", result("1", "ping", "", "/result"), "{}", "{\"pong\":true}"),
        seen("stdout-ping-log", HandshakeObservations::pingLines, "2", "3"),
        seen(
            "notification-answered-200",
            subject -> status(subject.server().post(NOTICE, subject.server().session())),
            "202",
            "200"),
        seen("get-answers-json", HandshakeObservations::get, "200", "200{}"),
        seen("session-survives-delete", HandshakeObservations::afterDelete, "204 404", "204 200"),
        seen(
            "version-header-ignored",
            subject ->
                status(
                    subject
                        .server()
                        .post(
                            legacy("1", "ping", ""),
                            subject.server().session(),
                            "MCP-Protocol-Version: 1900-01-01")),
            "400",
            "200"),
        seen(
            "foreign-origin-accepted",
            subject ->
                status(
                        subject
                            .server()
                            .post(initialize("2025-11-25"), "Origin: http://evil.example"))
                    + status(subject.server().post(initialize("2025-11-25"), "Host: evil.example")),
            "403403",
            "200200"),
        seen("null-input-schema", HandshakeObservations::lastSchema, "OBJECT", "NULL"),
        seen(
            "unknown-tool-as-result",
            subject -> outcome(call(subject, "1", "tools/call", "\"name\":\"no_such_tool\"")),
            "-32602",
            "result"),
        seen(
            "structured-content-wrong-type",
            result(
                "1",
                "tools/call",
                "\"name\":\"sum\",\"arguments\":{\"a\":1,\"b\":2}",
                "/result/structuredContent/sum"),
            "3",
            "{}"),
        seen(
            "unknown-resource-empty-contents",
            subject -> outcome(call(subject, "1", "resources/read", "\"uri\":\"x:///none\"")),
            "-32002",
            "result"),
        seen(
            "invalid-cursor-ignored",
            subject ->
                outcome(call(subject, "1", "tools/list", "\"cursor\":\"never-issued\""))
                    + outcome(call(subject, "1", "prompts/list", "\"cursor\":\"never-issued\"")),
            "-32602-32602",
            "resultresult"),
        seen("prompts-undeclared", init("/capabilities/prompts"), "{\"listChanged\":true}", ""),
        seen(
            "resource-without-name",
            result("1", "resources/list", "", "/result/resources/0/name"),
            "\"welcome\"",
            ""));
  }

  private static Observation seen(
      String mutant, Function<Subject, String> look, String correct, String defective) {
    return new Observation(mutant, look, correct, defective);
  }

  private static String status(Response response) {
    return String.valueOf(response.status());
  }

  private static String outcome(Response response) {
    return response.errorCode() == 0 ? "result" : String.valueOf(response.errorCode());
  }

  private static Response call(Subject subject, String id, String method, String params) {
    return subject.server().post(legacy(id, method, params), subject.server().session());
  }

  private static Function<Subject, String> result(
      String id, String method, String params, String pointer) {
    return subject -> at(call(subject, id, method, params).json(), pointer);
  }

  private static Function<Subject, String> init(String pointer) {
    return subject ->
        at(subject.server().post(initialize("2025-11-25")).json().path("result"), pointer);
  }

  private static String negotiated(Subject subject, String asked) {
    return at(subject.server().post(initialize(asked)).json(), "/result/protocolVersion");
  }

  private static String at(JsonNode tree, String pointer) {
    return tree.at(pointer).isMissingNode() ? "" : tree.at(pointer).toString();
  }

  private static String pingLines(Subject subject) {
    List<String> lines =
        TestServer.stdio(
            subject.kind().change(),
            initialize("2025-11-25"),
            Requests.INITIALIZED,
            legacy("1", "ping", ""));
    return String.valueOf(lines.size());
  }

  private static String get(Subject subject) {
    Response response =
        subject
            .server()
            .raw(
                "GET /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                    + subject.server().session()
                    + "\r\n\r\n");
    return status(response) + response.body();
  }

  private static String afterDelete(Subject subject) {
    String session = subject.server().session();
    String delete = "DELETE /mcp HTTP/1.1\r\nHost: localhost\r\n" + session + "\r\n\r\n";
    return status(subject.server().raw(delete))
        + " "
        + status(subject.server().raw(post(legacy("1", "ping", ""), session)));
  }

  private static String lastSchema(Subject subject) {
    List<JsonNode> tools = new ArrayList<>();
    String params = "";
    while (true) {
      JsonNode page = call(subject, "1", "tools/list", params).json().path("result");
      page.path("tools").forEach(tools::add);
      if (!page.has("nextCursor")) {
        return tools.getLast().path("inputSchema").getNodeType().name();
      }
      params = "\"cursor\":" + page.get("nextCursor");
    }
  }
}
