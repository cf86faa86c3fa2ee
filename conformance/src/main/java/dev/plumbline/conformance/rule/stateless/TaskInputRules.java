package dev.plumbline.conformance.rule.stateless;

import static dev.plumbline.conformance.rule.stateless.TaskRules.TASKS;

import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/** Rules on what tasks ask while they work, page {@code extensions/tasks-extension/tasks}. */
public final class TaskInputRules {
  private TaskInputRules() {}

  /** The page's rules on questions of tasks. */
  public static List<Rule> rules() {
    return List.of(
        over("TASK-518", TaskInputRules::holdsAllThatIsOpen),
        over("TASK-527", (r, examination) -> oneQuestionPerKey(r, examination, false)),
        over("TASK-528", (r, examination) -> oneQuestionPerKey(r, examination, true)));
  }

  private static Rule over(String clause, BiConsumer<Recording, Examination> judge) {
    return new Rule(
        clause,
        Probes.ANY,
        TASKS,
        TaskWalk.SCRIPT,
        recording -> TaskRefusalRules.judged(recording, judge));
  }

  /** What a task went through: the polls that asked, and the updates that were acknowledged. */
  private static List<List<Exchange>> histories(Recording recording) {
    Map<String, List<Exchange>> histories = new HashMap<>();
    List<List<Exchange>> inOrder = new ArrayList<>();
    for (Exchange exchange : recording.exchanges()) {
      String method = Seen.method(exchange);
      if ((method.equals("tasks/get") || method.equals("tasks/update")) && exchange.accepted()) {
        histories
            .computeIfAbsent(
                TaskSeen.id(exchange),
                _ -> {
                  List<Exchange> fresh = new ArrayList<>();
                  inOrder.add(fresh);
                  return fresh;
                })
            .add(exchange);
      }
    }
    return inOrder;
  }

  private static JsonNode requests(Exchange get) {
    return get.result()
        .filter(r -> TaskSeen.is(r, "input_required"))
        .map(r -> r.path("inputRequests"))
        .orElseGet(Messages::object);
  }

  private static JsonNode responses(Exchange update) {
    return update.sentMessage().orElseGet(Messages::object).path("params").path("inputResponses");
  }

  private static boolean isGet(Exchange exchange) {
    return Seen.method(exchange).equals("tasks/get");
  }

  // --- all that is open ------------------------------------------------------------------------

  private static void holdsAllThatIsOpen(Recording recording, Examination examination) {
    int examined = 0;
    for (List<Exchange> history : histories(recording)) {
      Map<String, JsonNode> seen = new HashMap<>();
      Set<String> answered = new HashSet<>();
      for (Exchange exchange : history) {
        if (!isGet(exchange)) {
          responses(exchange).propertyNames().stream()
              .filter(seen::containsKey)
              .forEach(answered::add);
          continue;
        }
        JsonNode asked = requests(exchange);
        boolean partly = !answered.isEmpty() && answered.size() < seen.size();
        boolean news = asked.propertyNames().stream().anyMatch(key -> !seen.containsKey(key));
        if (partly && !asked.isEmpty() && !news) {
          examined++;
          allOf(open(seen, answered), asked, exchange, examination);
        }
        asked
            .properties()
            .forEach(request -> seen.putIfAbsent(request.getKey(), request.getValue()));
      }
    }
    if (examined == 0) {
      examination.unseen("no task asked for several things and waited for the rest");
    }
  }

  private static Map<String, JsonNode> open(Map<String, JsonNode> seen, Set<String> answered) {
    Map<String, JsonNode> open = new TreeMap<>(seen);
    open.keySet().removeAll(answered);
    return open;
  }

  private static void allOf(
      Map<String, JsonNode> open, JsonNode asked, Exchange get, Examination examination) {
    Optional<String> missing =
        open.entrySet().stream()
            .filter(q -> !asked.has(q.getKey()))
            .filter(q -> asked.valueStream().noneMatch(q.getValue()::equals))
            .map(Map.Entry::getKey)
            .findFirst();
    if (missing.isEmpty()) {
      examination.kept();
    } else {
      examination.broken(
          get,
          "A task that waits for an answer to " + missing.get() + " does not ask for it.",
          "inputRequests holds every question that is still open, not only some of them.",
          "inputRequests holds " + asked.propertyNames() + ".",
          "List all open questions in every answer of tasks/get until each is answered.");
    }
  }

  // --- one question per key --------------------------------------------------------------------

  /**
   * @param after whether keys are judged from their answer on, or until then
   */
  private static void oneQuestionPerKey(
      Recording recording, Examination examination, boolean after) {
    for (List<Exchange> history : histories(recording)) {
      Map<String, JsonNode> first = new HashMap<>();
      Set<String> answered = new HashSet<>();
      for (Exchange exchange : history) {
        if (!isGet(exchange)) {
          responses(exchange).propertyNames().stream()
              .filter(first::containsKey)
              .forEach(answered::add);
          continue;
        }
        JsonNode asked = requests(exchange);
        first.forEach(
            (key, question) -> {
              if (answered.contains(key) == after && (after || asked.has(key))) {
                judge(key, question, asked.path(key), exchange, examination);
              }
            });
        asked
            .properties()
            .forEach(request -> first.putIfAbsent(request.getKey(), request.getValue()));
      }
    }
  }

  private static void judge(
      String key, JsonNode before, JsonNode now, Exchange get, Examination examination) {
    if (now.isMissingNode() || now.equals(before)) {
      examination.kept();
      return;
    }
    examination.broken(
        get,
        "The key " + key + " stands for two different questions of one task.",
        "A key of inputRequests stands for one question as long as the task lives, also after its"
            + " answer.",
        "First " + before + ", now " + now + ".",
        "Make up a fresh key for every question of a task.");
  }
}
