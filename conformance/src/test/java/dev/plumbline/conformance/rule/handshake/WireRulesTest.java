package dev.plumbline.conformance.rule.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.rule.Recorded;
import dev.plumbline.conformance.wire.End;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** Rules on how messages and sessions are written down and paced. */
class WireRulesTest {
  private static final String SESSION = "Mcp-Session-Id";
  private static final String DONE = "{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{}}";

  private static Recorded sessions(String clause, String... ids) {
    Recorded recorded = Recorded.http(clause);
    for (String id : ids) {
      recorded = recorded.sent(id, "initialize").header(SESSION, id).result("{}");
    }
    return recorded;
  }

  private static Recorded lawful(Recorded recorded) {
    return recorded.initialized("{}").sent("lawful", "ping").result("{}");
  }

  private static Recorded talked(String clause, String line, int times) {
    String[] lines = Collections.nCopies(times + 1, line).toArray(String[]::new);
    lines[times] = DONE;
    return lawful(Recorded.stdio(clause)).sent("call", "tools/call", "{}", "9").lines(lines);
  }

  @Test
  void aSessionIdIsVisible() {
    sessions("TRAN-007", "a1", "b-2").passes(2);
    sessions("TRAN-007", "a b").fails("A session id holds characters that are not visible ASCII.");
    sessions("TRAN-007").isNotObserved("the target gave no occasion");
  }

  @Test
  void aSessionIdDoesNotFollowFromAnother() {
    sessions("TRAN-043", "7f3a9c1e", "7f3a4471", "88aa9c1e").passes(3);
    sessions("TRAN-043", "run-1700000000-1", "run-1700000000-2")
        .fails("A session id follows from the one before: they differ in a number that counts.");
    sessions("TRAN-043", "same", "other", "same").fails("Two sessions have the same id.");
    sessions("TRAN-043", "one").isNotObserved("the server did not open two sessions");
  }

  @Test
  void farNumbersAreNotNear() {
    assertThat(SessionIdRules.isNear("1", "1000")).isTrue();
    assertThat(SessionIdRules.isNear("1", "1001")).isFalse();
    assertThat(SessionIdRules.isNear("1-1", "2-2")).isFalse();
    assertThat(SessionIdRules.isNear("a1", "b1")).isFalse();
  }

  @Test
  void anAnswerSaysWhatItIs() {
    lawful(Recorded.http("TRAN-009")).passes(2);
    lawful(Recorded.http("TRAN-009"))
        .sent("list", "tools/list")
        .typed(200, "text/plain", "{}", End.COMPLETE)
        .fails("The answer to tools/list is labelled text/plain.");
    lawful(Recorded.http("TRAN-009"))
        .sent("list", "tools/list")
        .typed(200, "Text/Event-Stream; charset=utf-8", "", End.COMPLETE)
        .passes(3);
  }

  @Test
  void messagesAreUtf8() {
    talked("TRAN-011", "{\"method\":\"\u00e4\"}", 2).passes(2);
    talked("TRAN-011", "{\"method\":\"a\"}", 2)
        .isNotObserved("the target gave no occasion: a message with characters beyond ASCII");
    lawful(Recorded.stdio("TRAN-011"))
        .sent("call", "tools/call")
        .raw(new byte[] {'"', (byte) 0xE4, '"'})
        .fails("The answer to tools/call is not UTF-8.");
  }

  @Test
  void logMessagesAreLimitedInRate() {
    String log = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}";
    talked("LOG-008", log, 3_000).passes(1);
    talked("LOG-008", log, 3_001).fails("More than 1000 log messages came in a second.");
    lawful(Recorded.stdio("LOG-008"))
        .isNotObserved("the target gave no occasion: a tool that logs");
  }

  @Test
  void pingsAreLimitedInRate() {
    String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    talked("PING-005", ping, 60).passes(3);
    talked("PING-005", ping, 61).fails("The server pings 61 times within 3 s.");
  }
}
