package dev.plumbline.conformance.rule.stateless;

import static dev.plumbline.conformance.rule.stateless.TaskRules.TASKS;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Every.Subject;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Rules on how tasks go, page {@code extensions/tasks-extension/tasks}. */
public final class TaskFlowRules {
  private static final String SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";
  private static final Set<String> NOT_FOR_TASKS =
      Set.of("notifications/progress", "notifications/message");

  private TaskFlowRules() {}

  /** The page's rules on the course of tasks. */
  public static List<Rule> rules() {
    return List.of(
        over("TASK-509", TaskFlowRules::isThere),
        over("TASK-511", TaskFlowRules::asksBefore),
        over("TASK-520", TaskFlowRules::staysCancelled),
        over("TASK-532", TaskFlowRules::ignoresOtherKeys),
        over("TASK-537", TaskFlowRules::noProgress),
        over("TASK-547", TaskFlowRules::toolErrorsComplete),
        over("TASK-549", TaskFlowRules::sameError),
        over("TASK-550", TaskFlowRules::sameResult),
        over("TASK-551", TaskFlowRules::cannotBeGuessed));
  }

  private static Rule over(String clause, BiConsumer<Recording, Examination> judge) {
    return new Rule(
        clause,
        Probes.ANY,
        TASKS,
        TaskWalk.SCRIPT,
        recording -> TaskRefusalRules.judged(recording, judge));
  }

  private static void isThere(Recording recording, Examination examination) {
    for (Exchange get : recording.exchanges(TaskWalk.FIRST).toList()) {
      if (get.errorCode().orElse(0) == Answer.INVALID_PARAMS) {
        examination.broken(
            get,
            "A task that was just returned is not found.",
            "A task is returned only when tasks/get already finds it, on any connection.",
            "tasks/get right after the creation is answered with " + Answer.told(get) + ".",
            "Store the task before you answer; wait until every node that may be asked knows it.");
      } else if (get.accepted()) {
        examination.kept();
      }
    }
  }

  /** Each task that was made after a round of questions. */
  private static void asksBefore(Recording recording, Examination examination) {
    int examined = 0;
    Map<String, List<Subject>> histories = TaskSeen.histories(recording);
    for (Subject task : TaskSeen.created(recording).toList()) {
      JsonNode sent = task.exchange().sentMessage().orElseGet(Messages::object).path("params");
      if (!sent.has("inputResponses")) {
        continue;
      }
      examined++;
      Set<JsonNode> asked = new HashSet<>();
      Seen.questions(recording)
          .filter(q -> Seen.called(q.exchange()).equals(Seen.called(task.exchange())))
          .forEach(q -> asked.add(q.node()));
      String id = task.node().path("taskId").asString("");
      boolean again =
          histories.getOrDefault(id, List.of()).stream()
              .flatMap(s -> s.node().path("inputRequests").valueStream())
              .anyMatch(asked::contains);
      if (again || task.node().has("inputRequests") || task.node().has("requestState")) {
        examination.broken(
            task.exchange(),
            task.name() + " is made before the questions of its call are settled.",
            "Questions that come before a task are asked and answered by input_required results;"
                + " only then the task is returned.",
            again
                ? "The task asks again what was answered before it was made."
                : "The new task carries inputRequests or requestState.",
            "Ask until nothing is open, and answer with the task alone.");
      } else {
        examination.kept();
      }
    }
    if (examined == 0) {
      examination.unseen("no tool asks first and becomes a task then");
    }
  }

  private static void staysCancelled(Recording recording, Examination examination) {
    int examined = 0;
    for (List<Subject> history : TaskSeen.histories(recording).values()) {
      boolean cancelled = false;
      for (Subject get : history) {
        if (cancelled) {
          examined++;
          if (TaskSeen.is(get.node(), "cancelled")) {
            examination.kept();
          } else {
            examination.broken(
                get.exchange(),
                get.name() + " says " + get.node().path("status") + " after it said cancelled.",
                "A cancelled task is returned as cancelled, from then on.",
                "The status is " + get.node().path("status") + ".",
                "Never change the status of a task that has ended.");
          }
        }
        cancelled |= TaskSeen.is(get.node(), "cancelled");
      }
    }
    if (examined == 0) {
      examination.unseen("no task was seen cancelled");
    }
  }

  private static void ignoresOtherKeys(Recording recording, Examination examination) {
    List<Exchange> updates =
        Stream.of("update-unknown-key", "update-again")
            .flatMap(recording::exchanges)
            .filter(e -> Answer.missing(e).isEmpty())
            .toList();
    if (updates.isEmpty()) {
      examination.unseen("no task asked for input");
    }
    for (Exchange update : updates) {
      boolean unknown = update.label().startsWith("update-unknown-key");
      if (update.accepted()) {
        examination.kept();
      } else {
        examination.broken(
            update,
            "tasks/update is refused because of a key "
                + (unknown ? "that was never issued." : "that was answered before."),
            "Answers to keys that are not outstanding are ignored, and the update is"
                + " acknowledged.",
            "The answer is " + Answer.told(update) + ".",
            "Take the answers that are waited for and drop the others without a word.");
      }
    }
  }

  private static void noProgress(Recording recording, Examination examination) {
    Optional<Exchange> listen = examination.exchange("listen");
    if (listen.isEmpty()) {
      return;
    }
    List<JsonNode> heard =
        listen.get().messages().stream()
            .filter(m -> m.has("method") && belongs(listen.get(), m))
            .toList();
    Optional<JsonNode> wrong =
        heard.stream()
            .filter(m -> NOT_FOR_TASKS.contains(m.path("method").asString("")))
            .findFirst();
    if (wrong.isPresent()) {
      examination.broken(
          listen.get(),
          "A subscription to a task carries " + wrong.get().path("method").asString("") + ".",
          "Neither progress nor log messages travel on the subscription of a task.",
          "Received: " + wrong.get() + ".",
          "Say on such a subscription only notifications/tasks.");
    } else if (heard.stream()
        .anyMatch(m -> m.path("method").asString("").equals("notifications/tasks"))) {
      examination.kept();
    } else {
      examination.unseen("nothing was said about a task on its subscription");
    }
  }

  /** Where requests share a connection, what belongs to a subscription names it. */
  private static boolean belongs(Exchange listen, JsonNode message) {
    JsonNode named = message.path("params").path("_meta").path(SUBSCRIPTION);
    return listen.status().isPresent()
        || listen.sentId().filter(id -> Messages.isSameId(id, named)).isPresent();
  }

  // --- the same as without a task --------------------------------------------------------------

  /** The last answer of tasks/get about each task that has ended by itself. */
  private static Stream<Subject> ends(Recording recording) {
    return TaskSeen.histories(recording).values().stream()
        .map(List::getLast)
        .filter(s -> TaskSeen.is(s.node(), "completed") || TaskSeen.is(s.node(), "failed"));
  }

  private static Optional<Exchange> plain(Recording recording, Subject end) {
    String tool = TaskSeen.tools(recording).get(TaskSeen.id(end.exchange()));
    return tool == null ? Optional.empty() : TaskSeen.plain(recording, tool);
  }

  private static boolean isToolError(JsonNode result) {
    return result.path("isError").asBoolean(false);
  }

  private static void toolErrorsComplete(Recording recording, Examination examination) {
    int examined = 0;
    for (Subject end : ends(recording).toList()) {
      boolean plainly =
          plain(recording, end)
              .flatMap(Exchange::result)
              .filter(TaskFlowRules::isToolError)
              .isPresent();
      if (TaskSeen.is(end.node(), "completed") && isToolError(end.node().path("result"))) {
        examined++;
        examination.kept();
      } else if (TaskSeen.is(end.node(), "failed") && plainly) {
        examined++;
        examination.broken(
            end.exchange(),
            end.name() + " says failed, though the tool reports an error in its result.",
            "A tool result with isError is a result: the task is completed and carries it.",
            "Called without the extension the tool answers with isError; as a task it is failed.",
            "Keep failed for JSON-RPC errors; put results with isError into result.");
      }
    }
    if (examined == 0) {
      examination.unseen("no tool that becomes a task reports an error in its result");
    }
  }

  private static void sameError(Recording recording, Examination examination) {
    int examined = 0;
    for (Subject end : ends(recording).toList()) {
      Optional<JsonNode> plainly =
          plain(recording, end)
              .flatMap(Exchange::error)
              .map(error -> error.path("code"))
              .filter(TaskFlowRules::isOfTheRequest);
      if (plainly.isEmpty()) {
        continue;
      }
      examined++;
      JsonNode code = end.node().path("error").path("code");
      if (TaskSeen.is(end.node(), "failed") && code.equals(plainly.get())) {
        examination.kept();
      } else {
        examination.broken(
            end.exchange(),
            end.name() + " does not carry the error its request ends in.",
            "A request that ends in a JSON-RPC error makes its task failed, with that error.",
            "Called without the extension the tool ends in error "
                + plainly.get()
                + "; the task is "
                + end.node().path("status")
                + " with error "
                + Answer.compact(code)
                + ".",
            "Keep the JSON-RPC error of the request as it is and put it into error.");
      }
    }
    if (examined == 0) {
      examination.unseen("no tool that becomes a task ends in a JSON-RPC error without it");
    }
  }

  /** Neither about the missing extension nor one of the server's own, which may speak of load. */
  private static boolean isOfTheRequest(JsonNode code) {
    int value = code.isIntegralNumber() ? code.intValue() : 0;
    return value >= -32768 && value <= -32000 && value != -32021;
  }

  private static void sameResult(Recording recording, Examination examination) {
    int examined = 0;
    for (Subject end : ends(recording).toList()) {
      Optional<JsonNode> plainly =
          plain(recording, end)
              .flatMap(Exchange::result)
              .filter(r -> r.path("content").isArray())
              .map(TaskSeen::outcome);
      JsonNode result = end.node().path("result");
      if (plainly.isEmpty() || !result.path("content").isArray()) {
        continue;
      }
      examined++;
      if (TaskSeen.outcome(result).equals(plainly.get())) {
        examination.kept();
      } else {
        examination.broken(
            end.exchange(),
            end.name() + " gives another result than the same call without a task.",
            "A completed task carries the result its request would have had.",
            "As a task " + TaskSeen.outcome(result) + ", without, twice, " + plainly.get() + ".",
            "Keep the result of the tool as it is and put it into result.");
      }
    }
    if (examined == 0) {
      examination.unseen("no tool that becomes a task gives a client without tasks the same twice");
    }
  }

  // --- ids -------------------------------------------------------------------------------------

  private static void cannotBeGuessed(Recording recording, Examination examination) {
    Map<String, Exchange> ids = new LinkedHashMap<>();
    List<Subject> all = TaskSeen.created(recording).toList();
    for (Subject task : all) {
      ids.put(task.node().path("taskId").asString(""), task.exchange());
    }
    if (all.size() < GuessableIds.ENOUGH) {
      examination.unseen("only " + all.size() + " tasks were made");
      return;
    }
    Optional<String> pattern =
        ids.size() < all.size()
            ? Optional.of("Two tasks have the same id.")
            : GuessableIds.pattern(List.copyOf(ids.keySet()));
    if (pattern.isEmpty()) {
      examination.kept();
    } else {
      examination.broken(
          all.getLast().exchange(),
          pattern.get(),
          "The id of a task may be all it takes to see it, so nobody can guess or enumerate ids.",
          "The last ids are "
              + ids.keySet().stream().skip(Math.max(0, ids.size() - 3)).toList()
              + ".",
          "Make up ids from at least 122 bits of a random generator for secrets, as a random UUID"
              + " has.");
    }
  }
}
