package dev.plumbline.server.mutant;

import dev.plumbline.server.era.SaidShape;
import dev.plumbline.server.feature.Method;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Defects in the tasks of the handshake era. */
final class HandshakeTaskMutants {
  private static final String GET = "tasks/get";
  private static final String LIST = "tasks/list";
  private static final String RESULT = "tasks/result";
  private static final String CANCEL = "tasks/cancel";
  private static final String CALL = "tools/call";
  private static final String META = "_meta";
  private static final long FOR_EVER = 31_536_000_000_000L;

  private HandshakeTaskMutants() {}

  static List<Mutant> all() {
    return List.of(
        // TASK-003
        Planting.handshake("task-undeclared", parts -> parts.withSaid(askingForATask())),
        // TASK-006
        Planting.handshakeMethod("task-forbidden-served", CALL, (_, m) -> servingAnyway(m)),
        // TASK-017
        Planting.handshakeResult("task-id-number", LIST, HandshakeTaskMutants::numbered),
        // TASK-018
        created("task-id-as-wished", task -> task.put("taskId", "plumbline-own-task-id")),
        // TASK-019
        created("task-id-again", firstIdAgain()),
        // TASK-020
        created("task-begins-completed", task -> task.put("status", "completed")),
        // TASK-021
        Planting.handshakeResult("task-status-unknown", LIST, HandshakeTaskMutants::done),
        // TASK-022
        Planting.handshakeResult("task-fails-later", GET, second("completed", "failed")),
        // TASK-030, TASK-031, TASK-032
        Planting.handshakeResult("task-created-yesterday", LIST, each("createdAt", "yesterday")),
        Planting.handshakeResult(
            "task-updated-before-created", LIST, each("lastUpdatedAt", "2000-01-01T00:00:00Z")),
        Planting.handshakeResult("task-without-ttl", GET, result -> result.remove("ttl")),
        // TASK-034
        Planting.handshakeResult(
            "task-beside-content",
            CALL,
            result -> {
              if (result.has("task")) {
                result.putArray("content");
              }
            }),
        // TASK-036, TASK-038
        Planting.handshakeResult("task-result-without-content", RESULT, r -> r.remove("content")),
        Planting.handshakeResult(
            "task-result-differs", RESULT, result -> result.put("isError", true)),
        // TASK-043
        Planting.handshakeResult(
            "task-list-names-task",
            LIST,
            result ->
                result
                    .withObjectProperty(META)
                    .putObject("io.modelcontextprotocol/related-task")
                    .put("taskId", "a")),
        // TASK-049
        Planting.handshakeResult("task-not-listed", LIST, result -> result.putArray("tasks")),
        // TASK-050
        Planting.handshakeMethod(
            "task-cancelled-late",
            CANCEL,
            (parts, m) -> insteadOfError(m, parts.handshake().methods().find(GET))),
        // TASK-051
        Planting.handshakeResult(
            "task-cancel-says-working", CANCEL, result -> result.put("status", "working")),
        // TASK-052
        Planting.handshakeResult("task-revived", GET, second("cancelled", "completed")),
        // TASK-054, PROG-006
        Planting.handshake(
            "task-report-unrelated",
            parts -> parts.withSaid(report(params -> params.remove(META)))),
        Planting.handshake(
            "task-report-other-token",
            parts -> parts.withSaid(report(params -> params.put("progressToken", "other")))),
        // TASK-056
        Planting.handshakeResult("task-result-unrelated", RESULT, r -> r.remove(META)),
        // TASK-072
        Planting.handshakeMethod("unknown-task-internal-error", RESULT, (_, m) -> internal(m)),
        // TASK-073
        Planting.handshakeMethod("task-cursor-ignored", LIST, (_, m) -> startingOver(m)),
        // TASK-077
        created("task-kept-for-ever", task -> task.put("ttl", FOR_EVER)));
  }

  private static Mutant created(String name, Consumer<ObjectNode> spoil) {
    return Planting.handshakeResult(
        name,
        CALL,
        result -> {
          if (result.path("task") instanceof ObjectNode task) {
            spoil.accept(task);
          }
        });
  }

  private static Consumer<ObjectNode> firstIdAgain() {
    AtomicReference<String> first = new AtomicReference<>();
    return task -> {
      first.compareAndSet(null, task.path("taskId").asString(""));
      task.put("taskId", first.get());
    };
  }

  /** Every second time that one status is told another one is told instead. */
  private static Consumer<ObjectNode> second(String status, String other) {
    AtomicInteger told = new AtomicInteger();
    return task -> {
      if (task.path("status").asString("").equals(status) && told.incrementAndGet() % 2 == 0) {
        task.put("status", other);
      }
    };
  }

  private static Consumer<ObjectNode> each(String member, String value) {
    return result -> result.path("tasks").forEach(task -> ((ObjectNode) task).put(member, value));
  }

  private static void done(ObjectNode result) {
    result.path("tasks").forEach(task -> ((ObjectNode) task).put("status", "done"));
  }

  private static void numbered(ObjectNode result) {
    ArrayNode tasks = result.withArrayProperty("tasks");
    if (!tasks.isEmpty()) {
      tasks.add(((ObjectNode) tasks.get(0)).deepCopy().put("taskId", 7));
    }
  }

  private static Method servingAnyway(Method original) {
    return (context, params) -> {
      try {
        return original.call(context, params);
      } catch (RpcException e) {
        if (!params.has("task") || !e.error().is(ErrorCode.METHOD_NOT_FOUND)) {
          throw e;
        }
        ObjectNode plain = params.deepCopy();
        plain.remove("task");
        return original.call(context, plain);
      }
    };
  }

  /** A task that has ended is shown instead of refused; unknown ones are refused as ever. */
  private static Method insteadOfError(Method original, Optional<Method> get) {
    return (context, params) -> {
      try {
        return original.call(context, params);
      } catch (RpcException e) {
        return get.orElseThrow().call(context, params);
      }
    };
  }

  private static Method internal(Method original) {
    return (context, params) -> {
      try {
        return original.call(context, params);
      } catch (RpcException e) {
        if (!e.error().is(ErrorCode.INVALID_PARAMS)) {
          throw e;
        }
        throw new RpcException(RpcError.of(ErrorCode.INTERNAL_ERROR));
      }
    };
  }

  private static Method startingOver(Method original) {
    return (context, params) -> {
      ObjectNode plain = params.deepCopy();
      plain.remove("cursor");
      return original.call(context, plain);
    };
  }

  private static SaidShape askingForATask() {
    return (_, message) -> {
      ObjectNode tree = read(message);
      if (tree.path("method").asString("").equals("elicitation/create")) {
        tree.withObjectProperty("params").set("task", JsonNodeFactory.instance.objectNode());
      }
      return List.of(write(tree));
    };
  }

  /** Spoils the reports of progress that belong to a task. */
  private static SaidShape report(Consumer<ObjectNode> spoil) {
    return (_, message) -> {
      ObjectNode tree = read(message);
      ObjectNode params = tree.withObjectProperty("params");
      if (!tree.path("method").asString("").equals("notifications/progress") || !params.has(META)) {
        return List.of(message);
      }
      spoil.accept(params);
      return List.of(write(tree));
    };
  }

  private static ObjectNode read(byte[] message) {
    return (ObjectNode) JsonLimits.mapper().readTree(new String(message, StandardCharsets.UTF_8));
  }

  private static byte[] write(ObjectNode message) {
    return message.toString().getBytes(StandardCharsets.UTF_8);
  }
}
