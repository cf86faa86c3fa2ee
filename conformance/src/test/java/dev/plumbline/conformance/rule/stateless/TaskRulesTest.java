package dev.plumbline.conformance.rule.stateless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.rule.Recorded;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks of the extension: what they look like, how they go, what is refused. */
class TaskRulesTest {
  static final String DECLARING =
      "\"_meta\":{\"io.modelcontextprotocol/clientCapabilities\":"
          + "{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}}";
  static final String TEXT = "\"content\":[{\"type\":\"text\",\"text\":\"x\"}]";
  private static final String EXTENSION =
      ",\"data\":{\"requiredCapabilities\":{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}}";

  static Recorded lawful(String clause) {
    return Recorded.http(clause).sent("lawful", "server/discover").result("{}");
  }

  static Recorded created(String clause) {
    return created(lawful(clause), "a", "");
  }

  static Recorded created(Recorded recorded, String id, String more) {
    return recorded
        .sent("create", "tools/call", "{\"name\":\"t\"," + DECLARING + more + "}")
        .result(task(id, "working", "\"resultType\":\"task\""));
  }

  static String task(String id, String status, String more) {
    return "{\"taskId\":\"" + id + "\",\"status\":\"" + status + "\"" + comma(more) + "}";
  }

  private static String comma(String more) {
    return more.isEmpty() ? "" : "," + more;
  }

  static Recorded got(Recorded recorded, String status, String more) {
    return recorded.sent("get", "tasks/get", "{\"taskId\":\"a\"}").result(task("a", status, more));
  }

  static Recorded plain(Recorded recorded, String result) {
    for (int i = 0; i < 2; i++) {
      recorded.sent("plain", "tools/call", "{\"name\":\"t\"}").result(result);
    }
    return recorded;
  }

  static Recorded plainError(Recorded recorded, int code, String data) {
    for (int i = 0; i < 2; i++) {
      recorded.sent("plain", "tools/call", "{\"name\":\"t\"}").error(400, code, data);
    }
    return recorded;
  }

  private static String asking(String... keys) {
    List<String> requests =
        List.of(keys).stream()
            .map(key -> "\"" + key.substring(0, 1) + "\":{\"method\":\"" + key + "\"}")
            .toList();
    return "\"inputRequests\":{" + String.join(",", requests) + "}";
  }

  private static Recorded answered(Recorded recorded, String key) {
    return recorded
        .sent(
            "update", "tasks/update", "{\"taskId\":\"a\",\"inputResponses\":{\"" + key + "\":{}}}")
        .result("{\"resultType\":\"complete\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "501", "504", "506", "509", "511", "515", "518", "520", "527", "528", "530", "532", "536",
        "537", "539", "540", "541", "543", "544", "547", "549", "550", "551"
      })
  void withoutATaskNothingIsSeen(String number) {
    assertThat(lawful("TASK-" + number).judged()).isInstanceOf(Verdict.NotObserved.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "515 | working   | ''              | done     | ''                  | has the status \"done\".",
        "516 | working   | ''              | working  | \"result\":{}       | says working and carries result.",
        "517 | input_required | \"inputRequests\":{\"a\":{}} | input_required | '' | waits for input without saying for which.",
        "519 | completed | \"result\":{\"content\":[]} | completed | '' | says completed without the result of the tool.",
        "521 | failed    | \"error\":{\"code\":-32603,\"message\":\"m\"} | failed | \"error\":{} | says failed without a JSON-RPC error.",
        "508 | failed    | \"error\":{}    | failed   | \"result\":{}       | says failed and carries a result.",
        "522 | working   | \"resultType\":\"complete\" | working | \"resultType\":\"task\" | has resultType \"task\".",
        "545 | failed    | \"statusMessage\":\"m\" | failed | '' | says failed without a statusMessage."
      })
  void eachStatusHasItsMembers(
      String number, String good, String goodMore, String bad, String badMore, String told) {
    String clause = "TASK-" + number;
    got(created(clause), good, goodMore).passes(1);
    String name = number.equals("522") ? "The result of tasks/get " : "tasks/get of the task of t ";
    got(created(clause), bad, badMore).fails(name + told);
  }

  @Test
  void aTaskSaysThatItIsOneAndNothingElseDoes() {
    created("TASK-506").passes(1);
    lawful("TASK-506")
        .sent("create", "tools/call", "{\"name\":\"t\"," + DECLARING + "}")
        .result(task("a", "working", "\"resultType\":\"complete\""))
        .fails("The task of t has resultType \"complete\".");
    created("TASK-507").passes(1);
    created("TASK-507")
        .sent("get", "tasks/get")
        .result("{\"resultType\":\"task\"}")
        .fails("The result of tasks/get has resultType task.");
  }

  @Test
  void acknowledgementsAreEmptyAndComplete() {
    answered(created("TASK-529"), "a").passes(1);
    answered(created("TASK-533"), "a").passes(1);
    created("TASK-529")
        .sent("update", "tasks/update")
        .result("{\"status\":\"working\"}")
        .fails("The result of tasks/update carries status.");
    created("TASK-535")
        .sent("cancel", "tasks/cancel")
        .result("{\"resultType\":\"x\"}")
        .fails("The result of tasks/cancel has resultType \"x\".");
  }

  @Test
  void clientsWithoutTheExtensionGetNoTaskAndAreToldWhatIsMissing() {
    plain(created("TASK-501"), "{" + TEXT + "}").passes(2);
    assertThat(plain(created("TASK-501"), task("b", "working", "")).judged())
        .isInstanceOf(Verdict.Fail.class);
    plainError(created("TASK-504"), -32021, EXTENSION).passes(2);
    assertThat(plainError(created("TASK-504"), -32021, "").judged())
        .isInstanceOf(Verdict.Fail.class);
    plain(created("TASK-504"), "{" + TEXT + "}")
        .isNotObserved("every tool that becomes a task serves clients without tasks as well");
    plainError(got(created("TASK-504"), "failed", ""), -32603, "")
        .isNotObserved("every tool that becomes a task serves clients without tasks as well");
  }

  @ParameterizedTest
  @CsvSource({"540,unknown-get,-32602", "543,undeclared-get,-32021", "539,missing-get,-32602"})
  void refusalsCountBesideTheirTwin(String number, String label, int code) {
    String clause = "TASK-" + number;
    Recorded known =
        created(clause).sent("known-get", "tasks/get").result(task("a", "working", ""));
    assertThat(known.sent(label, "tasks/get").error(400, code).judged())
        .isNotInstanceOf(Verdict.Fail.class);
    Recorded again =
        created(clause).sent("known-get", "tasks/get").result(task("a", "working", ""));
    assertThat(again.sent(label, "tasks/get").error(200, -32000).judged())
        .isInstanceOf(Verdict.Fail.class);
    Recorded dead = created(clause).sent("known-get", "tasks/get").error(-32602);
    assertThat(dead.sent(label, "tasks/get").error(200, -32000).judged())
        .isInstanceOf(Verdict.NotObserved.class);
  }

  @Test
  void updatesAndCancellationsOfNothingAreErrors() {
    Recorded update =
        answered(created("TASK-530"), "x").sent("known-update", "tasks/update").result("{}");
    update
        .sent("unknown-update", "tasks/update")
        .result("{}")
        .fails("tasks/update of a task that does not exist is acknowledged.");
    created("TASK-541")
        .sent("known-cancel", "tasks/cancel")
        .result("{}")
        .sent("unknown-cancel", "tasks/cancel")
        .error(-32603)
        .fails(
            "tasks/cancel of a task that does not exist is answered with status 200 with error"
                + " -32603 instead of error -32602.");
  }

  @Test
  void errorsTellTheirCause() {
    Recorded same = created("TASK-544").sent("unknown-get", "tasks/get").error(-32602);
    same.sent("undeclared-get", "tasks/get")
        .error(-32021)
        .fails("Errors about tasks do not say what caused them.");
  }

  @Test
  void aTaskIsThereWhenItIsReturned() {
    created("TASK-509").sent("first-get", "tasks/get").result(task("a", "working", "")).passes(1);
    created("TASK-509")
        .sent("first-get", "tasks/get")
        .error(-32602)
        .fails("A task that was just returned is not found.");
    assertThat(created("TASK-509").sent("first-get", "tasks/get").error(-32603).judged())
        .isInstanceOf(Verdict.NotObserved.class);
  }

  @Test
  void questionsComeBeforeTheTask() {
    created(lawful("TASK-511"), "a", ",\"inputResponses\":{}").passes(1);
    lawful("TASK-511")
        .sent("create", "tools/call", "{\"name\":\"t\",\"inputResponses\":{}," + DECLARING + "}")
        .result(task("a", "working", "\"requestState\":\"x\""))
        .fails("The task of t is made before the questions of its call are settled.");
  }

  @Test
  void cancelledStaysCancelled() {
    got(got(created("TASK-520"), "cancelled", ""), "cancelled", "").passes(1);
    got(got(created("TASK-520"), "cancelled", ""), "working", "")
        .fails("tasks/get of the task of t says \"working\" after it said cancelled.");
  }

  @Test
  void answersToOtherKeysAreIgnored() {
    created("TASK-532").sent("update-unknown-key", "tasks/update").result("{}").passes(1);
    created("TASK-532")
        .sent("update-again", "tasks/update")
        .error(-32602)
        .fails("tasks/update is refused because of a key that was answered before.");
  }

  @Test
  void everyOpenQuestionIsAsked() {
    Recorded partly = answered(got(created("TASK-518"), "input_required", asking("a1", "b1")), "a");
    got(partly, "input_required", asking("b1")).passes(1);
    partly = answered(got(created("TASK-518"), "input_required", asking("a1", "b1")), "a");
    got(partly, "input_required", asking("a1"))
        .fails("A task that waits for an answer to b does not ask for it.");
    partly = answered(got(created("TASK-518"), "input_required", asking("a1", "b1")), "a");
    assertThat(got(partly, "input_required", asking("c1")).judged())
        .as("another question may have taken its place")
        .isInstanceOf(Verdict.NotObserved.class);
  }

  @Test
  void aKeyIsOneQuestion() {
    String told = "The key a stands for two different questions of one task.";
    Recorded twice = got(created("TASK-527"), "input_required", asking("a1"));
    got(twice, "input_required", asking("a1")).passes(1);
    got(got(created("TASK-527"), "input_required", asking("a1")), "input_required", asking("a2"))
        .fails(told);
    Recorded done = answered(got(created("TASK-528"), "input_required", asking("a1")), "a");
    got(done, "working", "").passes(1);
    done = answered(got(created("TASK-528"), "input_required", asking("a1")), "a");
    got(done, "input_required", asking("a2")).fails(told);
  }

  @Test
  void neitherProgressNorLogTravelsWithATask() {
    String filter = "{\"notifications\":{\"taskIds\":[\"a\"]}}";
    String status = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tasks\",\"params\":{}}";
    String progress = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{}}";
    created("TASK-537")
        .sent("listen", "subscriptions/listen", filter)
        .message(200, status)
        .passes(1);
    created("TASK-537")
        .sent("listen", "subscriptions/listen", filter)
        .message(200, progress)
        .fails("A subscription to a task carries notifications/progress.");
  }

  @Test
  void onlyDeclaringClientsAreTold() {
    String listen = "subscriptions/listen";
    String acknowledged =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\"}";
    Recorded refused =
        created("TASK-536").sent("listen-undeclared", listen).error(400, -32021, EXTENSION);
    refused.sent("listen", listen).message(200, acknowledged).passes(1);
    Recorded heard =
        created("TASK-536").sent("listen-undeclared", listen).message(200, acknowledged);
    assertThat(heard.sent("listen", listen).message(200, acknowledged).judged())
        .isInstanceOf(Verdict.Fail.class);
  }

  @Test
  void aTaskEndsLikeTheCallItStandsFor() {
    String toolError = "{\"isError\":true," + TEXT + "}";
    String error = "\"error\":{\"code\":-32603,\"message\":\"m\"}";
    got(created("TASK-547"), "completed", "\"result\":" + toolError).passes(1);
    got(plain(created("TASK-547"), toolError), "failed", error)
        .fails(
            "tasks/get of the task of t says failed, though the tool reports an error in its"
                + " result.");
    got(plainError(created("TASK-549"), -32603, ""), "failed", error).passes(1);
    got(plainError(created("TASK-549"), -32600, ""), "failed", error)
        .fails("tasks/get of the task of t does not carry the error its request ends in.");
    got(plain(created("TASK-550"), "{" + TEXT + "}"), "completed", "\"result\":{" + TEXT + "}")
        .passes(1);
    got(plain(created("TASK-550"), "{" + TEXT + "}"), "completed", "\"result\":{\"content\":[]}")
        .fails(
            "tasks/get of the task of t gives another result than the same call without a task.");
  }

  @Test
  void idsThatFollowAPatternAreGuessable() {
    Recorded counted = lawful("TASK-551");
    Recorded random = lawful("TASK-551");
    for (int i = 0; i < GuessableIds.ENOUGH; i++) {
      created(counted, "task-" + i, "");
      created(random, java.util.UUID.nameUUIDFromBytes(new byte[] {(byte) i}).toString(), "");
    }
    counted.fails("Ids of tasks can be guessed: of their characters only 1 vary.");
    random.passes(1);
  }
}
