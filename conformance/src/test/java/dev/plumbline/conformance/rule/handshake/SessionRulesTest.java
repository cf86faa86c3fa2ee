package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Recorded;
import org.junit.jupiter.api.Test;

class SessionRulesTest {
  private static Recorded deleted(int status) {
    return Recorded.http("TRAN-004")
        .initialized("{}")
        .sent("lawful", "ping")
        .result("{}")
        .notified("delete", "none")
        .status(status, "");
  }

  @Test
  void aTerminatedSessionIsNotFound() {
    deleted(204).sent("after-delete", "ping").status(404, "").passes(1);
  }

  @Test
  void aTerminatedSessionThatIsServedIsWrong() {
    deleted(204)
        .sent("after-delete", "ping")
        .result("{}")
        .fails("A terminated session is still served.");
  }

  @Test
  void anotherRefusalThan404IsWrong() {
    deleted(200)
        .sent("after-delete", "ping")
        .status(400, "")
        .fails("A request that names a terminated session is refused, but not with status 404.");
  }

  @Test
  void aServerMayKeepClientsFromEndingSessions() {
    deleted(405)
        .sent("after-delete", "ping")
        .result("{}")
        .isNotObserved("the server does not let a client end its session: status 405");
  }

  @Test
  void aSessionThatEndsLaterShowsNothingYet() {
    deleted(202)
        .sent("after-delete", "ping")
        .result("{}")
        .isNotObserved("the session may end later: DELETE was answered with 202");
  }

  @Test
  void aLateAnswerIsNotAWrongOne() {
    deleted(204)
        .sent("after-delete", "ping")
        .late()
        .isNotObserved("no answer to after-delete within 2000 ms");
  }
}
