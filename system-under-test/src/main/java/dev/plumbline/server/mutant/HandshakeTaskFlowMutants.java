package dev.plumbline.server.mutant;

import dev.plumbline.server.era.AnswerShape;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.feature.Context;
import dev.plumbline.server.feature.Method;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Defects in when tasks of the handshake era answer, what they are found by and whose they are. */
final class HandshakeTaskFlowMutants {
  private static final String GET = "tasks/get";
  private static final String LIST = "tasks/list";
  private static final String RESULT = "tasks/result";
  private static final String CALL = "tools/call";
  private static final String RELATED = "io.modelcontextprotocol/related-task";
  private static final long STEP_MILLIS = 20;
  private static final int STEPS = 100;

  private HandshakeTaskFlowMutants() {}

  static List<Mutant> all() {
    AtomicInteger ids = new AtomicInteger();
    return List.of(
        // TASK-001
        Planting.handshakeResult(
            "tasks-undeclared",
            "initialize",
            result -> result.withObjectProperty("capabilities").remove("tasks")),
        // TASK-008
        Planting.handshakeMethod("task-not-required", CALL, (_, m) -> servingWithoutTask(m)),
        // TASK-024
        Planting.handshakeAnswer(
            "task-look-as-stream",
            (in, message, answer) -> {
              if (HandshakeWireMutants.isRequest(message, GET)) {
                HandshakeFlowMutants.say(
                    in,
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{"
                        + "\"level\":\"info\",\"data\":\"looking\"}}");
              }
              return answer;
            }),
        // TASK-035
        Planting.handshakeMethod(
            "task-comes-when-done",
            CALL,
            (parts, m) -> waiting(m, parts.handshake().methods().find(GET).orElseThrow())),
        // TASK-037
        Planting.handshakeMethod(
            "task-result-too-early",
            RESULT,
            (parts, m) -> early(m, parts.handshake().methods().find(GET).orElseThrow())),
        // TASK-041
        Planting.handshakeMethod(
            "task-by-metadata",
            GET,
            (_, m) ->
                (context, params) -> {
                  JsonNode other = params.path("_meta").path(RELATED).path("taskId");
                  return m.call(
                      context,
                      other.isString()
                          ? params.deepCopy().put("taskId", other.asString())
                          : params);
                }),
        // TASK-047
        Planting.handshakeResult("task-list-cut", LIST, HandshakeTaskFlowMutants::cut),
        // TASK-064
        Planting.handshakeResult(
            "task-id-counts",
            CALL,
            result -> {
              if (result.path("task") instanceof ObjectNode task) {
                task.put("taskId", "plumbline-task-number-" + ids.incrementAndGet());
              }
            }),
        // TASK-065
        Planting.handshakeMethod("tasks-of-everybody", LIST, (_, m) -> remembering(m)),
        // PROG-008
        Planting.handshakeAnswer("progress-of-ended-task", progressAfterTheEnd()));
  }

  private static Method servingWithoutTask(Method original) {
    return (context, params) -> {
      try {
        return original.call(context, params);
      } catch (RpcException e) {
        if (params.has("task") || !e.error().is(ErrorCode.METHOD_NOT_FOUND)) {
          throw e;
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.putArray("content");
        return result;
      }
    };
  }

  private static String status(Method get, Context context, JsonNode id)
      throws RpcException, InterruptedException {
    ObjectNode params = JsonNodeFactory.instance.objectNode();
    params.set("taskId", id);
    return get.call(context, params).path("status").asString("");
  }

  private static Method waiting(Method original, Method get) {
    return (context, params) -> {
      ObjectNode result = original.call(context, params);
      JsonNode id = result.path("task").path("taskId");
      for (int i = 0; id.isString() && i < STEPS; i++) {
        Thread.sleep(STEP_MILLIS);
        // Longer than the work itself takes.
        if (!status(get, context, id).equals("working")) {
          Thread.sleep(4 * STEP_MILLIS);
          break;
        }
      }
      return result;
    };
  }

  private static Method early(Method original, Method get) {
    return (context, params) -> {
      if (!status(get, context, params.path("taskId")).equals("working")) {
        return original.call(context, params);
      }
      ObjectNode result = JsonNodeFactory.instance.objectNode();
      result.putArray("content");
      result.putObject("_meta").putObject(RELATED).set("taskId", params.path("taskId"));
      return result;
    };
  }

  private static void cut(ObjectNode result) {
    ArrayNode tasks = result.withArrayProperty("tasks");
    while (tasks.size() > 1) {
      tasks.remove(tasks.size() - 1);
    }
    result.remove("nextCursor");
  }

  private static Method remembering(Method original) {
    Map<String, JsonNode> seen = new LinkedHashMap<>();
    return (context, params) -> {
      ObjectNode result = original.call(context, params);
      synchronized (seen) {
        result
            .path("tasks")
            .forEach(task -> seen.put(task.path("taskId").asString(""), task.deepCopy()));
        result.putArray("tasks").addAll(seen.values());
      }
      return result;
    };
  }

  private static AnswerShape progressAfterTheEnd() {
    Map<String, JsonNode> tokens = new ConcurrentHashMap<>();
    return (in, message, answer) -> {
      String session = in.headers().first(Inbound.SESSION_HEADER).orElse("");
      JsonNode params = HandshakeFlowMutants.asked(message);
      if (params.has("task") && params.path("_meta").has("progressToken")) {
        tokens.put(session, params.path("_meta").path("progressToken"));
      }
      boolean late =
          HandshakeWireMutants.isRequest(message, "tasks/cancel") && answer.failure().isPresent();
      JsonNode token = late ? tokens.remove(session) : null;
      if (token != null) {
        HandshakeFlowMutants.say(
            in,
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progress\":1000,"
                + "\"progressToken\":"
                + token
                + ",\"_meta\":{\""
                + RELATED
                + "\":{\"taskId\":"
                + params.path("taskId")
                + "}}}}");
      }
      return answer;
    };
  }
}
