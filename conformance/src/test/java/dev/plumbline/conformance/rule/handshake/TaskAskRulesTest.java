package dev.plumbline.conformance.rule.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.rule.Recorded;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules on tasks that ask or fail: a lawful conversation, one with a single fault, and none. */
class TaskAskRulesTest {
  private static final String TASK = "{\"taskId\":\"a1x\"}";

  /**
   * One fault.
   *
   * @param clause what it breaks
   * @param label the exchange it is in
   * @param lines what comes instead
   * @param summary what the finding says
   */
  record Fault(String clause, String label, String lines, String summary) {
    @Override
    public String toString() {
      return clause;
    }
  }

  private static String result(String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":" + result + "}";
  }

  private static String error(int code) {
    return "{\"jsonrpc\":\"2.0\",\"id\":9,\"error\":{\"code\":" + code + ",\"message\":\"m\"}}";
  }

  private static String status(String status, String more) {
    return result("{\"taskId\":\"a1x\",\"status\":\"" + status + "\"" + more + "}");
  }

  private static String asks(String method, String meta) {
    return "{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\""
        + method
        + "\",\"params\":{\"_meta\":{"
        + meta
        + "}}}\n{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tasks/status\",\"params\":"
        + TASK
        + "}\n"
        + error(-32603);
  }

  private static String related(String id) {
    return "\"io.modelcontextprotocol/related-task\":{\"taskId\":\"" + id + "\"}";
  }

  private static Recorded opened(String clause) {
    return Recorded.stdio(clause).initialized("{}").sent("lawful", "ping").result("{}");
  }

  private static Verdict judged(String clause, Map<String, String> instead) {
    Map<String, String> lawful =
        Map.of(
            "result", asks("elicitation/create", related("a1x")),
            "get-open", status("input_required", ""),
            "get-answered", status("working", ""),
            "get-ended", status("failed", ",\"statusMessage\":\"it broke\""));
    Recorded recorded = opened(clause);
    for (String plain : new String[] {"plain", "plain-2"}) {
      recorded = recorded.sent(plain, "tools/call", "{\"name\":\"t\"}", "9").lines(error(-32603));
    }
    recorded =
        recorded
            .sent("create", "tools/call", "{\"name\":\"t\"}", "9")
            .lines(result("{\"task\":" + TASK + "}"));
    for (String label : new String[] {"result", "get-open", "get-answered", "get-ended"}) {
      String lines = instead.getOrDefault(label, lawful.getOrDefault(label, ""));
      recorded =
          recorded
              .sent(label, label.equals("result") ? "tasks/result" : "tasks/get", TASK, "9")
              .lines(lines.split("\n", -1));
    }
    return recorded.judged();
  }

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault("TASK-026", "get-open", status("working", ""), "waits for its client is working"),
        new Fault("TASK-027", "result", asks("elicitation/create", ""), "does not name it"),
        new Fault(
            "TASK-027",
            "result",
            asks("sampling/createMessage", related("b2y")),
            "A question of a task does not name it"),
        new Fault("TASK-029", "get-answered", status("input_required", ""), "still says"),
        new Fault(
            "TASK-040", "result", asks("elicitation/create", related("b2y")), "names another task"),
        new Fault(
            "TASK-045",
            "result",
            asks("roots/list", "")
                .replace("\"params\":" + TASK, "\"params\":{\"_meta\":{" + related("a1x") + "}}"),
            "carries related-task metadata"),
        new Fault("TASK-059", "get-ended", status("failed", ""), "does not say what went wrong"),
        new Fault("TASK-060", "result", result("{\"content\":[]}"), "the error that the request"),
        new Fault("TASK-060", "result", error(-32000), "the error that the request"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aLawfulConversationPasses(Fault fault) {
    assertThat(judged(fault.clause(), Map.of())).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void theRootsAreAskedForByTheSessionAndNotByATask() {
    for (String clause : List.of("TASK-027", "TASK-040")) {
      assertThat(judged(clause, Map.of("result", asks("roots/list", ""))))
          .isNotInstanceOf(Verdict.Fail.class);
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void oneFaultIsTold(Fault fault) {
    assertThat(judged(fault.clause(), Map.of(fault.label(), fault.lines())))
        .isInstanceOfSatisfying(
            Verdict.Fail.class,
            fail -> assertThat(fail.findings().getFirst().summary()).contains(fault.summary()));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void withoutATaskNothingIsConcluded(Fault fault) {
    assertThat(opened(fault.clause()).judged())
        .isInstanceOfSatisfying(
            Verdict.NotObserved.class,
            unseen -> assertThat(unseen.missing()).startsWith("the target gave no occasion: "));
  }
}
