package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Rules on how tasks go, page {@code 2025-11-25/basic/utilities/tasks}. */
public final class TaskFlowRules {
  static final Set<String> ENDED = Set.of("completed", "failed", "cancelled");
  private static final Requires ANY_TASKS =
      Probes.HANDSHAKE.since("2025-11-25").capability("tasks");
  private static final String UNKNOWN_FIX =
      "Look the task up before anything else and answer with error -32602 when there is none.";

  private TaskFlowRules() {}

  /** The page's rules on the course of tasks. */
  public static List<Rule> rules() {
    return List.of(
        over("TASK-006", TaskRules.TASKS, TaskFlowRules::refusesForbidden),
        over("TASK-018", TaskRules.TASKS, (_, examination) -> makesUpIds(examination)),
        over("TASK-019", TaskRules.TASKS, TaskFlowRules::idsDiffer),
        over("TASK-022", TaskRules.TASKS, TaskFlowRules::endedStaysEnded),
        over("TASK-036", TaskRules.TASKS, (_, examination) -> givesTheResult(examination)),
        over("TASK-038", TaskRules.TASKS, TaskFlowRules::givesTheSame),
        over("TASK-054", TaskRules.TASKS, TaskFlowRules::namesItsTask),
        over("PROG-006", TaskRules.TASKS, TaskFlowRules::keepsItsToken),
        over("TASK-077", TaskRules.TASKS, (_, examination) -> boundsTheTime(examination)),
        over("TASK-049", only("tasks.list"), TaskFlowRules::listsIt),
        over("TASK-073", only("tasks.list"), (_, examination) -> refusesCursor(examination)),
        over("TASK-050", only("tasks.cancel"), TaskFlowRules::refusesLateCancel),
        over("TASK-051", only("tasks.cancel"), (_, examination) -> cancels(examination)),
        over("TASK-052", only("tasks.cancel"), TaskFlowRules::staysCancelled),
        over("TASK-072", ANY_TASKS, TaskFlowRules::refusesUnknown));
  }

  private static Requires only(String capability) {
    return Probes.HANDSHAKE.since("2025-11-25").capability(capability);
  }

  /** Runs the judge where lawful requests are served and a task was created. */
  static Rule over(String clause, Requires requires, BiConsumer<Recording, Examination> judge) {
    return new Rule(
        clause, Probes.ANY, requires, TaskScript.SCRIPT, recording -> judged(recording, judge));
  }

  static Verdict judged(Recording recording, BiConsumer<Recording, Examination> judge) {
    Examination examination = new Examination(recording);
    if (examination.served(Probes.LAWFUL)) {
      if (recording.exchange(TaskScript.CREATE).isEmpty()) {
        examination.unseen("the target gave no occasion: a tool that runs as a task");
      } else {
        judge.accept(recording, examination);
      }
    }
    return examination.verdict();
  }

  private static void refusesForbidden(Recording recording, Examination examination) {
    if (recording.exchange("forbidden").isEmpty()) {
      examination.unseen("the target gave no occasion: a tool that does not run as a task");
    } else if (examination.served("forbidden-lawful")) {
      TaskRules.refused(
          examination,
          "forbidden",
          Answer.METHOD_NOT_FOUND,
          "Calling a tool as a task that does not allow it",
          "A tool whose taskSupport is absent or forbidden is not called as a task: error -32601.",
          "Look at the tool's taskSupport when the call has a member task.");
    }
  }

  private static void makesUpIds(Examination examination) {
    if (!examination.served(TaskScript.CREATE)) {
      return;
    }
    Exchange created = examination.exchange(TaskScript.CREATE).orElseThrow();
    if (id(created).equals(TaskScript.OWN_ID)) {
      examination.broken(
          created,
          "The task has the id that its requestor wished for.",
          "The side that runs a task makes up its id.",
          "Sent and received: " + TaskScript.OWN_ID + ".",
          "Ignore a taskId in the request and make one up.");
    } else {
      examination.kept();
    }
  }

  private static void idsDiffer(Recording recording, Examination examination) {
    Set<String> seen = new HashSet<>();
    for (Exchange created : recording.exchanges(TaskScript.CREATE).toList()) {
      String id = id(created);
      if (id.isEmpty()) {
        examination.unseen(created.label() + " created no task: " + Answer.told(created));
      } else if (seen.add(id)) {
        examination.kept();
      } else {
        examination.broken(
            created,
            "Two tasks have the same id.",
            "No two tasks share an id.",
            "The id " + id + " was given twice.",
            "Make up a fresh random id for every task.");
      }
    }
  }

  private static String id(Exchange created) {
    return created
        .result()
        .map(result -> result.path("task").path("taskId").asString(""))
        .orElse("");
  }

  static String status(Exchange answer) {
    return answer.result().map(result -> result.path("status").asString("")).orElse("");
  }

  private static void endedStaysEnded(Recording recording, Examination examination) {
    List<Exchange> looks = recording.exchanges("get-ended").toList();
    if (looks.size() < 2
        || looks.stream().anyMatch(look -> !ENDED.contains(status(looks.getFirst())))) {
      examination.unseen("the task was not seen to end");
      return;
    }
    String first = status(looks.getFirst());
    for (Exchange look : looks.subList(1, looks.size())) {
      if (look.result().isEmpty()) {
        examination.unseen("the ended task is not kept");
      } else if (status(look).equals(first)) {
        examination.kept();
      } else {
        examination.broken(
            look,
            "A task that was " + first + " is " + status(look) + " later.",
            "A task that has ended keeps its status.",
            "tasks/get said " + first + " first and " + status(look) + " then.",
            "Refuse every change of status of a task that is completed, failed or cancelled.");
      }
    }
  }

  private static void givesTheResult(Examination examination) {
    if (!examination.served("result")) {
      return;
    }
    Exchange result = examination.exchange("result").orElseThrow();
    if (result.result().orElseThrow().path("content").isArray()) {
      examination.kept();
    } else {
      examination.broken(
          result,
          "tasks/result gives no tool result.",
          "For an ended task tasks/result gives the final result of the request.",
          "The result reads: " + EveryPiece.quoted(result.result().orElseThrow()),
          "Keep what the request came to and answer tasks/result with it.");
    }
  }

  private static void givesTheSame(Recording recording, Examination examination) {
    List<JsonNode> plain = recording.exchanges("plain").flatMap(e -> e.result().stream()).toList();
    Optional<Exchange> result = examination.answered("result");
    JsonNode task = result.flatMap(Exchange::result).orElseGet(Messages::object);
    if (plain.size() < 2 || !task.path("content").isArray()) {
      examination.unseen("the tool was not called both as a task and without");
    } else if (!same(plain.get(0), plain.get(1))) {
      examination.unseen("the tool answers differently each time");
    } else if (same(plain.get(0), task)) {
      examination.kept();
    } else {
      examination.broken(
          result.orElseThrow(),
          "tasks/result gives something else than the same call without a task.",
          "What tasks/result gives is what the request would have given without a task.",
          "Without a task: " + EveryPiece.quoted(plain.get(0)),
          "Answer tasks/result with the very result of the call.");
    }
  }

  private static boolean same(JsonNode one, JsonNode other) {
    return Stream.of("content", "structuredContent", "isError")
        .allMatch(member -> JsonNumbers.same(value(one, member), value(other, member)));
  }

  /** No isError is the same as false. */
  private static JsonNode value(JsonNode result, String member) {
    return member.equals("isError")
        ? Messages.NODES.booleanNode(result.path(member).asBoolean(false))
        : result.path(member);
  }

  /** Reports of progress that came while the result of the task was waited for. */
  private static List<Heard> reports(Recording recording, Examination examination) {
    List<Heard> reports =
        Heard.params(recording, ProgressRules.PROGRESS)
            .filter(report -> !Seen.method(report.exchange()).equals("tools/call"))
            .toList();
    if (reports.isEmpty()) {
      examination.unseen("the target gave no occasion: a task that reports progress");
    }
    return reports;
  }

  private static void namesItsTask(Recording recording, Examination examination) {
    String id = recording.fact(TaskScript.ID).orElse("");
    for (Heard report : reports(recording, examination)) {
      JsonNode related = report.node().path("_meta").path(TaskRules.RELATED).path("taskId");
      if (related.asString("").equals(id)) {
        examination.kept();
      } else {
        examination.broken(
            report.exchange(),
            "A message that belongs to a task does not name it.",
            "Every message that belongs to a task names it in _meta " + TaskRules.RELATED + ".",
            "The notification reads: " + EveryPiece.quoted(report.node()),
            "Add _meta with " + TaskRules.RELATED + " and the taskId to it.");
      }
    }
  }

  private static void keepsItsToken(Recording recording, Examination examination) {
    for (Heard report : reports(recording, examination)) {
      JsonNode token = report.node().path("progressToken");
      if (token.asString("").equals(TaskScript.TOKEN)) {
        examination.kept();
      } else {
        examination.broken(
            report.exchange(),
            "A task reports progress under the token "
                + token
                + ", which its request did not give.",
            "A task reports progress under the token of the request that created it.",
            "The request gave \"" + TaskScript.TOKEN + "\".",
            "Keep the progress token with the task.");
      }
    }
  }

  private static void boundsTheTime(Examination examination) {
    examination
        .answered(TaskScript.PATIENT)
        .ifPresent(
            created -> {
              JsonNode ttl = created.result().orElseGet(Messages::object).path("task").path("ttl");
              if (created.result().isEmpty()) {
                examination.kept();
              } else if (ttl.isNumber() && ttl.longValue() < TaskScript.FOR_EVER_MILLIS) {
                examination.kept();
              } else {
                examination.broken(
                    created,
                    "A task is kept for as long as is wished, a thousand years here.",
                    "There is a longest time for which a task is kept.",
                    "The ttl that came back is " + Answer.compact(ttl) + ".",
                    "Lower the ttl to a limit of your own and say so in the created task.");
              }
            });
  }

  private static void listsIt(Recording recording, Examination examination) {
    String id = recording.fact(TaskScript.ID).orElse("");
    boolean found =
        recording.exchanges("get-ended").reduce((one, other) -> other).stream()
            .anyMatch(look -> look.result().isPresent());
    if (!found || !examination.served("list")) {
      examination.unseen("tasks/get did not find the task before tasks/list");
      return;
    }
    boolean listed =
        recording
            .exchanges("list")
            .flatMap(page -> page.result().stream())
            .flatMap(page -> page.path("tasks").valueStream())
            .anyMatch(task -> task.path("taskId").asString("").equals(id));
    if (listed) {
      examination.kept();
    } else {
      examination.broken(
          examination.exchange("list").orElseThrow(),
          "A task that tasks/get finds is not in the list.",
          "A task that tasks/get finds is also in the requestor's list.",
          "No page of tasks/list holds " + id + ".",
          "List every task of the requestor that is still kept.");
    }
  }

  private static void refusesCursor(Examination examination) {
    if (examination.served("list")) {
      TaskRules.refused(
          examination,
          "unknown-cursor",
          Answer.INVALID_PARAMS,
          "A cursor of tasks/list that was never issued",
          "An unknown cursor in tasks/list leads to error -32602.",
          "Check the cursor before using it.");
    }
  }

  private static void refusesLateCancel(Recording recording, Examination examination) {
    if (!recording
        .exchanges("get-ended")
        .findFirst()
        .map(TaskFlowRules::status)
        .filter(ENDED::contains)
        .isPresent()) {
      examination.unseen("the task was not seen to end");
      return;
    }
    TaskRules.refused(
        examination,
        "cancel-ended",
        Answer.INVALID_PARAMS,
        "Cancelling a task that has ended",
        "Cancelling a task that has ended is answered with error -32602.",
        "Look at the task's status before cancelling it.");
  }

  private static void cancels(Examination examination) {
    Optional<Exchange> cancel = examination.answered("cancel");
    if (cancel.isEmpty() || cancel.get().result().isEmpty()) {
      examination.unseen("no task worked long enough to be cancelled");
      return;
    }
    String said = status(cancel.get());
    if (said.equals("cancelled")) {
      examination.kept();
    } else {
      examination.broken(
          cancel.get(),
          "The answer to tasks/cancel says that the task is " + said + ".",
          "A cancelled task has the status cancelled before the cancellation is answered.",
          "status is \"" + said + "\".",
          "Set the status to cancelled first, then answer.");
    }
  }

  private static void staysCancelled(Recording recording, Examination examination) {
    boolean cancelled =
        recording.exchange("cancel").filter(e -> e.result().isPresent()).isPresent();
    List<Exchange> looks = recording.exchanges("get-cancelled").toList();
    if (!cancelled || looks.isEmpty()) {
      examination.unseen("no task worked long enough to be cancelled");
      return;
    }
    for (Exchange look : looks) {
      if (look.errorCode().orElse(0) == Answer.INVALID_PARAMS || status(look).equals("cancelled")) {
        examination.kept();
      } else {
        examination.broken(
            look,
            "A cancelled task is " + status(look) + " afterwards.",
            "A cancelled task stays cancelled, whatever its work still brings.",
            "tasks/get answered with " + Answer.told(look) + ", status \"" + status(look) + "\".",
            "Drop what the work of a cancelled task still brings.");
      }
    }
  }

  private static void refusesUnknown(Recording recording, Examination examination) {
    for (String method : List.of("get", "result", "cancel")) {
      if (recording.exchange("unknown-" + method).isPresent() && examination.served("get-early")) {
        TaskRules.refused(
            examination,
            "unknown-" + method,
            Answer.INVALID_PARAMS,
            "tasks/" + method + " for a task that does not exist",
            "An unknown task id is answered with error -32602.",
            UNKNOWN_FIX);
      }
    }
  }
}
