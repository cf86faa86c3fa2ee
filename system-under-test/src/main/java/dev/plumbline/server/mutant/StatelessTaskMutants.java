package dev.plumbline.server.mutant;

import dev.plumbline.server.era.MethodTable;
import dev.plumbline.server.feature.Context;
import dev.plumbline.server.feature.Method;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Defects in the tasks of the stateless era. */
final class StatelessTaskMutants {
  private static final String EXTENSION = "io.modelcontextprotocol/tasks";
  private static final String CALL = "tools/call";
  private static final String GET = "tasks/get";
  private static final String UPDATE = "tasks/update";
  private static final String CANCEL = "tasks/cancel";
  private static final String LISTEN = "subscriptions/listen";
  private static final String TYPE = "resultType";
  private static final String ID = "taskId";
  private static final String STATUS = "status";
  private static final String REQUESTS = "inputRequests";
  private static final String RESPONSES = "inputResponses";

  private StatelessTaskMutants() {}

  static List<Mutant> all() {
    return List.of(
        // TASK-501
        Planting.statelessMethod("task-to-anyone", CALL, (_, m) -> lastTaskToAnyone(m)),
        // TASK-504
        Planting.statelessError(
            "task-capability-unnamed",
            CALL,
            error -> {
              if (error.path("data").path("requiredCapabilities").has("extensions")) {
                error.remove("data");
              }
            }),
        // TASK-506
        created("task-says-complete", task -> task.put(TYPE, "complete")),
        // TASK-507
        Planting.statelessMethod("result-says-task", CALL, (_, m) -> sayingTask(m)),
        // TASK-508
        status("task-failed-with-result", "failed", task -> task.putObject("result")),
        // TASK-509
        Planting.statelessMethod("task-found-late", GET, (_, m) -> secondTimeOnly(m)),
        // TASK-511
        Planting.statelessMethod("task-before-its-answers", CALL, (_, m) -> withState(m)),
        // TASK-515, TASK-516, TASK-517
        status("task-status-running", "working", task -> task.put(STATUS, "running")),
        status("task-working-with-result", "working", task -> task.putObject("result")),
        status("task-asks-for-nothing", "input_required", task -> task.remove(REQUESTS)),
        // TASK-518
        Planting.statelessMethod("task-forgets-question", GET, (_, m) -> answeredOnly(m)),
        // TASK-519
        status("task-without-result", "completed", task -> task.remove("result")),
        // TASK-520
        status("task-works-again", "cancelled", every(2, task -> task.put(STATUS, "working"))),
        // TASK-521
        status(
            "task-error-without-code",
            "failed",
            task -> task.withObjectProperty("error").remove("code")),
        // TASK-522
        Planting.statelessResult("task-get-says-task", GET, result -> result.put(TYPE, "task")),
        // TASK-527
        status("task-key-of-two-questions", "input_required", anotherQuestion()),
        // TASK-528
        Planting.statelessMethod("task-key-again", GET, (_, m) -> underAnsweredKey(m)),
        // TASK-529, TASK-533, TASK-535
        Planting.statelessResult("task-update-shows-task", UPDATE, r -> r.put(STATUS, "working")),
        Planting.statelessResult("task-update-accepted", UPDATE, r -> r.put(TYPE, "accepted")),
        Planting.statelessResult("task-cancel-accepted", CANCEL, r -> r.put(TYPE, "accepted")),
        // TASK-530, TASK-541
        Planting.statelessMethod("task-update-of-nothing", UPDATE, (_, m) -> acknowledging(m)),
        Planting.statelessMethod(
            "task-cancel-of-nothing-internal", CANCEL, (_, m) -> internal(m, true)),
        // TASK-532
        Planting.statelessMethod(
            "task-refuses-other-keys",
            UPDATE,
            (parts, m) -> onlyOpenKeys(m, parts.stateless().methods())),
        // TASK-536
        Planting.statelessMethod("task-told-to-anyone", LISTEN, (_, m) -> withoutFilter(m)),
        // TASK-537
        Planting.statelessSays(
            "task-progress-on-subscription",
            LISTEN,
            request ->
                request.params().path("notifications").has("taskIds")
                    ? List.of(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":"
                            + "{\"progressToken\":\"plumbline-task\",\"progress\":1}}")
                    : List.of()),
        // TASK-539, TASK-540
        Planting.statelessMethod("task-without-id-internal", GET, (_, m) -> internal(m, false)),
        Planting.statelessMethod("task-unknown-internal", GET, (_, m) -> internal(m, true)),
        // TASK-543
        Planting.statelessMethod("task-cancelled-by-anyone", CANCEL, (_, m) -> forAnyone(m)),
        // TASK-544
        Planting.statelessError("task-error-says-nothing", GET, e -> e.put("message", "Error")),
        // TASK-545
        status("task-fails-silently", "failed", task -> task.remove("statusMessage")),
        // TASK-547
        status("task-tool-error-fails", "completed", StatelessTaskMutants::failForToolError),
        // TASK-549
        status(
            "task-error-replaced",
            "failed",
            task -> task.withObjectProperty("error").put("code", -32600)),
        // TASK-550
        status(
            "task-result-replaced",
            "completed",
            task ->
                task.withObjectProperty("result")
                    .putArray("content")
                    .addObject()
                    .put("type", "text")
                    .put("text", "done")),
        // TASK-551
        Planting.stateless("task-ids-counted", parts -> parts.withMethods(counted())));
  }

  private static Mutant created(String name, Consumer<ObjectNode> spoil) {
    return Planting.statelessResult(
        name,
        CALL,
        result -> {
          if (result.has(ID)) {
            spoil.accept(result);
          }
        });
  }

  /** Spoils each answer of tasks/get that shows this status. */
  private static Mutant status(String name, String status, Consumer<ObjectNode> spoil) {
    return Planting.statelessResult(
        name,
        GET,
        task -> {
          if (task.path(STATUS).asString("").equals(status)) {
            spoil.accept(task);
          }
        });
  }

  private static Consumer<ObjectNode> every(int times, Consumer<ObjectNode> spoil) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      if (count.incrementAndGet() % times == 0) {
        spoil.accept(task);
      }
    };
  }

  private static boolean declares(Context context) {
    return context.clientCapabilities().path("extensions").has(EXTENSION);
  }

  private static Method lastTaskToAnyone(Method original) {
    Map<String, ObjectNode> last = new ConcurrentHashMap<>();
    return (context, params) -> {
      String tool = params.path("name").asString("");
      ObjectNode known = last.get(tool);
      if (!declares(context) && known != null) {
        return known.deepCopy();
      }
      ObjectNode result = original.call(context, params);
      if (result.has(ID)) {
        last.put(tool, result.deepCopy());
      }
      return result;
    };
  }

  private static Method sayingTask(Method original) {
    return (context, params) -> {
      ObjectNode result = original.call(context, params);
      return declares(context) && !result.has(ID) ? result.put(TYPE, "task") : result;
    };
  }

  private static Method secondTimeOnly(Method original) {
    Set<String> asked = ConcurrentHashMap.newKeySet();
    return (context, params) -> {
      ObjectNode result = original.call(context, params);
      if (asked.add(params.path(ID).asString(""))) {
        throw RpcException.invalidParams("not yet");
      }
      return result;
    };
  }

  private static Method withState(Method original) {
    return (context, params) -> {
      ObjectNode result = original.call(context, params);
      return result.has(ID) && params.has(RESPONSES) ? result.put("requestState", "x") : result;
    };
  }

  // --- questions -------------------------------------------------------------------------------

  private static Map<String, JsonNode> asked(ObjectNode task) {
    Map<String, JsonNode> asked = new LinkedHashMap<>();
    task.path(REQUESTS).properties().forEach(e -> asked.put(e.getKey(), e.getValue()));
    return asked;
  }

  /** Once a question was answered, shows it instead of those that are open. */
  private static Method answeredOnly(Method original) {
    return partlyAnswered(original, (answered, _) -> answered);
  }

  /** Once a question was answered, shows the next one under its key. */
  private static Method underAnsweredKey(Method original) {
    return partlyAnswered(
        original,
        (answered, open) ->
            Map.of(answered.keySet().iterator().next(), open.values().iterator().next()));
  }

  /** Shows other questions once some of the first ones are answered: out of those and the open. */
  private static Method partlyAnswered(
      Method original, BinaryOperator<Map<String, JsonNode>> shown) {
    Map<String, Map<String, JsonNode>> first = new ConcurrentHashMap<>();
    return (context, params) -> {
      ObjectNode task = original.call(context, params);
      Map<String, JsonNode> open = asked(task);
      if (open.isEmpty()) {
        return task;
      }
      Map<String, JsonNode> answered =
          new LinkedHashMap<>(first.computeIfAbsent(task.path(ID).asString(""), _ -> open));
      answered.keySet().removeAll(open.keySet());
      if (!answered.isEmpty()) {
        task.putObject(REQUESTS).setAll(shown.apply(answered, open));
      }
      return task;
    };
  }

  private static Consumer<ObjectNode> anotherQuestion() {
    AtomicInteger told = new AtomicInteger();
    return task ->
        task.path(REQUESTS)
            .forEach(
                question ->
                    ((ObjectNode) question)
                        .withObjectProperty("params")
                        .put("message", "Question " + told.incrementAndGet()));
  }

  private static Method onlyOpenKeys(Method original, MethodTable methods) {
    return (context, params) -> {
      Method get = methods.find(GET).orElseThrow();
      ObjectNode task = get.call(context, params);
      for (String key : params.path(RESPONSES).propertyNames()) {
        if (!task.path(REQUESTS).has(key)) {
          throw RpcException.invalidParams("nobody asked for " + key);
        }
      }
      return original.call(context, params);
    };
  }

  // --- refusals --------------------------------------------------------------------------------

  private static Method acknowledging(Method original) {
    return (context, params) -> {
      try {
        return original.call(context, params);
      } catch (RpcException e) {
        if (!e.error().is(ErrorCode.INVALID_PARAMS) || !params.path(ID).isString()) {
          throw e;
        }
        return JsonNodeFactory.instance.objectNode();
      }
    };
  }

  /** Answers with an internal error what names a task that is not there, or names none. */
  private static Method internal(Method original, boolean named) {
    return (context, params) -> {
      try {
        return original.call(context, params);
      } catch (RpcException e) {
        if (!e.error().is(ErrorCode.INVALID_PARAMS) || params.path(ID).isString() != named) {
          throw e;
        }
        throw new RpcException(RpcError.of(ErrorCode.INTERNAL_ERROR));
      }
    };
  }

  private static Method forAnyone(Method original) {
    return (context, params) ->
        declares(context) ? original.call(context, params) : JsonNodeFactory.instance.objectNode();
  }

  private static Method withoutFilter(Method original) {
    return (context, params) -> {
      if (!declares(context) && params.path("notifications") instanceof ObjectNode filter) {
        filter.remove("taskIds");
      }
      return original.call(context, params);
    };
  }

  private static void failForToolError(ObjectNode task) {
    if (task.path("result").path("isError").asBoolean(false)) {
      task.remove("result");
      task.put(STATUS, "failed").put("statusMessage", "The tool reported an error.");
      task.putObject("error").put("code", -32603).put("message", "The tool reported an error.");
    }
  }

  // --- ids -------------------------------------------------------------------------------------

  /** Shows tasks under numbers of their own. */
  private static UnaryOperator<MethodTable> counted() {
    Map<String, String> real = new ConcurrentHashMap<>();
    AtomicInteger last = new AtomicInteger();
    return table -> {
      Method call = table.find(CALL).orElseThrow();
      MethodTable changed =
          table.with(
              CALL,
              (context, params) -> {
                ObjectNode result = call.call(context, params);
                if (result.has(ID)) {
                  String shown = "task-" + last.incrementAndGet();
                  real.put(shown, result.path(ID).asString(""));
                  result.put(ID, shown);
                }
                return result;
              });
      for (String method : List.of(GET, UPDATE, CANCEL)) {
        Method original = table.find(method).orElseThrow();
        changed =
            changed.with(
                method,
                (context, params) -> {
                  String shown = params.path(ID).asString("");
                  ObjectNode own = params.deepCopy();
                  if (real.containsKey(shown)) {
                    own.put(ID, real.get(shown));
                  }
                  ObjectNode result = original.call(context, own);
                  return result.has(ID) ? result.put(ID, shown) : result;
                });
      }
      return changed;
    };
  }
}
