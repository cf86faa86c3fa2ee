package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Recorded;
import org.junit.jupiter.api.Test;

/** Rules on several messages together. */
class TalkRulesTest {
  private static final String CALL = "{\"name\":\"a\",\"_meta\":{\"progressToken\":\"t\"}}";
  private static final String DONE = "{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{\"content\":[]}}";
  private static final String MISSING = "the target gave no occasion: a tool that reports progress";

  private static Recorded lawful(String clause, String capabilities) {
    return Recorded.stdio(clause).initialized(capabilities).sent("lawful", "ping").result("{}");
  }

  private static Recorded called(String clause, String... lines) {
    return lawful(clause, "{}").sent("call", "tools/call", CALL, "9").lines(lines);
  }

  private static String progress(String token, int value) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":\""
        + token
        + "\",\"progress\":"
        + value
        + "}}";
  }

  private static String asked(String method, String id) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\"}";
  }

  private static String[] reports(int count) {
    String[] lines = new String[count];
    for (int i = 0; i < count; i++) {
      lines[i] = progress("t", i);
    }
    return lines;
  }

  @Test
  void aResponseHoldsResultOrError() {
    called("BASE-003", DONE).passes(3);
    called("BASE-003", "{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{},\"error\":{}}")
        .fails("A response holds both a result and an error.");
    called("BASE-011", DONE).passes(3);
    called("BASE-011", "{\"jsonrpc\":\"2.0\",\"id\":9}")
        .fails("A response holds neither result nor error.");
  }

  @Test
  void anIdIsUsedOnceInASession() {
    called("BASE-010", asked("ping", "1"), asked("ping", "\"1\""), DONE).passes(2);
    called("BASE-010", asked("ping", "1"), asked("ping", "1"), DONE)
        .fails("The server used the request id 1 twice in one session.");
    called("BASE-010", DONE).isNotObserved("the target gave no occasion: a request of the server");
  }

  @Test
  void progressGrows() {
    called("PROG-003", progress("t", 1), progress("t", 2), DONE).passes(2);
    called("PROG-003", progress("t", 2), progress("t", 2), DONE)
        .fails("Progress went from 2.0 to 2.0: it did not grow.");
    called("PROG-003", DONE).isNotObserved(MISSING);
  }

  @Test
  void progressNamesATokenThatWasGiven() {
    called("PROG-005", progress("t", 1), DONE).passes(1);
    called("PROG-005", progress("u", 1), DONE)
        .fails("Progress is reported for the token \"u\", which no request gave.");
    called("PROG-005", DONE).isNotObserved(MISSING);
  }

  @Test
  void progressStopsWithTheAnswer() {
    called("PROG-011", progress("t", 1), DONE).passes(1);
    called("PROG-011", progress("t", 1), DONE)
        .sent("next", "tools/call", CALL, "10")
        .later(progress("t", 2), DONE)
        .fails("Progress is reported for a request that was answered before.");
    called("PROG-011", DONE).isNotObserved(MISSING);
  }

  @Test
  void progressIsLimitedInRate() {
    called("PROG-010", reports(3_000)).passes(1);
    called("PROG-010", reports(3_001))
        .fails("More than 1000 progress notifications came in a second.");
    called("PROG-010", DONE).isNotObserved(MISSING);
  }

  @Test
  void toolsHaveDifferentNames() {
    tools("TOOL-005", "a", "b").passes(2);
    tools("TOOL-005", "a", "a").fails("Two tools have the name a.");
    called("TOOL-005", DONE).isNotObserved("the target gave no occasion: a listed tool");
  }

  private static Recorded tools(String clause, String one, String other) {
    return lawful(clause, "{}")
        .sent("tools-list", "tools/list")
        .result("{\"tools\":[{\"name\":\"%s\"},{\"name\":\"%s\"}]}".formatted(one, other));
  }

  @Test
  void whatIsEmbeddedIsOffered() {
    embedded("{\"resources\":{}}").passes(1);
    embedded("{}")
        .fails("A tool gives an embedded resource, and the server declares no resources.");
  }

  private static Recorded embedded(String capabilities) {
    return lawful("TOOL-015", capabilities)
        .sent("call", "tools/call")
        .result("{\"content\":[{\"type\":\"resource\",\"resource\":{}}]}");
  }

  @Test
  void logsAreDeclared() {
    String log = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{}}";
    lawful("LOG-001", "{\"logging\":{}}").sent("call", "tools/call").lines(log).passes(1);
    lawful("LOG-001", "{}")
        .sent("call", "tools/call")
        .lines(log)
        .fails("The server sends a log message without declaring logging.");
    called("LOG-001", DONE).isNotObserved("the target gave no occasion: a tool that logs");
  }

  @Test
  void onlyWhatWasDeclaredIsAskedFor() {
    undeclared("LIFE-016", "ping").passes(1);
    undeclared("LIFE-016", "sampling/createMessage")
        .fails(
            "The server asks for sampling/createMessage of a client that did not declare sampling.");
    undeclared("ELIC-006", "elicitation/create")
        .fails(
            "The server asks for elicitation/create of a client that did not declare elicitation.");
    undeclared("ROOT-012", "roots/list")
        .fails("The server asks for roots/list of a client that did not declare roots.");
    lawful("ROOT-012", "{}")
        .sent("call", "tools/call", "{}", "9")
        .late()
        .sent("after", "ping")
        .result("{}")
        .isNotObserved("no call of a tool was answered");
  }

  private static Recorded undeclared(String clause, String method) {
    return lawful(clause, "{}")
        .sent("call", "tools/call", "{}", "9")
        .lines(asked(method, "7"), DONE)
        .sent("after", "ping")
        .result("{}");
  }
}
