package dev.plumbline.conformance.rule.stateless;

import static dev.plumbline.conformance.rule.stateless.TaskRules.TASKS;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Rules on what is refused about tasks, and how, page {@code extensions/tasks-extension/tasks}:
 * each with a lawful twin that is served.
 */
public final class TaskRefusalRules {
  private static final int MISSING_CAPABILITY = -32021;

  /** Errors that say something about the request; others may speak of load or of the tool. */
  private static final Set<Integer> STANDARD = Set.of(-32600, -32601, -32602, -32603);

  private static final List<String> METHODS = List.of("get", "update", "cancel");

  private TaskRefusalRules() {}

  /** The page's rules on refusals. */
  public static List<Rule> rules() {
    return List.of(
        over("TASK-501", TaskRefusalRules::onlyToDeclaring),
        over("TASK-504", TaskRefusalRules::namesTheExtension),
        over("TASK-530", (_, examination) -> unknownUpdate(examination)),
        over("TASK-536", TaskRefusalRules::refusesToTell),
        over("TASK-539", (_, examination) -> standardErrors(examination)),
        over("TASK-540", (_, examination) -> unknown("get", examination)),
        over("TASK-541", (_, examination) -> unknownOthers(examination)),
        over("TASK-543", (_, examination) -> undeclared(examination)),
        over("TASK-544", (_, examination) -> informs(examination)));
  }

  private static Rule over(String clause, BiConsumer<Recording, Examination> judge) {
    return new Rule(
        clause, Probes.ANY, TASKS, TaskWalk.SCRIPT, recording -> judged(recording, judge));
  }

  /** Runs the judge where lawful requests are served and a task was created. */
  static Verdict judged(Recording recording, BiConsumer<Recording, Examination> judge) {
    Examination examination = new Examination(recording);
    if (examination.served(Probes.LAWFUL)) {
      if (TaskSeen.created(recording).findAny().isEmpty()) {
        examination.unseen(TaskSeen.NO_TASK);
      } else {
        judge.accept(recording, examination);
      }
    }
    return examination.verdict();
  }

  // --- clients that do not know tasks ----------------------------------------------------------

  private static void onlyToDeclaring(Recording recording, Examination examination) {
    for (Exchange plain : recording.exchanges(TaskWalk.PLAIN).toList()) {
      boolean task =
          plain
              .result()
              .filter(r -> TaskSeen.isTask(r) || r.path("resultType").asString("").equals("task"))
              .isPresent();
      if (task) {
        examination.broken(
            plain,
            "A client that did not declare the extension gets a task from "
                + Seen.called(plain)
                + ".",
            "A task is returned only to a client that declares "
                + TaskWalk.EXTENSION
                + " on that very request, whatever it declared before.",
            "The answer is a task.",
            "Look at the capabilities of the request before making a task.");
      } else if (Answer.missing(plain).isEmpty()) {
        examination.kept();
      }
    }
  }

  private static void namesTheExtension(Recording recording, Examination examination) {
    int examined = 0;
    Map<String, String> tools = TaskSeen.tools(recording);
    Set<String> failing =
        TaskSeen.gets(recording, "failed")
            .map(s -> tools.getOrDefault(TaskSeen.id(s.exchange()), ""))
            .collect(Collectors.toSet());
    for (Exchange plain : recording.exchanges(TaskWalk.PLAIN).toList()) {
      int code = plain.errorCode().orElse(0);
      boolean sameError = failing.contains(Seen.called(plain));
      if (code == MISSING_CAPABILITY || (STANDARD.contains(code) && !sameError)) {
        examined++;
        namesIt(plain, "A call that is only served as a task", examination);
      }
    }
    if (examined == 0) {
      examination.unseen("every tool that becomes a task serves clients without tasks as well");
    }
  }

  private static void namesIt(Exchange refused, String what, Examination examination) {
    boolean named =
        refused
            .error()
            .map(e -> e.path("data").path("requiredCapabilities").path("extensions"))
            .filter(extensions -> extensions.has(TaskWalk.EXTENSION))
            .isPresent();
    if (refused.errorCode().orElse(0) == MISSING_CAPABILITY && named) {
      examination.kept();
    } else {
      examination.broken(
          refused,
          what + " is not refused as one that needs the extension.",
          what
              + " is refused with error -32021 whose data.requiredCapabilities.extensions names "
              + TaskWalk.EXTENSION
              + ".",
          "The answer is "
              + refused.error().map(JsonNode::toString).orElseGet(() -> Answer.told(refused))
              + ".",
          "Answer clients without the extension with -32021 and say in its data what is missing.");
    }
  }

  private static void refusesToTell(Recording recording, Examination examination) {
    boolean listens =
        recording
            .exchange("listen")
            .filter(
                e ->
                    e.messages().stream()
                        .anyMatch(
                            m ->
                                m.path("method")
                                    .asString("")
                                    .equals("notifications/subscriptions/acknowledged")))
            .isPresent();
    Optional<Exchange> refused = recording.exchange("listen-undeclared");
    if (!listens || refused.isEmpty()) {
      examination.unseen("no subscription to a task could be opened");
    } else if (refused.get().messages().isEmpty()) {
      examination.unseen(Answer.told(refused.get()));
    } else {
      namesIt(
          refused.get(),
          "A subscription to tasks by a client that did not declare the extension",
          examination);
    }
  }

  private static void undeclared(Examination examination) {
    for (String method : METHODS) {
      if (examination.served("known-" + method)) {
        examination
            .answered("undeclared-" + method)
            .ifPresent(
                e ->
                    refused(
                        e,
                        "tasks/" + method + " by a client that did not declare the extension",
                        Set.of(MISSING_CAPABILITY),
                        examination));
      }
    }
  }

  // --- tasks that are not there ----------------------------------------------------------------

  private static void unknown(String method, Examination examination) {
    if (examination.served("known-" + method)) {
      examination
          .answered("unknown-" + method)
          .ifPresent(
              e ->
                  refused(
                      e,
                      "tasks/" + method + " of a task that does not exist",
                      Set.of(Answer.INVALID_PARAMS),
                      examination));
    }
  }

  /** That an error comes at all is another clause. */
  private static void unknownOthers(Examination examination) {
    unknown("cancel", examination);
    examination
        .exchange("unknown-update")
        .filter(e -> e.error().isPresent())
        .ifPresent(e -> unknown("update", examination));
  }

  private static void unknownUpdate(Examination examination) {
    if (examination.served("known-update")) {
      examination
          .answered("unknown-update")
          .ifPresent(
              e -> {
                if (e.error().isPresent()) {
                  examination.kept();
                } else {
                  examination.broken(
                      e,
                      "tasks/update of a task that does not exist is acknowledged.",
                      "tasks/update of an unknown task is answered with a JSON-RPC error.",
                      "The answer is " + Answer.told(e) + ".",
                      "Look the task up first and answer -32602 when there is none.");
                }
              });
    }
  }

  private static void standardErrors(Examination examination) {
    for (String method : METHODS) {
      Set<Integer> lawful =
          method.equals("get") ? Set.of(Answer.INVALID_PARAMS) : Set.of(-32600, -32602, -32603);
      if (examination.served("known-" + method)) {
        for (String kind : List.of("missing-", "number-")) {
          examination
              .answered(kind + method)
              .filter(e -> !isAboutHeaders(e))
              .ifPresent(
                  e ->
                      refused(
                          e,
                          "tasks/"
                              + method
                              + (kind.equals("missing-")
                                  ? " without a taskId"
                                  : " with a number as taskId"),
                          lawful,
                          examination));
        }
      }
    }
  }

  /** Without a taskId there is no lawful Mcp-Name: a server may look at that first. */
  private static boolean isAboutHeaders(Exchange exchange) {
    return exchange.errorCode().orElse(0) == -32020;
  }

  private static void refused(
      Exchange exchange, String what, Set<Integer> codes, Examination examination) {
    String wanted = "error " + codes.stream().sorted().map(String::valueOf).toList();
    String told = wanted.replace("[", "").replace("]", "").replace(", ", " or ");
    if (codes.contains(exchange.errorCode().orElse(0))) {
      examination.kept();
    } else {
      examination.broken(
          exchange,
          what + " is answered with " + Answer.told(exchange) + " instead of " + told + ".",
          what + " is refused with " + told + ".",
          "The answer is " + Answer.told(exchange) + ".",
          "Check this before anything else is done, and answer with that error.");
    }
  }

  private static void informs(Examination examination) {
    Optional<Exchange> unknown = examination.answered("unknown-get");
    Optional<Exchange> undeclared = examination.answered("undeclared-get");
    if (unknown.isEmpty() || undeclared.isEmpty()) {
      return;
    }
    if (unknown.get().error().isEmpty() || undeclared.get().error().isEmpty()) {
      examination.unseen("tasks/get is not refused");
      return;
    }
    String one = message(unknown.get());
    String other = message(undeclared.get());
    if (!one.isBlank() && !other.isBlank() && !one.equals(other)) {
      examination.kept();
    } else {
      examination.broken(
          unknown.get(),
          "Errors about tasks do not say what caused them.",
          "The message of an error describes its cause: an unknown task and a missing capability"
              + " are told apart.",
          "An unknown task is told \"" + one + "\", a missing capability \"" + other + "\".",
          "Say in message what is wrong with the request.");
    }
  }

  private static String message(Exchange exchange) {
    return exchange.error().orElseGet(Messages::object).path("message").asString("");
  }
}
