package dev.plumbline.conformance.rule.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.rule.Recorded;
import dev.plumbline.evidence.model.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules on tasks: each over a lawful conversation and over one with a single fault. */
class TaskRulesTest {
  private static final String RELATED =
      "\"_meta\":{\"io.modelcontextprotocol/related-task\":{\"taskId\":\"a1x\"}}";
  private static final String CONTENT = "\"content\":[{\"type\":\"text\",\"text\":\"a\"}]";

  /**
   * One fault.
   *
   * @param clause what it breaks
   * @param label the exchange it is in
   * @param line what comes instead
   * @param summary what the finding says
   */
  record Fault(String clause, String label, String line, String summary) {
    @Override
    public String toString() {
      return clause;
    }
  }

  private static String task(String id, String status) {
    return "{\"taskId\":\""
        + id
        + "\",\"status\":\""
        + status
        + "\",\"ttl\":1,\"createdAt\":\"2025-11-25T10:30:00Z\","
        + "\"lastUpdatedAt\":\"2025-11-25T10:30:01Z\"}";
  }

  private static String created(String id) {
    return result("{\"task\":" + task(id, "working") + "}");
  }

  private static String result(String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":" + result + "}";
  }

  private static String error(int code) {
    return "{\"jsonrpc\":\"2.0\",\"id\":9,\"error\":{\"code\":" + code + ",\"message\":\"m\"}}";
  }

  private static String progress(String params) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{"
        + params
        + "}}\n"
        + result("{" + CONTENT + "," + RELATED + "}");
  }

  /** Label, method and answer of every step, in order. */
  private static final List<String[]> STEPS =
      List.of(
          new String[] {"forbidden-lawful", "tools/call", result("{" + CONTENT + "}")},
          new String[] {"forbidden", "tools/call", error(-32601)},
          new String[] {"plain", "tools/call", result("{" + CONTENT + "}")},
          new String[] {"plain-2", "tools/call", result("{" + CONTENT + ",\"isError\":false}")},
          new String[] {"create", "tools/call", created("a1x")},
          new String[] {"get-early", "tasks/get", result(task("a1x", "working"))},
          new String[] {
            "result", "tasks/result", progress("\"progressToken\":\"plumbline-task\"," + RELATED)
          },
          new String[] {"get-ended", "tasks/get", result(task("a1x", "completed"))},
          new String[] {"cancel-ended", "tasks/cancel", error(-32602)},
          new String[] {"get-ended-2", "tasks/get", result(task("a1x", "completed"))},
          new String[] {
            "list", "tasks/list", result("{\"tasks\":[" + task("a1x", "completed") + "]}")
          },
          new String[] {"unknown-cursor", "tasks/list", error(-32602)},
          new String[] {"unknown-get", "tasks/get", error(-32602)},
          new String[] {"unknown-result", "tasks/result", error(-32602)},
          new String[] {"unknown-cancel", "tasks/cancel", error(-32602)},
          new String[] {"create-to-cancel", "tools/call", created("b2y")},
          new String[] {"get-crossed", "tasks/get", result(task("b2y", "working"))},
          new String[] {"cancel", "tasks/cancel", result(task("b2y", "cancelled"))},
          new String[] {"get-cancelled", "tasks/get", result(task("b2y", "cancelled"))},
          new String[] {"get-cancelled-2", "tasks/get", error(-32602)},
          new String[] {"create-for-ever", "tools/call", created("c3z")},
          new String[] {"get-last", "tasks/get", result(task("c3z", "working"))},
          new String[] {
            "all-list",
            "tasks/list",
            result("{\"tasks\":[" + task("a1x", "completed") + "," + task("c3z", "working") + "]}")
          },
          new String[] {"elsewhere-list", "tasks/list", result("{\"tasks\":[]}")},
          new String[] {"required-plain", "tools/call", error(-32601)});

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault("TASK-006", "forbidden", result("{}"), "as a task that does not allow it"),
        new Fault("TASK-017", "get-early", result(task("", "working")), "A task's id is"),
        new Fault("TASK-018", "create", created("plumbline-own-task-id"), "wished for"),
        new Fault("TASK-019", "create-to-cancel", created("a1x"), "the same id"),
        new Fault(
            "TASK-020",
            "create",
            result("{\"task\":" + task("a1x", "failed") + "}"),
            "begins with"),
        new Fault("TASK-021", "get-early", result(task("a1x", "done")), "has the status \"done\""),
        new Fault("TASK-022", "get-ended-2", result(task("a1x", "failed")), "is failed later"),
        new Fault("TASK-030", "cancel", result("{\"taskId\":\"b2y\"}"), "it was created at"),
        new Fault("TASK-031", "cancel", result("{\"taskId\":\"b2y\"}"), "it changed last at"),
        new Fault("TASK-032", "get-early", result("{\"ttl\":-1}"), "has the ttl -1"),
        new Fault("TASK-034", "create", result("{\"content\":[]}"), "more or less than the task"),
        new Fault("TASK-036", "result", result("{}"), "gives no tool result"),
        new Fault("TASK-038", "result", result("{\"content\":[]}"), "something else"),
        new Fault("TASK-043", "list", result("{\"tasks\":[]," + RELATED + "}"), "related-task"),
        new Fault("TASK-049", "list", result("{\"tasks\":[]}"), "is not in the list"),
        new Fault("TASK-050", "cancel-ended", result("{}"), "a task that has ended"),
        new Fault("TASK-051", "cancel", result(task("b2y", "working")), "the task is working"),
        new Fault(
            "TASK-052", "get-cancelled", result(task("b2y", "completed")), "completed afterwards"),
        new Fault(
            "TASK-054", "result", progress("\"progressToken\":\"plumbline-task\""), "not name"),
        new Fault("PROG-006", "result", progress("\"progressToken\":\"b\"," + RELATED), "\"b\""),
        new Fault("TASK-056", "result", result("{" + CONTENT + "}"), "does not name its task"),
        new Fault("TASK-008", "required-plain", result("{}"), "the task that it requires"),
        new Fault("TASK-037", "get-ended", result(task("a1x", "working")), "before the task has"),
        new Fault("TASK-035", "get-early", result(task("a1x", "completed")), "when its work is"),
        new Fault("TASK-041", "get-crossed", result(task("a1x", "working")), "in the metadata"),
        new Fault("TASK-047", "all-list", result("{\"tasks\":[]}"), "without a nextCursor"),
        new Fault("TASK-064", "create-to-cancel", created("a2x"), "a number that counts"),
        new Fault(
            "TASK-065",
            "elsewhere-list",
            result("{\"tasks\":[" + task("a1x", "completed") + "]}"),
            "the tasks of another"),
        new Fault(
            "PROG-008",
            "cancel-ended",
            progress("\"progressToken\":\"plumbline-task\"," + RELATED),
            "that has ended reports progress"),
        new Fault("TASK-072", "unknown-get", error(-32603), "tasks/get for a task"),
        new Fault("TASK-073", "unknown-cursor", result("{\"tasks\":[]}"), "never issued"),
        new Fault(
            "TASK-077",
            "create-for-ever",
            result("{\"task\":{\"ttl\":31536000000000}}"),
            "a thousand years"));
  }

  private static Recorded lawful(String clause) {
    return Recorded.stdio(clause)
        .fact("task-id", "a1x")
        .initialized("{}")
        .sent("lawful", "ping")
        .result("{}");
  }

  private static Verdict judged(String clause, Map<String, String> instead) {
    Recorded recorded = lawful(clause);
    for (String[] step : STEPS) {
      String answer = instead.getOrDefault(step[0], step[2]);
      recorded = recorded.sent(step[0], step[1], "{}", "9").lines(answer.split("\n", -1));
    }
    return recorded.judged();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aLawfulCoursePasses(Fault fault) {
    assertThat(judged(fault.clause(), Map.of())).isInstanceOf(Verdict.Pass.class);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void oneFaultIsTold(Fault fault) {
    Map<String, String> instead = new HashMap<>();
    instead.put(fault.label(), fault.line());
    assertThat(judged(fault.clause(), instead))
        .isInstanceOfSatisfying(
            Verdict.Fail.class,
            fail -> assertThat(fail.findings().getFirst().summary()).contains(fault.summary()));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void withoutATaskNothingIsConcluded(Fault fault) {
    assertThat(lawful(fault.clause()).judged())
        .isInstanceOfSatisfying(
            Verdict.NotObserved.class,
            unseen -> assertThat(unseen.missing()).startsWith("the target gave no occasion: "));
  }
}
