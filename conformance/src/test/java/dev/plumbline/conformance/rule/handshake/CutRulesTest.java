package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Recorded;
import org.junit.jupiter.api.Test;

/** A connection that breaks while a call runs. */
class CutRulesTest {
  private static final String STATE =
      "{\"content\":[{\"type\":\"text\",\"text\":\"{\\\"running\\\":%d}\"}]}";

  private static Recorded cut() {
    return Recorded.http("TRAN-032")
        .sent("lawful", "ping")
        .result("{}")
        .sent("running", "tools/call")
        .closed();
  }

  @Test
  void workGoesOnWithoutItsConnection() {
    cut()
        .sent("state-after-cut", "tools/call")
        .result(STATE.formatted(1))
        .sent("state-after-cut-2", "tools/call")
        .result(STATE.formatted(1))
        .passes(1);
  }

  @Test
  void workThatEndsWithItsConnectionIsWrong() {
    cut()
        .sent("state-after-cut", "tools/call")
        .result(STATE.formatted(0))
        .fails("A call is given up when its connection breaks.");
  }

  @Test
  void whatIsSeenTooLateShowsNothing() {
    cut()
        .sent("state-after-cut", "tools/call")
        .later("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":" + STATE.formatted(0) + "}")
        .isNotObserved("the work of the call could not be watched in time");
  }

  @Test
  void withoutAWitnessThereIsNoOccasion() {
    Recorded.http("TRAN-032")
        .sent("lawful", "ping")
        .result("{}")
        .isNotObserved("no tool shows whether the work of another one goes on");
  }
}
