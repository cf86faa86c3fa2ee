package dev.plumbline.server.mutant;

import dev.plumbline.server.feature.Method;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Defects in tasks of the handshake era that ask their client, or fail. */
final class HandshakeTaskAskMutants {
  private static final String GET = "tasks/get";
  private static final String ELICIT = "elicitation/create";
  private static final String META = "_meta";
  private static final String RELATED = "io.modelcontextprotocol/related-task";
  private static final String STATUS = "status";
  private static final String WAITING = "input_required";

  private HandshakeTaskAskMutants() {}

  static List<Mutant> all() {
    return List.of(
        // TASK-026, TASK-029
        Planting.handshakeResult(
            "task-asks-while-working",
            GET,
            task -> {
              if (task.path(STATUS).asString("").equals(WAITING)) {
                task.put(STATUS, "working");
              }
            }),
        Planting.handshakeResult("task-waits-for-ever", GET, waiting()),
        // TASK-027, TASK-040
        HandshakeSaidMutants.params(
            "task-question-unrelated", ELICIT, p -> p.withObjectProperty(META).remove(RELATED)),
        HandshakeSaidMutants.params(
            "task-question-of-another",
            ELICIT,
            p -> {
              if (p.path(META).path(RELATED) instanceof ObjectNode related) {
                related.put("taskId", "another");
              }
            }),
        // TASK-045
        HandshakeSaidMutants.params(
            "task-status-related",
            "notifications/tasks/status",
            p ->
                p.withObjectProperty(META)
                    .putObject(RELATED)
                    .set("taskId", p.path("taskId").deepCopy())),
        // TASK-059
        Planting.handshakeResult(
            "task-failure-untold",
            GET,
            task -> {
              if (task.path(STATUS).asString("").equals("failed")) {
                task.remove("statusMessage");
              }
            }),
        // TASK-060
        Planting.handshakeMethod("task-error-becomes-result", "tasks/result", (_, m) -> kind(m)));
  }

  /** Who has waited for its client once says so for good. */
  private static Consumer<ObjectNode> waiting() {
    Set<String> waited = ConcurrentHashMap.newKeySet();
    return task -> {
      String id = task.path("taskId").asString("");
      if (task.path(STATUS).asString("").equals(WAITING)) {
        waited.add(id);
      } else if (waited.contains(id)) {
        task.put(STATUS, WAITING);
      }
    };
  }

  private static Method kind(Method original) {
    return (context, params) -> {
      try {
        return original.call(context, params);
      } catch (RpcException e) {
        if (!e.error().is(ErrorCode.INTERNAL_ERROR)) {
          throw e;
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("isError", true);
        result.putArray("content").addObject().put("type", "text").put("text", "it broke");
        result.putObject(META).putObject(RELATED).set("taskId", params.path("taskId").deepCopy());
        return result;
      }
    };
  }
}
