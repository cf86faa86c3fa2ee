package dev.plumbline.conformance.rule.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.rule.Recorded;
import dev.plumbline.evidence.model.Verdict;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that hold every piece of one kind to one requirement: kept, broken, never seen. */
class HeardRulesTest {
  /**
   * One rule.
   *
   * @param clause whose
   * @param method what was sent
   * @param kept a line that keeps it
   * @param broken a line that breaks it
   * @param summary what the finding says
   */
  record Case(String clause, String method, String kept, String broken, String summary) {
    @Override
    public String toString() {
      return clause;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        request("BASE-008", "1.5", "neither a string nor an integer"),
        request("BASE-009", "null", "has the id null"),
        said("BASE-013", "notifications/message", "{}", ",\"id\":1", "carries an id"),
        tool(
            "BASE-016",
            "{}",
            "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}",
            "draft-07"),
        tool("BASE-021", "{}", "{\"title\":5}", "not valid in its own dialect"),
        meta("BASE-023", "a.example/b/c", "no lawful prefix"),
        meta("BASE-024", "1a/b", "a prefix with a label"),
        meta("BASE-026", "a.example/-b", "a name that is none"),
        params(
            "PROG-001",
            "notifications/progress",
            "{\"progressToken\":1}",
            "{\"progressToken\":1.5}",
            "a string nor an integer: 1.5"),
        listed("TOOL-011", "a", "x".repeat(129), "has 129 characters"),
        listed("TOOL-013", "a_B-1.c", "two words", "characters beyond letters"),
        result(
            "TOOL-016",
            "tools/call",
            "{\"structuredContent\":{\"a\":1},\"content\":[{\"type\":\"text\",\"text\":\"{\\\"a\\\":1.0}\"}]}",
            "{\"structuredContent\":{\"a\":1},\"content\":[]}",
            "does not have it as JSON in a text"),
        result(
            "RES-006",
            "resources/list",
            "{\"resources\":[{\"uri\":\"a+b:///c\"}]}",
            "{\"resources\":[{\"uri\":\"a_b:///c\"}]}",
            "is no URI"),
        result(
            "RES-010",
            "resources/read",
            "{\"contents\":[{\"blob\":\"QQ==\"}]}",
            "{\"contents\":[{\"blob\":\"QQ\"}]}",
            "not Base64 with padding"),
        prompt(
            "PROM-004",
            "\"type\":\"image\",\"data\":\"QQ==\",\"mimeType\":\"image/png\"",
            "\"type\":\"image\",\"data\":\"QQ==\",\"mimeType\":\"png\"",
            "The media type of content"),
        prompt(
            "PROM-005",
            "\"type\":\"audio\",\"data\":\"QQ==\",\"mimeType\":\"audio/wav\"",
            "\"type\":\"audio\",\"data\":\"Q\",\"mimeType\":\"audio/wav\"",
            "Data in a prompt"),
        prompt(
            "PROM-006",
            "\"type\":\"resource\",\"resource\":{\"uri\":\"a:b\",\"mimeType\":\"text/plain\",\"text\":\"\"}",
            "\"type\":\"resource\",\"resource\":{\"uri\":\"a:b\",\"mimeType\":\"text/plain\"}",
            "exactly one of text and blob"),
        form(
            "ELIC-001",
            "{\"name\":{\"type\":\"string\"}}",
            "{\"apiKey\":{\"type\":\"string\"}}",
            "asks for a secret"),
        params(
            "ELIC-007",
            "elicitation/create",
            "{\"message\":\"m\"}",
            "{\"message\":\"m\",\"mode\":\"video\"}",
            "has the mode \"video\""),
        form(
            "ELIC-009",
            "{\"name\":{\"type\":\"integer\"}}",
            "{\"name\":{\"type\":\"object\"}}",
            "not flat"),
        page(
            "ELIC-011",
            "{\"mode\":\"url\",\"message\":\"m\",\"url\":\"https://a.example\",\"elicitationId\":\"1\"}",
            "{\"message\":\"m\",\"url\":\"https://a.example\",\"elicitationId\":\"1\"}",
            "lacks mode"),
        page("ELIC-012", "{\"url\":\"https://a.example/b\"}", "{\"url\":\"/b\"}", "is no URL"),
        page(
            "ELIC-038",
            "{\"url\":\"https://a.example/?state=1\"}",
            "{\"url\":\"https://a.example/?x=1&id_token=a\"}",
            "carries credentials"),
        params(
            "ELIC-039",
            "elicitation/create",
            "{\"message\":\"m\"}",
            "{\"message\":\"see https://a.example\"}",
            "an address to click on"),
        page(
            "ELIC-040",
            "{\"url\":\"http://localhost/b\"}",
            "{\"url\":\"http://a.example/b\"}",
            "does not use https"),
        params(
            "SAMP-006",
            "sampling/createMessage",
            "{\"includeContext\":\"none\"}",
            "{\"includeContext\":\"allServers\"}",
            "the context allServers"),
        params(
            "SAMP-007",
            "sampling/createMessage",
            "{}",
            "{\"includeContext\":\"thisServer\"}",
            "asks for context"),
        params("SAMP-004", "sampling/createMessage", "{}", "{\"tools\":[]}", "offers tools"));
  }

  private static Case said(
      String clause, String method, String params, String more, String summary) {
    return new Case(
        clause, "tools/call", message(method, params, ""), message(method, params, more), summary);
  }

  private static Case request(String clause, String id, String summary) {
    return new Case(
        clause,
        "tools/call",
        message("ping", "{}", ",\"id\":\"a\""),
        message("ping", "{}", ",\"id\":" + id),
        summary);
  }

  private static Case params(
      String clause, String method, String kept, String broken, String summary) {
    String id = method.startsWith("notifications/") ? "" : ",\"id\":7";
    return new Case(
        clause, "tools/call", message(method, kept, id), message(method, broken, id), summary);
  }

  private static Case page(String clause, String kept, String broken, String summary) {
    return params(clause, "elicitation/create", kept, broken, summary);
  }

  private static Case form(String clause, String kept, String broken, String summary) {
    String schema = "{\"message\":\"m\",\"requestedSchema\":{\"type\":\"object\",\"properties\":";
    return page(clause, schema + kept + "}}", schema + broken + "}}", summary);
  }

  private static Case result(
      String clause, String method, String kept, String broken, String summary) {
    return new Case(clause, method, answer(kept), answer(broken), summary);
  }

  private static Case tool(String clause, String kept, String broken, String summary) {
    String tools = "{\"tools\":[{\"name\":\"a\",\"inputSchema\":";
    return result(clause, "tools/list", tools + kept + "}]}", tools + broken + "}]}", summary);
  }

  private static Case listed(String clause, String kept, String broken, String summary) {
    String tools = "{\"tools\":[{\"name\":\"";
    return result(clause, "tools/list", tools + kept + "\"}]}", tools + broken + "\"}]}", summary);
  }

  private static Case meta(String clause, String key, String summary) {
    return result(
        clause,
        "tools/list",
        "{\"_meta\":{\"a.example/b\":1,\"c\":1}}",
        "{\"_meta\":{\"" + key + "\":1}}",
        summary);
  }

  private static Case prompt(String clause, String kept, String broken, String summary) {
    String messages = "{\"messages\":[{\"role\":\"user\",\"content\":{";
    return result(
        clause, "prompts/get", messages + kept + "}}]}", messages + broken + "}}]}", summary);
  }

  private static String message(String method, String params, String more) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + params + more + "}";
  }

  private static String answer(String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":" + result + "}";
  }

  private static Recorded lawful(String clause) {
    return Recorded.stdio(clause).initialized("{}").sent("lawful", "ping").result("{}");
  }

  private static Verdict judged(Case one, String line) {
    return lawful(one.clause()).sent("step", one.method(), "{}", "9").lines(line).judged();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatKeepsItPasses(Case one) {
    assertThat(judged(one, one.kept())).isInstanceOf(Verdict.Pass.class);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatBreaksItIsTold(Case one) {
    assertThat(judged(one, one.broken()))
        .isInstanceOfSatisfying(
            Verdict.Fail.class,
            fail -> {
              assertThat(fail.findings()).hasSize(1);
              assertThat(fail.findings().getFirst().summary()).contains(one.summary());
              assertThat(fail.findings().getFirst().expected()).isNotBlank();
              assertThat(fail.findings().getFirst().fix()).isNotBlank();
            });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void withoutOccasionNothingIsConcluded(Case one) {
    assertThat(lawful(one.clause()).judged())
        .isInstanceOfSatisfying(
            Verdict.NotObserved.class,
            unseen -> assertThat(unseen.missing()).startsWith("the target gave no occasion: "));
  }
}
