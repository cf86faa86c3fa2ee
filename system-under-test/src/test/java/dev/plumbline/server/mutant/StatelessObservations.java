package dev.plumbline.server.mutant;

import static dev.plumbline.server.support.Requests.META;
import static dev.plumbline.server.support.Requests.legacy;
import static dev.plumbline.server.support.Requests.modern;

import dev.plumbline.server.mutant.Observation.Subject;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** One observation for each mutant of the stateless era. */
final class StatelessObservations {
  private static String role(Subject subject) {
    return subject
        .server()
        .modern("prompts/get", "\"name\":\"greeting\"")
        .json()
        .at("/result/messages/0/role")
        .asString("");
  }

  private static final String VERSION = "MCP-Protocol-Version: 2026-07-28";
  private static final String ECHO = "\"name\":\"echo\",\"arguments\":{\"text\":\"x\"}";
  private static final String UNKNOWN_RESOURCE = "\"uri\":\"x:///none\"";

  private StatelessObservations() {}

  static List<Observation> all() {
    return List.of(
        seen("result-type-missing", StatelessObservations::untyped, "false", "true"),
        seen(
            "string-id-lowercased",
            subject ->
                subject
                    .server()
                    .post(
                        modern("\"Plumbline-Id-A\"", "tools/list", ""),
                        Requests.mirrored("tools/list", ""))
                    .json()
                    .path("id")
                    .asString(),
            "Plumbline-Id-A",
            "plumbline-id-a"),
        seen("client-capabilities-optional", StatelessObservations::bare, "400-32602", "200result"),
        seen(
            "version-error-without-supported",
            StatelessObservations::unknownVersion,
            "400-32022true",
            "400-32022false"),
        seen(
            "discover-without-versions",
            subject -> String.valueOf(supportedVersions(subject)),
            "5",
            "0"),
        seen(
            "resources-list-without-cache-scope",
            result("resources/list", "", "cacheScope"),
            "\"public\"",
            ""),
        seen(
            "version-mismatch-accepted",
            headers("MCP-Protocol-Version: 2025-11-25", "Mcp-Method: tools/list"),
            "400-32020",
            "200result"),
        seen(
            "mcp-method-unchecked",
            subject ->
                headers(VERSION).apply(subject)
                    + headers(VERSION, "Mcp-Method: tools/call").apply(subject),
            "400-32020400-32020",
            "200result200result"),
        seen(
            "mcp-name-unchecked",
            subject ->
                outcome(
                        subject
                            .server()
                            .post(
                                modern("1", "tools/call", ECHO), VERSION, "Mcp-Method: tools/call"))
                    + outcome(
                        subject
                            .server()
                            .post(
                                modern("1", "tools/call", ECHO),
                                VERSION,
                                "Mcp-Method: tools/call",
                                "Mcp-Name: sum")),
            "400-32020400-32020",
            "200result200result"),
        seen("unknown-method-status-200", called("nope", ""), "404-32601", "200-32601"),
        seen(
            "foreign-origin-accepted-stateless",
            subject ->
                headers(VERSION, "Mcp-Method: tools/list", "Origin: http://evil.example")
                        .apply(subject)
                    + headers(VERSION, "Mcp-Method: tools/list", "Host: evil.example")
                        .apply(subject),
            "403-32600403-32600",
            "200result200result"),
        seen(
            "stdout-warning-line",
            subject ->
                TestServer.stdio(subject.kind().change(), modern("1", "nope", ""))
                    .getFirst()
                    .substring(0, 4),
            "{\"js",
            "WARN"),
        seen(
            "unknown-tool-as-complete-result",
            called("tools/call", "\"name\":\"no_such_tool\""),
            "200-32602",
            "200result"),
        seen("tools-rotate", StatelessObservations::firstTools, "same", "turned"),
        seen(
            "structured-content-omitted",
            result(
                "tools/call",
                "\"name\":\"sum\",\"arguments\":{\"a\":1,\"b\":2}",
                "structuredContent"),
            "{\"sum\":3}",
            ""),
        seen(
            "unknown-resource-legacy-code",
            called("resources/read", UNKNOWN_RESOURCE),
            "200-32602",
            "200-32002"),
        seen(
            "invalid-cursor-restarts",
            subject ->
                called("tools/list", "\"cursor\":\"never-issued\"").apply(subject)
                    + called("resources/list", "\"cursor\":\"never-issued\"").apply(subject),
            "200-32602200-32602",
            "200result200result"),
        seen("declared-prompts-unanswered", called("prompts/list", ""), "200result", "404-32601"),
        seen("prompt-role-unknown", StatelessObservations::role, "user", "system"));
  }

  private static Observation seen(
      String mutant, Function<Subject, String> look, String correct, String defective) {
    return new Observation(mutant, look, correct, defective);
  }

  private static String outcome(Response response) {
    return response.status()
        + (response.errorCode() == 0 ? "result" : String.valueOf(response.errorCode()));
  }

  private static Function<Subject, String> called(String method, String params) {
    return subject -> outcome(subject.server().modern(method, params));
  }

  private static Function<Subject, String> result(String method, String params, String member) {
    return subject -> {
      JsonNode value = subject.server().modern(method, params).json().path("result").path(member);
      return value.isMissingNode() ? "" : value.toString();
    };
  }

  private static Function<Subject, String> headers(String... lines) {
    return subject -> outcome(subject.server().post(modern("1", "tools/list", ""), lines));
  }

  private static String untyped(Subject subject) {
    JsonNode result = subject.server().modern("prompts/list", "").json().path("result");
    return String.valueOf(result.isObject() && !result.has("resultType"));
  }

  private static String bare(Subject subject) {
    String meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}";
    return outcome(
        subject.server().post(legacy("1", "tools/list", meta), VERSION, "Mcp-Method: tools/list"));
  }

  private static String unknownVersion(Subject subject) {
    Response response =
        subject
            .server()
            .post(
                legacy("1", "tools/list", META.replace("2026-07-28", "1900-01-01")),
                "MCP-Protocol-Version: 1900-01-01",
                "Mcp-Method: tools/list");
    return outcome(response) + response.json().path("error").path("data").has("supported");
  }

  private static int supportedVersions(Subject subject) {
    return subject
        .server()
        .modern("server/discover", "")
        .json()
        .path("result")
        .path("supportedVersions")
        .size();
  }

  private static String firstTools(Subject subject) {
    return firstTool(subject).equals(firstTool(subject)) ? "same" : "turned";
  }

  private static String firstTool(Subject subject) {
    return subject.server().modern("tools/list", "").json().at("/result/tools/0/name").asString();
  }
}
