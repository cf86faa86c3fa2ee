package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Recorded;
import dev.plumbline.conformance.rule.Recorded.Sent;
import dev.plumbline.conformance.wire.End;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only older revisions ask for. */
class OlderRulesTest {
  private static final String ONE = "{\"jsonrpc\":\"2.0\",\"id\":11,\"result\":{}}";
  private static final String TWO = "{\"jsonrpc\":\"2.0\",\"id\":12,\"result\":{}}";
  private static final String BATCH =
      """
      [{"jsonrpc":"2.0","id":11,"method":"ping"},{"jsonrpc":"2.0","id":12,"method":"ping"},
       {"jsonrpc":"2.0","method":"notifications/cancelled"}]
      """;

  private static Recorded lawful(String clause) {
    return Recorded.http(clause).sent("lawful", "ping").result("{}");
  }

  private static Sent batch(String clause) {
    return lawful(clause).raw("batch", BATCH);
  }

  // --- BASE-031 ----------------------------------------------------------------------------------

  @Test
  void aBatchIsServedInOneArrayOrOneByOne() {
    batch("BASE-031")
        .message(200, "[" + ONE + "," + TWO + "]")
        .sent("after", "ping")
        .result("{}")
        .passes(2);
    Recorded.stdio("BASE-031")
        .sent("lawful", "ping")
        .result("{}")
        .raw("batch", BATCH)
        .lines(TWO)
        .bodiless("batch-rest")
        .lines(ONE)
        .sent("after", "ping")
        .result("{}")
        .passes(2);
  }

  @Test
  void aPingOfABatchThatIsNotServedIsWrong() {
    batch("BASE-031")
        .message(200, "[" + TWO + "]")
        .sent("after", "ping")
        .result("{}")
        .fails("A ping in a batch is not served.");
  }

  @Test
  void aBatchThatMeetsABusyServerShowsNothing() {
    batch("BASE-031")
        .status(429, "")
        .sent("after", "ping")
        .result("{}")
        .isNotObserved("the batch met status 429 with no body");
  }

  @Test
  void aBatchAfterWhichNothingIsServedShowsNothing() {
    batch("BASE-031")
        .status(400, "")
        .sent("after", "ping")
        .late()
        .isNotObserved("no answer to after within 2000 ms");
  }

  // --- TRAN-055 ----------------------------------------------------------------------------------

  @Test
  void aBatchIsAnsweredAsJsonOrAsStream() {
    batch("TRAN-055").message(200, "[" + ONE + "," + TWO + "]").passes(1);
    batch("TRAN-055").said(End.COMPLETE, ONE, TWO).passes(1);
    batch("TRAN-055")
        .typed(200, "text/plain", "[]", End.COMPLETE)
        .fails("The answer to a batch is neither JSON nor a stream.");
    batch("TRAN-055").status(400, "").isNotObserved("no batch was taken");
  }

  // --- TRAN-056 to TRAN-058 ----------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"TRAN-056", "TRAN-057"})
  void theStreamOfABatchBringsEveryResponseOnce(String clause) {
    batch(clause).said(End.COMPLETE, ONE, TWO).passes(1);
    batch(clause).said(End.COMPLETE, "[" + ONE + "," + TWO + "]").passes(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRAN-056", "TRAN-057", "TRAN-058"})
  void aBatchAnsweredAsJsonSaysNothingOfStreams(String clause) {
    batch(clause)
        .message(200, "[" + ONE + "," + TWO + "]")
        .isNotObserved("no batch was answered by a stream");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRAN-056", "TRAN-057", "TRAN-058"})
  void whatIsLateIsNotWrong(String clause) {
    batch(clause).said(End.TIMED_OUT, ONE).isNotObserved("no batch was answered by a stream");
  }

  @Test
  void aSecondResponseIsWrong() {
    batch("TRAN-056")
        .said(End.COMPLETE, ONE, ONE, TWO)
        .fails("The stream of a batch brings 2 responses to one of its requests.");
  }

  @Test
  void aStreamThatEndsTooEarlyIsWrong() {
    batch("TRAN-057")
        .said(End.COMPLETE, ONE)
        .fails("The stream of a batch is closed before all its requests are answered.");
  }

  @Test
  void aStreamEndsSoonAfterItsLastResponse() {
    // Events of recordings come a second before their exchange ends.
    batch("TRAN-058").said(End.COMPLETE, ONE, TWO).passes(1);
    batch("TRAN-058")
        .said(End.TIMED_OUT, ONE, TWO)
        .fails("The stream of a batch stays open after its last response.");
  }

  // --- TRAN-053 ----------------------------------------------------------------------------------

  @Test
  void theStreamOfARequestEndsWithItsAnswer() {
    lawful("TRAN-053")
        .sent("stream-call", "tools/call", "{}", "11")
        .said(End.COMPLETE, ONE)
        .passes(1);
    lawful("TRAN-053")
        .sent("stream-call", "tools/call", "{\"name\":\"x\"}", "11")
        .said(End.CLOSED, TWO)
        .fails("The stream of x is closed before its answer.");
    lawful("TRAN-053")
        .sent("stream-call", "tools/call", "{}", "11")
        .said(End.TIMED_OUT, TWO)
        .isNotObserved("no request was answered by a stream");
  }
}
