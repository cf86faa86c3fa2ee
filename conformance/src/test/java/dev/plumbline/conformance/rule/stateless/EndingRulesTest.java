package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Recorded;
import dev.plumbline.conformance.rule.Recorded.Sent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a server ends, what it says then, and where it listens. */
class EndingRulesTest {
  private static final String ACKNOWLEDGED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\"}";
  private static final String CANCELLED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":2}}";
  private static final String ANSWER =
      "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"resultType\":\"complete\"}}";
  private static final String ERROR =
      "{\"jsonrpc\":\"2.0\",\"id\":2,\"error\":{\"code\":-32603,\"message\":\"m\"}}";

  private static Recorded lawful(String clause) {
    return Recorded.stdio(clause).sent("lawful", "server/discover").result("{}");
  }

  private static Sent stopped(String clause) {
    return lawful(clause)
        .sent("listen", "subscriptions/listen")
        .lines(ACKNOWLEDGED)
        .bodiless("stop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CANC-502", "SUBS-506", "SUBS-507"})
  void aSubscriptionEndsWithBothWords(String clause) {
    stopped(clause).lines(CANCELLED, ANSWER).passes(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CANC-502", "SUBS-506", "SUBS-507"})
  void aProcessThatSaysNothingShowsNothing(String clause) {
    stopped(clause).lines().isNotObserved("the server ended without a word about its subscription");
    lawful(clause)
        .sent("listen", "subscriptions/listen")
        .error(-32601)
        .bodiless("stop")
        .lines(ANSWER)
        .isNotObserved("no subscription could be opened");
  }

  @Test
  void anEndWithoutCancellationIsWrong() {
    stopped("CANC-502")
        .lines(ANSWER)
        .fails("The server ends a subscription without notifications/cancelled.");
    stopped("CANC-502")
        .lines(CANCELLED.replace("2}", "3}"), ANSWER)
        .fails("The server ends a subscription without notifications/cancelled.");
  }

  @Test
  void anEndWithoutAnswerIsWrong() {
    stopped("SUBS-506")
        .lines(CANCELLED)
        .fails("The server ends a subscription without answering subscriptions/listen.");
    stopped("SUBS-507").lines(CANCELLED).isNotObserved("the listen request was not answered");
  }

  @Test
  void anEndWithAnErrorIsWrong() {
    stopped("SUBS-507")
        .lines(CANCELLED, ERROR)
        .fails("A subscription that ends gracefully is not answered by a result that is complete.");
  }

  // --- TRAN-526 ----------------------------------------------------------------------------------

  @Test
  void aServerEndsWithItsInput() {
    lawful("TRAN-526").bodiless("hang-up").closed().passes(1);
    lawful("TRAN-526")
        .bodiless("hang-up")
        .late()
        .fails("The server goes on when its standard input has ended.");
    Recorded.stdio("TRAN-526")
        .sent("lawful", "server/discover")
        .late()
        .isNotObserved("no answer to lawful within 2000 ms");
  }

  // --- TRAN-533 ----------------------------------------------------------------------------------

  private static Recorded http() {
    return Recorded.http("TRAN-533").sent("lawful", "server/discover").result("{}");
  }

  @Test
  void aLocalServerIsNotReachedElsewhere() {
    http().sent("elsewhere", "server/discover").unreached().passes(1);
    http()
        .sent("elsewhere", "server/discover")
        .result("{}")
        .fails("A server that runs locally listens on more than the loopback address.");
  }

  @Test
  void anotherAnswerElsewhereShowsNothing() {
    http()
        .sent("elsewhere", "server/discover")
        .status(404, "")
        .isNotObserved("another address was answered with status 404 with no body");
    http().isNotObserved("the server is not reached by the loopback address");
  }

  // --- CANC-514, CANC-517 ------------------------------------------------------------------------

  private static String answer(String id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{}}";
  }

  private static Recorded crossed(String... answers) {
    return lawful("CANC-514")
        .sent("plumbline-crossing-1", "server/discover", "{}", "\"plumbline-crossing-1\"")
        .lines(answers);
  }

  @Test
  void aCrossingIsAnsweredOnceOrNever() {
    String own = answer("\"plumbline-crossing-1\"");
    crossed(own).sent("after-plumbline-crossing-1", "server/discover").result("{}").passes(1);
    crossed().sent("after-plumbline-crossing-1", "server/discover").result("{}").passes(1);
    crossed(own, own)
        .sent("after-plumbline-crossing-1", "server/discover")
        .result("{}")
        .fails("A request whose cancellation crosses the answer is answered more than once.");
  }

  @Test
  void aCrossingThatBreaksWhatFollowsIsWrong() {
    crossed()
        .sent("after-plumbline-crossing-1", "server/discover")
        .closed()
        .fails("After a cancellation that crosses the answer a lawful request is not served.");
    crossed()
        .sent("after-plumbline-crossing-1", "server/discover")
        .late()
        .isNotObserved("no cancellation crossed an answer");
  }

  private static Recorded wrongly(String... answers) {
    return lawful("CANC-517").notified("wrong-missing", "notifications/cancelled").lines(answers);
  }

  @Test
  void aWrongCancellationIsIgnored() {
    wrongly().sent("after-wrong-missing", "server/discover").result("{}").passes(1);
    wrongly("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32602,\"message\":\"m\"}}")
        .sent("after-wrong-missing", "server/discover")
        .result("{}")
        .fails("A cancellation that is wrong is answered.");
    wrongly()
        .sent("after-wrong-missing", "server/discover")
        .error(-32603)
        .fails("After a cancellation that is wrong a lawful request is not served.");
    lawful("CANC-517").isNotObserved("no wrong cancellation could be sent");
  }

  // --- TRAN-524 ----------------------------------------------------------------------------------

  private static Recorded cancelled(String... quiet) {
    return lawful("TRAN-524")
        .sent("slow-lawful", "tools/call")
        .result("{}")
        .sent("running", "tools/call", "{}", "\"plumbline-slow\"")
        .late()
        .sent("after-cancel", "server/discover")
        .lines(answer("\"plumbline-slow\""), answer("4"))
        .bodiless("quiet")
        .lines(quiet)
        .sent("after-quiet", "server/discover")
        .result("{}");
  }

  @Test
  void afterACancellationNothingFollows() {
    cancelled().passes(1);
    cancelled(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{"
                + "\"progressToken\":\"plumbline-slow\",\"progress\":1}}")
        .fails("A message of a cancelled call comes after the cancellation.");
    cancelled(answer("\"plumbline-slow\""))
        .fails("A message of a cancelled call comes after the cancellation.");
    lawful("TRAN-524").isNotObserved("no tool takes as long as it is told to");
  }
}
