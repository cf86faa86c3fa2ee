package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A task that a script follows: what was seen of it last, and what was answered. */
final class LiveTask {
  /** The statuses a task does not leave. */
  static final Set<String> ENDED = Set.of("completed", "failed", "cancelled");

  private final CallableTool tool;
  private final String id;
  private final Set<String> answered = new HashSet<>();
  private JsonNode last = Messages.object();
  private boolean wasWorking;
  private boolean asked;

  LiveTask(CallableTool tool, String id) {
    this.tool = tool;
    this.id = id;
  }

  CallableTool tool() {
    return tool;
  }

  String id() {
    return id;
  }

  /** The keys that were answered; to be added to. */
  Set<String> answered() {
    return answered;
  }

  /** Takes down an answer of tasks/get; an error changes nothing. */
  void saw(Exchange get) {
    get.result().ifPresent(result -> last = result);
    wasWorking |= status().equals("working");
  }

  private String status() {
    return last.path("status").asString("");
  }

  boolean ended() {
    return ENDED.contains(status());
  }

  /** Whether it was seen working at any time. */
  boolean wasWorking() {
    return wasWorking;
  }

  boolean asks() {
    return status().equals("input_required");
  }

  /** True once. */
  boolean firstTime() {
    boolean first = !asked;
    asked = true;
    return first;
  }

  /** What it asks and nobody has answered. */
  Map<String, JsonNode> unanswered() {
    Map<String, JsonNode> open = new LinkedHashMap<>();
    last.path("inputRequests").properties().stream()
        .filter(request -> !answered.contains(request.getKey()))
        .forEach(request -> open.put(request.getKey(), request.getValue()));
    return open;
  }
}
