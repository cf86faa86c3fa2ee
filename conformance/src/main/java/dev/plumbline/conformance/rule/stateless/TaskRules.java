package dev.plumbline.conformance.rule.stateless;

import static dev.plumbline.conformance.rule.stateless.MessageRules.when;
import static dev.plumbline.conformance.rule.stateless.TaskSeen.NO_TASK;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Every.Subject;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Rules on what answers about tasks look like, page {@code extensions/tasks-extension/tasks}. */
public final class TaskRules {
  static final Requires TASKS =
      Probes.STATELESS.capability("extensions." + TaskWalk.EXTENSION).withCallableTool();
  private static final String TYPE = "resultType";
  private static final Set<String> STATUSES =
      Set.of("working", "input_required", "completed", "failed", "cancelled");

  private TaskRules() {}

  /** The page's rules on the form of answers. */
  public static List<Rule> rules() {
    return List.of(
        over("TASK-506", saysTask()),
        over("TASK-507", nothingElseSaysTask()),
        over("TASK-508", failsForErrorsOnly()),
        over("TASK-515", answersByStatus()),
        over("TASK-516", working()),
        over("TASK-517", asking()),
        over("TASK-519", completed()),
        over("TASK-521", failed()),
        over("TASK-522", complete("tasks/get")),
        over("TASK-529", empty()),
        over("TASK-533", complete("tasks/update")),
        over("TASK-535", complete("tasks/cancel")),
        over("TASK-545", saysWhy()));
  }

  static Rule over(String clause, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.ANY, TASKS, TaskWalk.SCRIPT, judge);
  }

  private static Every tasks(String status) {
    return Every.of(r -> TaskSeen.gets(r, status), "no task was seen " + status);
  }

  private static Function<Recording, Verdict> saysTask() {
    return Every.of(TaskSeen::created, NO_TASK)
        .judge(
            s ->
                when(
                    !s.node().path(TYPE).asString("").equals("task"),
                    "has resultType " + Answer.compact(s.node().path(TYPE))),
            "A created task says so: resultType is \"task\".",
            "Write resultType task into the result that carries the new taskId.");
  }

  private static Function<Recording, Verdict> nothingElseSaysTask() {
    return Every.of(
            r ->
                Seen.results(r)
                    .filter(
                        s ->
                            !Seen.method(s.exchange()).equals("tools/call")
                                || !TaskSeen.isTask(s.node())),
            "nothing was served but new tasks")
        .judge(
            s -> when(s.node().path(TYPE).asString("").equals("task"), "has resultType task"),
            "resultType \"task\" stands in nothing but a newly created task.",
            "Write complete or input_required into every other result, those of tasks/get"
                + " included.");
  }

  private static Function<Recording, Verdict> failsForErrorsOnly() {
    return tasks("failed")
        .judge(
            s -> when(s.node().has("result"), "says failed and carries a result"),
            "A task is failed when its request ended in a JSON-RPC error, and only then.",
            "Say completed when there is a result, also one with isError.");
  }

  private static Function<Recording, Verdict> answersByStatus() {
    return Every.of(TaskSeen::gets, NO_TASK)
        .judge(
            s ->
                when(
                        !s.node().path("taskId").asString("").equals(TaskSeen.id(s.exchange())),
                        "names the task " + Answer.compact(s.node().path("taskId")))
                    .or(
                        () ->
                            when(
                                !STATUSES.contains(s.node().path("status").asString("")),
                                "has the status " + Answer.compact(s.node().path("status")))),
            "tasks/get answers with the task it was asked about, which is working, input_required,"
                + " completed, failed or cancelled.",
            "Translate the states of your own into these five, and repeat the taskId.");
  }

  private static Function<Recording, Verdict> working() {
    return tasks("working")
        .judge(
            s ->
                Stream.of("result", "error", "inputRequests")
                    .filter(s.node()::has)
                    .findFirst()
                    .map(member -> "says working and carries " + member),
            "A working task is returned as working, without result, error and questions.",
            "Set the status before, or together with, what belongs to it.");
  }

  private static Function<Recording, Verdict> asking() {
    return tasks("input_required")
        .judge(
            s ->
                when(
                    s.node().path("inputRequests").properties().isEmpty(),
                    "waits for input without saying for which"),
            "A task that waits for input is returned with the inputRequests that are open.",
            "Put every open question into inputRequests.");
  }

  private static Function<Recording, Verdict> completed() {
    return tasks("completed")
        .judge(
            s ->
                when(
                    !s.node().path("result").path("content").isArray(),
                    "says completed without the result of the tool"),
            "A completed task is returned with the result its request would have had.",
            "Put the result of the tool, with its content, into result.");
  }

  private static Function<Recording, Verdict> failed() {
    return tasks("failed")
        .judge(
            s -> {
              JsonNode error = s.node().path("error");
              return when(
                  !error.path("code").isIntegralNumber() || !error.path("message").isString(),
                  "says failed without a JSON-RPC error");
            },
            "A failed task is returned with its error: an integer code and a message.",
            "Keep the JSON-RPC error that ended the request and put it into error.");
  }

  private static Function<Recording, Verdict> complete(String method) {
    return Every.of(r -> Seen.results(r, method), method + " was not served")
        .judge(
            s ->
                when(
                    !s.node().path(TYPE).asString("").equals("complete"),
                    "has resultType " + Answer.compact(s.node().path(TYPE))),
            "The answer of " + method + " has resultType \"complete\", whatever the task does.",
            "Write resultType complete; the status of the task stands in status.");
  }

  private static Function<Recording, Verdict> empty() {
    return Every.of(r -> Seen.results(r, "tasks/update"), "tasks/update was not served")
        .judge(
            s -> more(s).map(member -> "carries " + member),
            "tasks/update is acknowledged with an empty result.",
            "Answer with resultType and _meta alone; the client looks the task up.");
  }

  private static Optional<String> more(Subject result) {
    return result.node().propertyNames().stream()
        .filter(member -> !member.equals(TYPE) && !member.equals("_meta"))
        .findFirst();
  }

  private static Function<Recording, Verdict> saysWhy() {
    return tasks("failed")
        .judge(
            s ->
                when(
                    s.node().path("statusMessage").asString("").isBlank(),
                    "says failed without a statusMessage"),
            "A failed task says in statusMessage what went wrong.",
            "Write one line for a person to statusMessage.");
  }
}
