package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Rules on what tasks look like, page {@code 2025-11-25/basic/utilities/tasks}. */
public final class TaskRules {
  static final Requires TASKS =
      Probes.HANDSHAKE.since("2025-11-25").capability("tasks.requests.tools.call");
  static final String RELATED = "io.modelcontextprotocol/related-task";
  private static final Set<String> STATES =
      Set.of("working", "input_required", "completed", "failed", "cancelled");
  private static final String TASK = "a tool that runs as a task";

  private TaskRules() {}

  /** The page's rules on the form of tasks. */
  public static List<Rule> rules() {
    return List.of(
        over(
            "TASK-017",
            every(
                TaskRules::all,
                task ->
                    EveryPiece.when(
                        task.path("taskId").asString("").isEmpty()
                            || !task.path("taskId").isString(),
                        "A task's id is " + task.path("taskId") + "."),
                "The id of a task is a string that is not empty.",
                "Make up a random string for each task.")),
        over(
            "TASK-020",
            every(
                TaskRules::created,
                task ->
                    EveryPiece.when(
                        !is(task, "working"),
                        "A task begins with the status " + task.path("status") + "."),
                "A task begins with the status working.",
                "Register the task as working and answer before its work begins.")),
        over(
            "TASK-021",
            every(
                TaskRules::all,
                task ->
                    EveryPiece.when(
                        !STATES.contains(task.path("status").asString("")),
                        "A task has the status " + task.path("status") + "."),
                "A task is working, input_required, completed, failed or cancelled.",
                "Translate the states of your own into these five.")),
        over(
            "TASK-030",
            every(
                TaskRules::all,
                task ->
                    EveryPiece.when(
                        time(task, "createdAt").isEmpty(),
                        "A task says it was created at " + task.path("createdAt") + "."),
                "Every task says in createdAt when it was created, as an ISO 8601 time with an offset.",
                "Write createdAt like 2025-11-25T10:30:00Z.")),
        over(
            "TASK-031",
            every(
                TaskRules::all,
                TaskRules::updateDefect,
                "Every task says in lastUpdatedAt when it changed last, as an ISO 8601 time not before"
                    + " its creation.",
                "Set lastUpdatedAt at every change of the status, first to createdAt.")),
        over(
            "TASK-032",
            every(
                recording -> Heard.results(recording, "tasks/get"),
                task ->
                    EveryPiece.when(
                        !isTtl(task),
                        "The answer to tasks/get has the ttl "
                            + Answer.compact(task.path("ttl"))
                            + "."),
                "The answer to tasks/get says in ttl for how long the task is kept: milliseconds, or"
                    + " null.",
                "Write the time for which the task is really kept to ttl.")),
        over(
            "TASK-034",
            every(
                recording -> taskCalls(recording).flatMap(Function.identity()),
                result ->
                    EveryPiece.when(
                        !result.path("task").path("taskId").isString() || result.has("content"),
                        "A call that became a task is answered with more or less than the task."),
                "A request that is accepted as a task is answered by the created task and no content.",
                "Answer with {\"task\": …} alone; the content belongs to tasks/result.")),
        new Rule(
            "TASK-043",
            Probes.ANY,
            Probes.HANDSHAKE.since("2025-11-25").capability("tasks"),
            TaskScript.SCRIPT,
            every(
                recording ->
                    Stream.of("tasks/get", "tasks/list", "tasks/cancel")
                        .flatMap(method -> Heard.results(recording, method)),
                result ->
                    EveryPiece.when(
                        result.path("_meta").has(RELATED),
                        "An answer about a task carries related-task metadata."),
                "Answers to tasks/get, tasks/list and tasks/cancel carry no related-task metadata.",
                "Leave _meta " + RELATED + " to messages that do not name the task otherwise.")),
        over(
            "TASK-056",
            every(
                recording -> Heard.results(recording, "tasks/result"),
                result ->
                    EveryPiece.when(
                        !result.path("_meta").path(RELATED).path("taskId").isString(),
                        "The answer of tasks/result does not name its task."),
                "The answer of tasks/result names its task in _meta " + RELATED + ".",
                "Add _meta with " + RELATED + " and the taskId to the result.")),
        new Rule(
            "TASK-003",
            Probes.ANY,
            Probes.HANDSHAKE.since("2025-11-25"),
            MessageShapes.SCRIPT,
            every(
                recording -> Heard.requests(recording).flatMap(request -> request.below("params")),
                params ->
                    EveryPiece.when(
                        params.has("task"),
                        "The server asks for a task of a client that offers none."),
                "To a side without the capability tasks nothing is sent as a task.",
                "Look at the client's capability tasks.requests before adding the member task.")));
  }

  private static Rule over(String clause, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.ANY, TASKS, TaskScript.SCRIPT, judge);
  }

  private static EveryPiece every(
      Function<Recording, Stream<Heard>> subjects,
      Function<JsonNode, Optional<String>> defect,
      String expected,
      String fix) {
    return new EveryPiece(subjects, defect, TASK, expected, fix);
  }

  /** Every task that was created. */
  static Stream<Heard> created(Recording recording) {
    return taskCalls(recording)
        .flatMap(Function.identity())
        .flatMap(result -> result.below("task"));
  }

  private static Stream<Stream<Heard>> taskCalls(Recording recording) {
    return recording
        .exchanges(TaskScript.CREATE)
        .map(e -> e.result().stream().map(result -> new Heard(e, result)));
  }

  /** Every task in every answer. */
  private static Stream<Heard> all(Recording recording) {
    return Stream.of(
            created(recording),
            Heard.results(recording, "tasks/get"),
            Heard.results(recording, "tasks/cancel"),
            Heard.entries(recording, "tasks/list", "tasks"))
        .flatMap(tasks -> tasks);
  }

  static boolean is(JsonNode task, String status) {
    return task.path("status").asString("").equals(status);
  }

  static Optional<OffsetDateTime> time(JsonNode task, String member) {
    try {
      return Optional.of(OffsetDateTime.parse(task.path(member).asString("")));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> updateDefect(JsonNode task) {
    Optional<OffsetDateTime> updated = time(task, "lastUpdatedAt");
    if (updated.isEmpty()) {
      return Optional.of("A task says it changed last at " + task.path("lastUpdatedAt") + ".");
    }
    // An unreadable createdAt is another clause's business.
    return EveryPiece.when(
        time(task, "createdAt").filter(created -> updated.get().isBefore(created)).isPresent(),
        "A task changed last before it was created.");
  }

  private static boolean isTtl(JsonNode task) {
    JsonNode ttl = task.path("ttl");
    return ttl.isNull() || (ttl.isIntegralNumber() && ttl.longValue() >= 0);
  }

  /** Concludes from one exchange that must be answered with this error code. */
  static void refused(
      Examination examination, String label, int code, String what, String expected, String fix) {
    examination
        .answered(label)
        .ifPresent(
            exchange -> {
              if (exchange.errorCode().orElse(0) == code) {
                examination.kept();
              } else {
                examination.broken(
                    exchange,
                    what + " is not answered with error " + code + ".",
                    expected,
                    "The answer is " + Answer.told(exchange) + ".",
                    fix);
              }
            });
  }
}
