package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Rules on when tasks answer, what they are found by and whose they are, page {@code
 * 2025-11-25/basic/utilities/tasks}.
 */
public final class TaskTimeRules {
  private static final Requires SINCE = Probes.HANDSHAKE.since("2025-11-25");

  /** A call that is over sooner than this tells nothing about who waited for whom. */
  private static final long TELLING_NANOS = 30_000_000;

  private TaskTimeRules() {}

  /** The rules; all look at the one conversation about tasks. */
  public static List<Rule> rules() {
    return List.of(
        TaskFlowRules.over("TASK-008", TaskRules.TASKS, TaskTimeRules::refusesPlainCalls),
        new Rule(
            "TASK-024",
            Probes.HTTP,
            SINCE.capability("tasks"),
            TaskScript.SCRIPT,
            recording -> TaskFlowRules.judged(recording, TaskTimeRules::looksAreJson)),
        TaskFlowRules.over("TASK-035", TaskRules.TASKS, TaskTimeRules::comesAtOnce),
        TaskFlowRules.over("TASK-037", TaskRules.TASKS, TaskTimeRules::resultWaits),
        TaskFlowRules.over("TASK-041", SINCE.capability("tasks"), TaskTimeRules::goesByItsId),
        TaskFlowRules.over("TASK-047", SINCE.capability("tasks.list"), TaskTimeRules::listsAll),
        TaskFlowRules.over("TASK-064", TaskRules.TASKS, TaskTimeRules::idsCannotBeGuessed),
        TaskFlowRules.over("TASK-065", SINCE, TaskTimeRules::tellsRequestorsApart),
        TaskFlowRules.over("PROG-008", TaskRules.TASKS, TaskTimeRules::progressEnds));
  }

  private static String id(Exchange exchange) {
    JsonNode result = exchange.result().orElseGet(Messages::object);
    return result.path("task").path("taskId").asString(result.path("taskId").asString(""));
  }

  private static void refusesPlainCalls(Recording recording, Examination examination) {
    if (recording.exchange(TaskScript.REQUIRED).isEmpty()) {
      examination.unseen("the target gave no occasion: a tool that requires a task");
      return;
    }
    TaskRules.refused(
        examination,
        TaskScript.REQUIRED,
        Answer.METHOD_NOT_FOUND,
        "Calling a tool without the task that it requires",
        "A tool whose taskSupport is required is called as a task only: error -32601 otherwise.",
        "Look at the tool's taskSupport when the call has no member task.");
  }

  private static void looksAreJson(Recording recording, Examination examination) {
    recording
        .exchanges("get-")
        .filter(look -> look.result().isPresent())
        .forEach(
            look -> {
              String type = look.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
              if (type.startsWith("text/event-stream")) {
                examination.broken(
                    look,
                    "tasks/get is answered by an event stream.",
                    "tasks/get is answered as JSON: its requestor polls, and wants no stream.",
                    "Content-Type is " + type + ".",
                    "Answer tasks/get as application/json.");
              } else {
                examination.kept();
              }
            });
  }

  private static long time(Exchange exchange) {
    return exchange.endNanos() - exchange.sentNanos();
  }

  private static void comesAtOnce(Recording recording, Examination examination) {
    Optional<Exchange> early = examination.answered("get-early");
    List<Exchange> created = recording.exchanges(TaskScript.CREATE).toList();
    long plain = recording.exchanges("plain").mapToLong(TaskTimeRules::time).max().orElse(0);
    if (early.isPresent() && TaskFlowRules.status(early.get()).equals("working")) {
      examination.kept();
    } else if (early.isPresent()
        && plain >= TELLING_NANOS
        && TaskFlowRules.ENDED.contains(TaskFlowRules.status(early.get()))
        && created.stream().allMatch(e -> time(e) >= plain)) {
      examination.broken(
          created.getFirst(),
          "The created task comes when its work is done.",
          "A task that is accepted is told at once, not when the work is done.",
          "The tool took up to "
              + plain / 1_000_000
              + " ms without a task; each created task took longer than that, and had ended when it"
              + " was looked at.",
          "Answer with the created task first, and work then.");
    } else {
      examination.unseen("the task had ended before it was looked at");
    }
  }

  private static void resultWaits(Recording recording, Examination examination) {
    Optional<Exchange> result = examination.answered("result");
    Optional<Exchange> after = examination.answered("get-ended");
    if (result.isEmpty() || after.isEmpty()) {
      return;
    }
    String status = TaskFlowRules.status(after.get());
    if (TaskFlowRules.ENDED.contains(status)) {
      examination.kept();
    } else if (result.get().response().isPresent() && !status.isEmpty()) {
      examination.broken(
          result.get(),
          "tasks/result is answered before the task has ended.",
          "For a task that is not ended tasks/result waits until it is.",
          "tasks/result was answered with "
              + Answer.told(result.get())
              + "; tasks/get said "
              + status
              + " after that.",
          "Answer tasks/result only when the task is completed, failed or cancelled.");
    } else {
      examination.unseen("the task was not found after its result");
    }
  }

  private static void goesByItsId(Recording recording, Examination examination) {
    Optional<Exchange> crossed = recording.exchange(TaskScript.CROSSED);
    Optional<Exchange> own = recording.exchange(TaskScript.CANCELLED);
    if (crossed.isEmpty() || own.isEmpty()) {
      examination.unseen("the target gave no occasion: two tasks at a time");
    } else if (crossed.get().result().isEmpty()) {
      examination.unseen("the task was not found: " + Answer.told(crossed.get()));
    } else if (id(crossed.get()).equals(id(own.get()))) {
      examination.kept();
    } else {
      examination.broken(
          crossed.get(),
          "tasks/get tells of the task in the metadata, not of the one in taskId.",
          "In tasks/get, tasks/result and tasks/cancel the parameter taskId tells which task is"
              + " meant; related-task metadata are ignored there.",
          "Asked was for " + id(own.get()) + ", told was of " + id(crossed.get()) + ".",
          "Read the parameter taskId and nothing else.");
    }
  }

  private static Set<String> listed(Recording recording, String label) {
    return recording
        .exchanges(label)
        .flatMap(e -> e.result().stream())
        .flatMap(result -> result.path("tasks").valueStream())
        .map(task -> task.path("taskId").asString(""))
        .collect(Collectors.toSet());
  }

  private static void listsAll(Recording recording, Examination examination) {
    List<Exchange> pages = recording.exchanges(TaskScript.ALL).toList();
    Set<String> found =
        Stream.concat(
                recording.exchanges("get-ended").skip(1),
                recording.exchange(TaskScript.KEPT).stream())
            .filter(look -> look.result().isPresent())
            .map(TaskTimeRules::id)
            .collect(Collectors.toSet());
    if (pages.isEmpty() || pages.stream().anyMatch(page -> page.result().isEmpty())) {
      examination.unseen("tasks/list was not answered");
    } else if (found.size() < 2) {
      examination.unseen("the target gave no occasion: two tasks that tasks/get finds");
    } else if (listed(recording, TaskScript.ALL).containsAll(found)) {
      examination.kept();
    } else {
      examination.broken(
          pages.getLast(),
          "tasks/list ends without a nextCursor before all tasks are told.",
          "A list of tasks that goes on says so by nextCursor.",
          "tasks/get finds "
              + found
              + "; the pages hold "
              + listed(recording, TaskScript.ALL)
              + ".",
          "Write nextCursor to every page but the last.");
    }
  }

  private static void idsCannotBeGuessed(Recording recording, Examination examination) {
    List<String> known = new ArrayList<>();
    for (Exchange created : recording.exchanges(TaskScript.CREATE).toList()) {
      String id = id(created);
      // Two tasks with one id are another clause's business.
      Optional<String> near =
          known.stream()
              .filter(other -> !other.equals(id) && SessionIdRules.isNear(other, id))
              .findFirst();
      if (!id.isEmpty()) {
        known.add(id);
      }
      near.ifPresent(
          other ->
              examination.broken(
                  created,
                  "A task's id follows from the one before: they differ in a number that counts.",
                  "Where tasks are not bound to who may see them, their ids cannot be guessed.",
                  "Two tasks got the ids \"" + other + "\" and \"" + id + "\".",
                  "Draw at least 128 random bits for every task id, for example a random UUID."));
    }
    if (known.size() < 2) {
      examination.unseen("the target gave no occasion: two tasks");
    } else {
      examination.kept();
    }
  }

  private static void tellsRequestorsApart(Recording recording, Examination examination) {
    Optional<Exchange> elsewhere = recording.exchange(TaskScript.ELSEWHERE);
    if (elsewhere.isEmpty() || elsewhere.get().result().isEmpty()) {
      examination.unseen("the target gave no occasion: tasks/list in another session");
      return;
    }
    Set<String> own =
        recording.exchanges(TaskScript.CREATE).map(TaskTimeRules::id).collect(Collectors.toSet());
    Optional<String> leaked =
        listed(recording, TaskScript.ELSEWHERE).stream().filter(own::contains).findFirst();
    if (leaked.isEmpty()) {
      examination.kept();
    } else {
      examination.broken(
          elsewhere.get(),
          "tasks/list shows one session the tasks of another.",
          "A server that cannot tell its requestors apart does not declare tasks.list.",
          "Neither session gave credentials; the task "
              + leaked.get()
              + " of one was listed to the"
              + " other.",
          "List the tasks of the own session or user only, or leave tasks.list undeclared.");
    }
  }

  private static void progressEnds(Recording recording, Examination examination) {
    List<Exchange> all = recording.exchanges();
    int ended =
        (int)
            all.stream()
                .takeWhile(
                    e ->
                        !(e.label().startsWith("get-ended")
                            && TaskFlowRules.ENDED.contains(TaskFlowRules.status(e))))
                .count();
    if (ended == all.size()) {
      examination.unseen("the task was not seen to end");
      return;
    }
    Optional<Heard> late =
        all.subList(ended, all.size()).stream()
            .flatMap(e -> e.messages().stream().map(m -> new Heard(e, m)))
            .filter(h -> h.method().equals(ProgressRules.PROGRESS))
            .filter(
                h ->
                    h.node()
                        .path("params")
                        .path("progressToken")
                        .asString("")
                        .equals(TaskScript.TOKEN))
            .findFirst();
    if (late.isEmpty()) {
      examination.kept();
    } else {
      examination.broken(
          late.get().exchange(),
          "A task that has ended reports progress.",
          "Progress of a task stops when the task has ended.",
          "tasks/get had said that the task has ended; then came "
              + EveryPiece.quoted(late.get().node()),
          "Drop reports of progress once the task has ended.");
    }
  }
}
