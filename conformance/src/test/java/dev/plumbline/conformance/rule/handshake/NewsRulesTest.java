package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Recorded;
import dev.plumbline.conformance.wire.End;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules on calls that are cancelled, lists that change, and roots that change and go. */
class NewsRulesTest {
  private static final String ONE = "{\"tools\":[{\"name\":\"a\"}]}";
  private static final String NONE = "{\"tools\":[]}";
  private static final String NEWS =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}";

  private static Recorded lawful(Recorded recorded) {
    return recorded.initialized("{}").sent("lawful", "ping").result("{}");
  }

  // --- a call that is cancelled ------------------------------------------------------------------

  private static Recorded.Sent running() {
    return lawful(Recorded.stdio("CANC-004"))
        .sent("slow-lawful", "tools/call")
        .result("{}")
        .sent("running", "tools/call", "{}", "\"s\"");
  }

  private static Recorded cancelled(String... late) {
    return running()
        .late()
        .notified("cancel", "notifications/cancelled")
        .lines()
        .raw("quiet", "")
        .lines(late)
        .sent("after-quiet", "ping")
        .result("{}");
  }

  private static String answer(String what) {
    return "{\"jsonrpc\":\"2.0\",\"id\":\"s\"," + what + "}";
  }

  @Test
  void aCancelledCallIsNotAnswered() {
    cancelled().passes(1);
    cancelled(answer("\"error\":{\"code\":0,\"message\":\"cancelled\"}"))
        .fails("A cancelled call is answered.");
    cancelled(answer("\"result\":{\"isError\":true}")).fails("A cancelled call is answered.");
  }

  @Test
  void whatCannotBeCancelledMayBeFinished() {
    cancelled(answer("\"result\":{\"content\":[]}"))
        .isNotObserved("the call was finished, as one may be that cannot be cancelled");
    running()
        .lines(answer("\"error\":{\"code\":-32000,\"message\":\"busy\"}"))
        .sent("after-quiet", "ping")
        .result("{}")
        .isNotObserved("the call was answered before it could be cancelled");
    lawful(Recorded.stdio("CANC-004")).isNotObserved("no tool takes as long as it is told to");
  }

  // --- lists that change -------------------------------------------------------------------------

  private static Recorded changes(Recorded recorded, String before, String after) {
    return lawful(recorded)
        .sent("tools-before-1", "tools/list")
        .result(before)
        .sent("tools-change-1", "tools/call")
        .result("{}")
        .at(1, 1, 2)
        .sent("tools-after-1", "tools/list")
        .result(after);
  }

  private static Recorded changes(String before, String after) {
    return changes(Recorded.http("TOOL-009"), before, after);
  }

  @Test
  void aSessionIsToldThatAListChanged() {
    changes(ONE, NONE).bodiless("listening").said(End.CLOSED, NEWS).passes(1);
    changes(ONE, NONE)
        .bodiless("listening")
        .said(End.CLOSED)
        .fails("The list of tools changed, and the session was not told.");
    changes(ONE, ONE)
        .bodiless("listening")
        .said(End.CLOSED)
        .isNotObserved("no tool that may be called changes the list of tools");
    lawful(Recorded.http("TOOL-009"))
        .isNotObserved("no tool that may be called changes the list of tools");
  }

  @Test
  void whereEitherSideMaySpeakNoStreamIsNeeded() {
    changes(Recorded.stdio("TOOL-009"), ONE, NONE)
        .fails("The list of tools changed, and the session was not told.");
    changes(Recorded.stdio("TOOL-009"), ONE, NONE).raw("listening", "").lines(NEWS).passes(1);
  }

  @Test
  void withoutAStreamNobodyCanBeTold() {
    String none = "no tool that may be called changes the list of tools";
    changes(ONE, NONE).isNotObserved(none);
    changes(ONE, NONE).bodiless("listening").status(405, "").isNotObserved(none);
    changes(ONE, NONE).bodiless("listening").said(End.COMPLETE).isNotObserved(none);
    // Opened after the change, and closed before the list was read again.
    changes(ONE, NONE).bodiless("listening").said(End.CLOSED).at(0, 2, 3).isNotObserved(none);
    changes(ONE, NONE).bodiless("listening").said(End.CLOSED).at(0, 1, 1).isNotObserved(none);
  }

  @ParameterizedTest
  @CsvSource({"PROM-003, prompts", "RES-003, resources"})
  void soItIsOfTheOtherLists(String clause, String feature) {
    lawful(Recorded.stdio(clause))
        .sent(feature + "-before-2", feature + "/list")
        .result("{\"" + feature + "\":[{\"name\":\"a\"}]}")
        .sent(feature + "-change-2", "tools/call")
        .result("{}")
        .sent(feature + "-after-2", feature + "/list")
        .result("{\"" + feature + "\":[{\"name\":\"b\"}]}")
        .fails("The list of " + feature + " changed, and the session was not told.");
  }

  // --- roots -------------------------------------------------------------------------------------

  private static Recorded roots(String clause) {
    return lawful(Recorded.http(clause)).fact("roots-given", "1").fact("roots-lost", "1");
  }

  @Test
  void changedRootsAreTakenIn() {
    Recorded told = roots("ROOT-013").notified("roots-changed", "n").status(202, "");
    told.sent("after-change", "ping").result("{}").passes(1);
    roots("ROOT-013")
        .notified("roots-changed", "n")
        .status(202, "")
        .sent("after-change", "ping")
        .closed()
        .fails("When the roots changed, requests are not served any more.");
    roots("ROOT-013")
        .notified("roots-changed", "n")
        .status(400, "")
        .sent("after-change", "ping")
        .result("{}")
        .fails("The news that the roots changed are refused.");
    roots("ROOT-013")
        .notified("roots-changed", "n")
        .status(429, "")
        .sent("after-change", "ping")
        .late()
        .isNotObserved("no answer to after-change within 2000 ms");
  }

  @Test
  void lostRootsAreBorne() {
    roots("ROOT-009").sent("after-loss", "ping").result("{}").passes(1);
    roots("ROOT-009")
        .sent("after-loss", "ping")
        .error(-32603)
        .fails("When the roots could not be read, requests are not served any more.");
    roots("ROOT-009").isNotObserved("after-loss was not sent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ROOT-013", "ROOT-009"})
  void whoAsksForNoRootsIsNotJudged(String clause) {
    lawful(Recorded.http(clause))
        .sent("after-change", "ping")
        .result("{}")
        .isNotObserved(
            "the server did not ask for roots "
                + (clause.equals("ROOT-013")
                    ? "while there were some"
                    : "when there were none any more"));
  }
}
