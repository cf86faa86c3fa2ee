package dev.plumbline.conformance.rule.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.rule.Recorded;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.evidence.model.Verdict;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules on questions of the server and on their answers: kept, broken, never seen. */
class AskedRulesTest {
  private static final String NAME = "{\"name\":\"t\"}";

  /**
   * One rule.
   *
   * @param clause whose
   * @param label the exchange that is judged
   * @param kept what is said there by a server that keeps it
   * @param broken what is said by one that does not
   * @param summary what the finding says
   */
  record Case(String clause, String label, String kept, String broken, String summary) {
    @Override
    public String toString() {
      return clause;
    }
  }

  private static String request(String method, String id, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"method\":\"%s\",\"params\":%s}"
        .formatted(id, method, params);
  }

  private static String notice(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"%s\",\"params\":%s}".formatted(method, params);
  }

  private static String result(String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":" + result + "}";
  }

  private static String error() {
    return "{\"jsonrpc\":\"2.0\",\"id\":9,\"error\":{\"code\":-32602,\"message\":\"m\"}}";
  }

  private static String text(String text) {
    return result("{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}");
  }

  private static String sampling(String results) {
    return request(
        "sampling/createMessage",
        "q",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"a\"}]},"
            + "{\"role\":\"user\",\"content\":["
            + results
            + "]}]}");
  }

  private static String tracked(String id, String token) {
    return request("elicitation/create", id, "{\"_meta\":{\"progressToken\":\"" + token + "\"}}");
  }

  static Stream<Case> cases() {
    String outcome = "{\"type\":\"tool_result\",\"toolUseId\":\"a\"}";
    String page =
        request("elicitation/create", "q", "{\"mode\":\"url\",\"elicitationId\":\"e1\"}") + "\n";
    String ask = request("roots/list", "q", "{}") + "\n";
    return Stream.of(
        new Case(
            "SAMP-008",
            "loop",
            sampling(outcome),
            sampling(outcome + ",{\"type\":\"text\"}"),
            "has \"text\" beside tool results"),
        new Case(
            "SAMP-009", "loop", sampling(outcome), sampling(""), "no result for the tool use a"),
        new Case("ELIC-053", "form-number", error(), text("plumbline"), "a form that does not fit"),
        new Case(
            "ELIC-053",
            "form-number",
            text("oh").replace("\"content\"", "\"isError\":true,\"content\""),
            text("9081726354"),
            "t is completed by a form"),
        new Case("SAMP-014", "sampled-block", error(), text("plumbline"), "a sampled message"),
        new Case(
            "CANC-001",
            "given-up",
            ask + notice("notifications/cancelled", "{\"requestId\":\"q\"}"),
            ask + notice("notifications/cancelled", "{\"requestId\":9}"),
            "cancels a request that it never made"),
        new Case(
            "PROG-002",
            "held",
            tracked("q", "a") + "\n" + tracked("r", "b"),
            tracked("q", "a") + "\n" + tracked("r", "a"),
            "have the progress token \"a\""),
        new Case(
            "ELIC-014",
            "listening",
            page + notice("notifications/elicitation/complete", "{\"elicitationId\":\"e1\"}"),
            page + notice("notifications/elicitation/complete", "{\"elicitationId\":\"e2\"}"),
            "this client was not asked for"));
  }

  private static Recorded opened(String clause) {
    return Recorded.stdio(clause).initialized("{}").sent("lawful", "ping").result("{}");
  }

  private static Verdict judged(Case one, String lines) {
    return opened(one.clause())
        .sent(one.label(), "tools/call", NAME, "9")
        .lines(lines.split("\n", -1))
        .sent("twin", "tools/call", NAME, "9")
        .lines(text("plumbline"))
        .judged();
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
            fail -> assertThat(fail.findings().getFirst().summary()).contains(one.summary()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void withoutOccasionNothingIsConcluded(Case one) {
    assertThat(opened(one.clause()).judged())
        .isInstanceOfSatisfying(
            Verdict.NotObserved.class,
            unseen -> assertThat(unseen.missing()).startsWith("the target gave no occasion: "));
  }

  private static Recorded late(int status, String lateBody) {
    return Recorded.http("CANC-005")
        .initialized("{}")
        .sent("lawful", "ping")
        .result("{}")
        .sent("given-up", "tools/call", NAME, "9")
        .said(
            End.COMPLETE,
            request("roots/list", "q", "{}"),
            notice("notifications/cancelled", "{\"requestId\":\"q\"}"))
        .sent("late-answer", "", "{}", "\"q\"")
        .status(status, lateBody)
        .sent("after-late", "ping")
        .result("{}");
  }

  @Test
  void aLateAnswerIsIgnored() {
    late(202, "").passes(1);
    late(400, "").fails("An answer to a question that was taken back is not ignored.");
    opened("CANC-005").isNotObserved("the target gave no occasion: a question that it takes back");
  }

  /** Ours is said at 0, what is answered comes after a second, later things after three more. */
  private static Recorded intruded(boolean waits, String result) {
    Recorded patient =
        opened("ELIC-031")
            .sent("patient", "tools/call", NAME, "9")
            .later(text("a"))
            .sent("patient-answer", "", "{}", "\"q\"")
            .status(202, "")
            .sent("intrusion", "", "{}", "\"q\"")
            .status(202, "");
    return waits
        ? patient
            .sent("intruded", "tools/call", NAME, "9")
            .lines(result)
            .sent("intruded-answer", "", "{}", "\"q\"")
            .lines("")
        : patient
            .sent("intruded", "tools/call", NAME, "9")
            .lines(result)
            .sent("intruded-answer", "", "{}", "\"q\"")
            .later("");
  }

  @Test
  void anAnswerOfAnotherSessionIsNoAnswer() {
    intruded(true, text("a")).passes(1);
    intruded(false, text("a")).fails("A form of one session is filled in by another one.");
    intruded(false, error()).passes(1);
    opened("ELIC-031").isNotObserved("the target gave no occasion: a tool that waits for a form");
  }
}
