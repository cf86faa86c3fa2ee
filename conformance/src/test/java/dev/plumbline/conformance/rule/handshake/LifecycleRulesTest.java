package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Recorded;
import dev.plumbline.conformance.wire.Recording;
import org.junit.jupiter.api.Test;

class LifecycleRulesTest {
  private static final String WHOLE =
      "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}";

  private static Recorded versions(String clause, String... askedAndAnswered) {
    Recorded recorded = Recorded.http(clause);
    for (int i = 0; i < askedAndAnswered.length; i += 2) {
      recorded
          .sent("initialize-" + askedAndAnswered[i], "initialize")
          .result("{\"protocolVersion\":\"" + askedAndAnswered[i + 1] + "\"}");
    }
    return recorded;
  }

  @Test
  void aWholeAnswerStatesVersionCapabilitiesAndServer() {
    Recorded.http("LIFE-001").sent("initialize", "initialize").result(WHOLE).passes(1);
  }

  @Test
  void aServerWithoutVersionIsIncomplete() {
    Recorded.http("LIFE-001")
        .sent("initialize", "initialize")
        .result(WHOLE.replace(",\"version\":\"1\"", ""))
        .fails("The answer to initialize lacks serverInfo.version (a string).");
  }

  @Test
  void aRefusedInitializeStatesNothing() {
    Recorded.http("LIFE-001")
        .fact(Recording.STOPPED, "initialize was refused")
        .sent("initialize", "initialize")
        .error(400, -32600)
        .isNotObserved("initialize was refused");
  }

  @Test
  void aConnectionClosedAtOnceStatesNothing() {
    Recorded.http("LIFE-001")
        .sent("initialize", "initialize")
        .closed()
        .isNotObserved("the connection was closed before initialize was answered");
  }

  @Test
  void supportedVersionsComeBack() {
    versions(
            "LIFE-002",
            "2024-11-05",
            "2025-11-25",
            "2025-03-26",
            "2025-03-26",
            "2025-06-18",
            "2025-06-18",
            "2025-11-25",
            "2025-11-25")
        .passes(3);
  }

  @Test
  void aServerOfOneVersionOffersItInsteadOfOthers() {
    versions("LIFE-002", "2025-06-18", "2025-11-25", "2025-11-25", "2025-11-25").passes(1);
  }

  @Test
  void aVersionThatIsOfferedButNotEchoedIsWrong() {
    versions("LIFE-002", "2025-03-26", "2025-06-18", "2025-06-18", "2025-11-25")
        .fails(
            "The server supports version 2025-06-18 but answers a request for it with 2025-11-25.");
  }

  @Test
  void silenceShowsNoVersion() {
    Recorded.http("LIFE-002")
        .sent("initialize-2025-11-25", "initialize")
        .late()
        .isNotObserved("initialize was never answered with a version");
  }

  @Test
  void anUnknownVersionMeetsACounterOffer() {
    versions("LIFE-003", "2025-11-25", "2025-11-25", "1900-01-01", "2025-11-25").passes(1);
  }

  @Test
  void anUnknownVersionMayBeRefusedAsThePageShows() {
    versions("LIFE-003", "2025-11-25", "2025-11-25")
        .sent("initialize-1900-01-01", "initialize")
        .error(-32602)
        .passes(1);
  }

  @Test
  void anEchoedUnknownVersionIsWrong() {
    versions("LIFE-003", "2025-11-25", "2025-11-25", "1900-01-01", "1900-01-01")
        .fails("The server claims to support protocol version 1900-01-01, which never existed.");
  }

  @Test
  void refusingEveryVersionProvesNothing() {
    Recorded.http("LIFE-003")
        .sent("initialize-2025-11-25", "initialize")
        .error(-32602)
        .sent("initialize-1900-01-01", "initialize")
        .error(-32602)
        .isNotObserved(
            "the lawful request initialize-2025-11-25 was not served: status 200 with error"
                + " -32602");
  }
}
