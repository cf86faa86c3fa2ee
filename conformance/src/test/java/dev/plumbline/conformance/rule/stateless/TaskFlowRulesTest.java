package dev.plumbline.conformance.rule.stateless;

import static dev.plumbline.conformance.rule.stateless.TaskRulesTest.DECLARING;
import static dev.plumbline.conformance.rule.stateless.TaskRulesTest.TEXT;
import static dev.plumbline.conformance.rule.stateless.TaskRulesTest.created;
import static dev.plumbline.conformance.rule.stateless.TaskRulesTest.got;
import static dev.plumbline.conformance.rule.stateless.TaskRulesTest.lawful;
import static dev.plumbline.conformance.rule.stateless.TaskRulesTest.plain;
import static dev.plumbline.conformance.rule.stateless.TaskRulesTest.plainError;
import static dev.plumbline.conformance.rule.stateless.TaskRulesTest.task;

import dev.plumbline.conformance.rule.Recorded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How tasks go: what gave no occasion, and what looks like a fault and is none. */
class TaskFlowRulesTest {
  private static final String QUESTION =
      "{\"resultType\":\"input_required\",\"inputRequests\":{\"k\":{\"method\":\"roots/list\"}}}";
  private static final String SAME_QUESTION =
      "\"inputRequests\":{\"k\":{\"method\":\"roots/list\"}}";
  private static final String RESULT = "{" + TEXT + "}";

  @ParameterizedTest
  @CsvSource({
    "TASK-511, no tool asks first and becomes a task then",
    "TASK-520, no task was seen cancelled",
    "TASK-532, no task asked for input",
    "TASK-537, listen was not sent",
    "TASK-547, no tool that becomes a task reports an error in its result",
    "TASK-549, no tool that becomes a task ends in a JSON-RPC error without it",
    "TASK-550, no tool that becomes a task gives a client without tasks the same twice",
    "TASK-551, only 1 tasks were made"
  })
  void whatGaveNoOccasionIsTold(String clause, String missing) {
    created(clause).isNotObserved(missing);
  }

  private static Recorded asked(String tool) {
    return lawful("TASK-511")
        .sent("ask", "tools/call", "{\"name\":\"" + tool + "\"," + DECLARING + "}")
        .result(QUESTION)
        .sent("create", "tools/call", "{\"name\":\"t\",\"inputResponses\":{}," + DECLARING + "}")
        .result(task("a", "working", ""));
  }

  @Test
  void aTaskDoesNotAskAgainWhatItsOwnCallAsked() {
    got(asked("t"), "input_required", SAME_QUESTION)
        .fails("The task of t is made before the questions of its call are settled.");
    got(asked("other"), "input_required", SAME_QUESTION).passes(1);
    got(asked("t"), "working", "").passes(1);
    lawful("TASK-511")
        .sent("create", "tools/call", "{\"name\":\"t\",\"inputResponses\":{}," + DECLARING + "}")
        .result(task("a", "working", SAME_QUESTION))
        .fails("The task of t is made before the questions of its call are settled.");
  }

  @Test
  void anUpdateThatGotNoAnswerShowsNothing() {
    created("TASK-532")
        .sent("update-again", "tasks/update")
        .late()
        .isNotObserved("no task asked for input");
  }

  @Test
  void onlyWhatIsSaidOfTasksIsASubscription() {
    String acknowledged =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\"}";

    created("TASK-537")
        .sent("listen", "subscriptions/listen")
        .message(200, acknowledged)
        .isNotObserved("nothing was said about a task on its subscription");
    created("TASK-537")
        .sent("listen", "subscriptions/listen")
        .result("{}")
        .isNotObserved("nothing was said about a task on its subscription");
  }

  @Test
  void onASharedConnectionTheSubscriptionIsNamed() {
    shared("7").fails("A subscription to a task carries notifications/progress.");
    shared("8").isNotObserved("nothing was said about a task on its subscription");
  }

  private static Recorded shared(String named) {
    return Recorded.stdio("TASK-537")
        .sent("lawful", "server/discover")
        .result("{}")
        .sent("create", "tools/call", "{\"name\":\"t\"," + DECLARING + "}")
        .result(task("a", "working", "\"resultType\":\"task\""))
        .sent("listen", "subscriptions/listen", "{}", "7")
        .lines(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"_meta\":"
                + "{\"io.modelcontextprotocol/subscriptionId\":"
                + named
                + "}}}");
  }

  @Test
  void anEndIsHeldToTheCallOnlyWhereThatWasSeenTwice() {
    String toolError = "{\"isError\":true," + TEXT + "}";
    String failed = "\"error\":{\"code\":-32603,\"message\":\"m\"}";

    got(created("TASK-547"), "failed", failed)
        .isNotObserved("no tool that becomes a task reports an error in its result");
    got(plain(created("TASK-547"), RESULT), "completed", "\"result\":" + RESULT)
        .isNotObserved("no tool that becomes a task reports an error in its result");
    got(plain(created("TASK-547"), toolError), "working", "")
        .isNotObserved("no tool that becomes a task reports an error in its result");
    got(plain(created("TASK-550"), RESULT), "working", "\"result\":" + RESULT)
        .isNotObserved("no tool that becomes a task gives a client without tasks the same twice");
    got(plain(created("TASK-550"), RESULT), "failed", failed)
        .isNotObserved("no tool that becomes a task gives a client without tasks the same twice");
    got(plain(created("TASK-550"), "{\"content\":7}"), "completed", "\"result\":" + RESULT)
        .isNotObserved("no tool that becomes a task gives a client without tasks the same twice");
  }

  @ParameterizedTest
  @ValueSource(ints = {-32768, -32000})
  void errorsOfTheProtocolAreKept(int code) {
    String error = "\"error\":{\"code\":" + code + ",\"message\":\"m\"}";
    got(plainError(created("TASK-549"), code, ""), "failed", error).passes(1);
    got(plainError(created("TASK-549"), code, ""), "completed", "\"result\":" + RESULT)
        .fails("tasks/get of the task of t does not carry the error its request ends in.");
  }

  @ParameterizedTest
  @ValueSource(ints = {-32769, -31999, -32021, 1})
  void errorsOfTheServersOwnMaySpeakOfLoad(int code) {
    got(plainError(created("TASK-549"), code, ""), "completed", "\"result\":" + RESULT)
        .isNotObserved("no tool that becomes a task ends in a JSON-RPC error without it");
  }

  @Test
  void twoTasksOfOneIdAreNotTwo() {
    Recorded same = lawful("TASK-551");
    for (int i = 0; i < GuessableIds.ENOUGH; i++) {
      created(same, "5f0e8f0e-7d0c-4b52-9d2b-0b2c4f6d8a11", "");
    }
    same.fails("Two tasks have the same id.");
  }
}
