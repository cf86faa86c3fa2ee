package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Every.Subject;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a recording shows of the tasks of the extension. */
final class TaskSeen {
  static final String NO_TASK = "no tool that may be called became a task";

  private TaskSeen() {}

  static boolean isTask(JsonNode result) {
    return result.path("taskId").isString() && result.path("status").isString();
  }

  /** Every task that was made for a client that declared the extension. */
  static Stream<Subject> created(Recording recording) {
    return Seen.results(recording, "tools/call")
        .filter(s -> declares(s.exchange()) && isTask(s.node()))
        .map(s -> new Subject(s.exchange(), "The task of " + Seen.called(s.exchange()), s.node()));
  }

  /** Whether the request declared the extension. */
  static boolean declares(Exchange exchange) {
    return exchange
        .sentMessage()
        .map(
            m ->
                m.path("params")
                    .path("_meta")
                    .path(Draft.META_CAPABILITIES)
                    .path("extensions")
                    .has(TaskWalk.EXTENSION))
        .orElse(false);
  }

  /** The task a request is about. */
  static String id(Exchange exchange) {
    return exchange.sentMessage().map(m -> m.path("params").path("taskId").asString("")).orElse("");
  }

  /** The tools that became tasks, by the id of the task. */
  static Map<String, String> tools(Recording recording) {
    return created(recording)
        .collect(
            Collectors.toMap(
                s -> s.node().path("taskId").asString(""),
                s -> Seen.called(s.exchange()),
                (one, _) -> one));
  }

  /** Every answer of tasks/get, named by the tool of its task. */
  static Stream<Subject> gets(Recording recording) {
    Map<String, String> tools = tools(recording);
    return Seen.results(recording, "tasks/get")
        .map(
            s ->
                new Subject(
                    s.exchange(),
                    "tasks/get of the task of " + tools.getOrDefault(id(s.exchange()), "a tool"),
                    s.node()));
  }

  static Stream<Subject> gets(Recording recording, String status) {
    return gets(recording).filter(s -> is(s.node(), status));
  }

  static boolean is(JsonNode task, String status) {
    return task.path("status").asString("").equals(status);
  }

  /** The answers of tasks/get by task, in order. */
  static Map<String, List<Subject>> histories(Recording recording) {
    return gets(recording)
        .collect(
            Collectors.groupingBy(s -> id(s.exchange()), LinkedHashMap::new, Collectors.toList()));
  }

  /**
   * What a client without the extension got twice from that tool.
   *
   * @return empty when the two answers differ or one is missing
   */
  static Optional<Exchange> plain(Recording recording, String tool) {
    List<Exchange> twice =
        recording
            .exchanges(TaskWalk.PLAIN)
            .filter(e -> Seen.called(e).equals(tool) && e.response().isPresent())
            .toList();
    boolean same = twice.size() == 2 && told(twice.get(0)).equals(told(twice.get(1)));
    return same ? Optional.of(twice.get(0)) : Optional.empty();
  }

  /** What makes two answers the same: content, or code. */
  private static JsonNode told(Exchange exchange) {
    return exchange
        .error()
        .map(error -> error.path("code"))
        .or(() -> exchange.result().map(TaskSeen::outcome))
        .orElseGet(Messages::object);
  }

  /** The part of a tool result that says how it went. */
  static JsonNode outcome(JsonNode result) {
    var outcome = Messages.object();
    for (String member : List.of("content", "structuredContent")) {
      if (result.has(member)) {
        outcome.set(member, result.path(member));
      }
    }
    return outcome.put("isError", result.path("isError").asBoolean(false));
  }
}
