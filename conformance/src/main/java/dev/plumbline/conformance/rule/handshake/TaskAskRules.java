package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Every.Broken;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Rules on tasks that ask their client, and on tasks that fail, page {@code
 * 2025-11-25/basic/utilities/tasks}.
 */
public final class TaskAskRules {
  private static final String ASKS = "a task that asks its client";

  private TaskAskRules() {}

  /** The rules; all look at one conversation. */
  public static List<Rule> rules() {
    return List.of(
        over("TASK-026", TaskAskRules::waitsForInput),
        over(
            "TASK-027",
            r -> questions(r, TaskAskRules::unnamed, "A question of a task does not name it.")),
        over(
            "TASK-029",
            new EveryPiece(
                recording -> looks(recording, TaskAskScript.ANSWERED),
                look ->
                    EveryPiece.when(
                        look.path("status").asString("").equals("input_required"),
                        "A task whose questions are answered still says input_required."),
                ASKS,
                "Once it has its input a task leaves the status input_required.",
                "Set the status to working as soon as the last answer is there.")),
        over(
            "TASK-040",
            r -> questions(r, TaskAskRules::misnamed, "An elicitation names another task.")),
        over(
            "TASK-045",
            Probes.HANDSHAKE.since("2025-11-25").capability("tasks"),
            new EveryPiece(
                recording -> Heard.params(recording, "notifications/tasks/status"),
                status ->
                    EveryPiece.when(
                        status.path("_meta").has(TaskRules.RELATED),
                        "A status notification carries related-task metadata."),
                "a status notification of a task",
                "A status notification names its task by taskId alone.",
                "Leave " + TaskRules.RELATED + " out of the _meta of status notifications.")),
        over(
            "TASK-059",
            new EveryPiece(
                recording ->
                    looks(recording, TaskAskScript.ENDED)
                        .filter(look -> look.node().path("status").asString("").equals("failed")),
                task ->
                    EveryPiece.when(
                        task.path("statusMessage").asString("").isBlank(),
                        "A failed task does not say what went wrong."),
                "a task that fails",
                "A failed task says in statusMessage what went wrong.",
                "Write the message of the error, or the text of the result, to statusMessage.")),
        over("TASK-060", TaskAskRules::givesTheError));
  }

  private static Rule over(String clause, Function<Recording, Verdict> judge) {
    return over(clause, TaskRules.TASKS, judge);
  }

  private static Rule over(String clause, Requires requires, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.ANY, requires, TaskAskScript.SCRIPT, judge);
  }

  private static Stream<Heard> looks(Recording recording, String label) {
    return recording.exchanges(label).flatMap(e -> e.result().stream().map(r -> new Heard(e, r)));
  }

  private static String asked(Exchange exchange) {
    return exchange
        .sentMessage()
        .orElseGet(Messages::object)
        .path("params")
        .path("taskId")
        .asString("");
  }

  private static Verdict waitsForInput(Recording recording) {
    Map<String, List<Exchange>> open =
        recording
            .exchanges(TaskAskScript.OPEN)
            .filter(look -> look.result().isPresent())
            .collect(
                Collectors.groupingBy(
                    TaskAskRules::asked, LinkedHashMap::new, Collectors.toList()));
    return Every.verdict(
        recording,
        open.values().stream()
            // One that ended meanwhile waits for nothing any more.
            .filter(
                all ->
                    all.stream()
                        .map(TaskFlowRules::status)
                        .noneMatch(TaskFlowRules.ENDED::contains)),
        "the target gave no occasion: " + ASKS,
        all ->
            TaskFlowRules.status(all.getLast()).equals("input_required")
                ? Optional.empty()
                : Optional.of(
                    new Broken(
                        all.getLast(),
                        "A task that waits for its client is "
                            + TaskFlowRules.status(all.getLast())
                            + ".",
                        "A task that needs something of its requestor has the status"
                            + " input_required.",
                        "Its question was open; tasks/get said so " + all.size() + " times.",
                        "Set the status to input_required before the question is sent.")));
  }

  // --- what a question names -----------------------------------------------------------------

  private static Set<String> tasks(Recording recording) {
    return recording
        .exchanges(TaskAskScript.CREATE)
        .flatMap(e -> e.result().stream())
        .map(result -> result.path("task").path("taskId").asString(""))
        .collect(Collectors.toSet());
  }

  private static JsonNode named(Heard question) {
    return question.node().path("params").path("_meta").path(TaskRules.RELATED).path("taskId");
  }

  private static boolean isElicitation(Heard question) {
    return question.method().equals("elicitation/create");
  }

  /** Whether it names no task; an elicitation that names another one is TASK-040's business. */
  private static Optional<Boolean> unnamed(Heard question, Set<String> tasks) {
    String id = named(question).asString("");
    return Optional.of(isElicitation(question) ? id.isEmpty() : !tasks.contains(id));
  }

  private static Optional<Boolean> misnamed(Heard question, Set<String> tasks) {
    String id = named(question).asString("");
    return isElicitation(question) && !id.isEmpty()
        ? Optional.of(!tasks.contains(id))
        : Optional.empty();
  }

  /** Whether a question is wrong; empty when it tells nothing. */
  @FunctionalInterface
  private interface Naming {
    Optional<Boolean> wrong(Heard question, Set<String> tasks);
  }

  private static Verdict questions(Recording recording, Naming naming, String summary) {
    // A call that never came to its end may still be asking.
    boolean clear = recording.exchanges(TaskAskScript.PLAIN).allMatch(e -> e.end() == End.COMPLETE);
    Set<String> tasks = tasks(recording);
    return Every.verdict(
        recording,
        (clear ? Heard.requests(recording) : Stream.<Heard>empty())
            .filter(h -> Seen.method(h.exchange()).equals("tasks/result"))
            .filter(h -> TaskAskScript.TOOLS_ASK.contains(h.method()))
            .filter(h -> naming.wrong(h, tasks).isPresent()),
        "the target gave no occasion: " + ASKS,
        question ->
            naming.wrong(question, tasks).orElse(false)
                ? Optional.of(
                    new Broken(
                        question.exchange(),
                        summary,
                        "A request that belongs to a task names it in _meta "
                            + TaskRules.RELATED
                            + ".",
                        "It reads: " + EveryPiece.quoted(question.node()),
                        "Add _meta with "
                            + TaskRules.RELATED
                            + " and the taskId of the call that asks."))
                : Optional.empty());
  }

  // --- errors --------------------------------------------------------------------------------

  /** A task, and the error that the same call gives without one. */
  private record Failing(Exchange result, int code) {}

  private static Stream<Failing> failing(Recording recording) {
    return recording
        .exchanges(TaskAskScript.CREATE)
        .flatMap(
            created -> {
              List<Integer> codes =
                  recording
                      .exchanges(TaskAskScript.PLAIN)
                      .filter(e -> Seen.called(e).equals(Seen.called(created)))
                      .map(e -> e.errorCode().orElse(0))
                      .distinct()
                      .toList();
              String id =
                  created.result().map(r -> r.path("task").path("taskId").asString("")).orElse("");
              return codes.size() == 1 && codes.getFirst() != 0 && !id.isEmpty()
                  ? recording
                      .exchanges(TaskAskScript.RESULT)
                      .filter(e -> asked(e).equals(id) && e.response().isPresent())
                      .map(e -> new Failing(e, codes.getFirst()))
                  : Stream.empty();
            });
  }

  private static Verdict givesTheError(Recording recording) {
    return Every.verdict(
        recording,
        failing(recording),
        "the target gave no occasion: a tool that ends with a JSON-RPC error, as a task or not",
        failing ->
            failing.result().errorCode().orElse(0) == failing.code()
                ? Optional.empty()
                : Optional.of(
                    new Broken(
                        failing.result(),
                        "tasks/result does not give the error that the request came to.",
                        "When the request behind a task ends with a JSON-RPC error, tasks/result"
                            + " gives this error.",
                        "Without a task the answer is error "
                            + failing.code()
                            + ", tasks/result gives "
                            + Answer.told(failing.result())
                            + ".",
                        "Keep the error with the task and answer tasks/result with it.")));
  }
}
