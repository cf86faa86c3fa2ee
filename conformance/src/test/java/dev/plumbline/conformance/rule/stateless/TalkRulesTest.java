package dev.plumbline.conformance.rule.stateless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.rule.Recorded;
import dev.plumbline.evidence.model.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server says besides its answers: progress, log messages, subscriptions. */
class TalkRulesTest {
  private static final String ID = "\"_meta\":{\"io.modelcontextprotocol/subscriptionId\":9}";

  private static String said(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/"
        + method
        + "\",\"params\":{"
        + params
        + "}}";
  }

  private static String answer() {
    return "{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{}}";
  }

  /** Over stdio one exchange shows several lines. */
  private static Recorded call(String clause, String meta, String... lines) {
    String method =
        clause.startsWith("SUBS") || clause.equals("BASE-555")
            ? "subscriptions/listen"
            : "tools/call";
    return Recorded.stdio(clause)
        .sent("lawful", "server/discover")
        .result("{\"capabilities\":{}}")
        .sent(
            method.equals("tools/call") ? "quiet" : "listen",
            method,
            "{\"_meta\":{" + meta + "}}",
            "9")
        .lines(lines);
  }

  private static String progress(String token, String value) {
    return said("progress", "\"progressToken\":" + token + ",\"progress\":" + value);
  }

  private static final String GIVEN = "\"progressToken\":7";

  @ParameterizedTest
  @ValueSource(strings = {"PROG-501", "PROG-503", "PROG-505", "PROG-508"})
  void lawfulProgressPasses(String clause) {
    call(clause, GIVEN, progress("7", "1"), progress("7", "2"), answer()).passes(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROG-501", "PROG-503", "PROG-505", "PROG-508", "LOGG-502", "LOGG-506"})
  void silenceShowsNothing(String clause) {
    assertThat(call(clause, GIVEN, answer()).judged()).isInstanceOf(Verdict.NotObserved.class);
  }

  @Test
  void progressThatIsWrongIsTold() {
    call("PROG-501", GIVEN, progress("\"7\"", "1"), answer())
        .fails(
            "The message notifications/progress has the token \"7\", of another type than was given.");
    call("PROG-503", GIVEN, progress("7", "2"), progress("7", "2"), answer())
        .fails("The message notifications/progress says 2 after 2.");
    for (String clause : new String[] {"PROG-505", "PROG-508"}) {
      call(clause, GIVEN, progress("8", "2"), answer())
          .fails(
              "The message notifications/progress has the token 8, which no request that runs at that time gave.");
    }
  }

  @Test
  void logMessagesThatAreWrongAreTold() {
    call("LOGG-502", "", said("message", "\"data\":\"x\""), answer())
        .fails(
            "The message notifications/message comes from a server that does not declare logging.");
    call("LOGG-506", "", said("message", "\"data\":\"\""), answer())
        .fails("The message notifications/message has no data.");
    call("LOGG-503", "", said("message", "\"data\":\"x\""), answer())
        .fails("A call without a log level is told the log message {\"data\":\"x\"}.");
    call("LOGG-503", "", answer()).passes(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CANC-503", "CANC-511"})
  void onlySubscriptionsAreCancelledByAServer(String clause) {
    call(clause, "", said("cancelled", "\"requestId\":9"), answer())
        .fails("The message notifications/cancelled cancels what is no subscription.");
    call(clause, "", answer()).passes(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SUBS-501", "SUBS-502", "SUBS-503", "BASE-555"})
  void anAcknowledgedSubscriptionPasses(String clause) {
    call(clause, "", said("subscriptions/acknowledged", ID)).passes(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SUBS-501|The message notifications/prompts/list_changed comes on a subscription to changes of tools only.",
        "SUBS-502|A subscription does not begin with its acknowledgement.",
        "SUBS-503|A subscription does not begin with its acknowledgement.",
        "BASE-555|The message notifications/prompts/list_changed does not name its subscription."
      })
  void aStrangerOnASubscriptionIsTold(String clause, String summary) {
    call(clause, "", said("prompts/list_changed", "")).fails(summary);
  }
}
