package dev.plumbline.server.feature.task;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.machine.TaskLifecycle;
import dev.plumbline.server.protocol.RpcException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the parameters of the task methods. */
final class TaskParams {
  /** The member that asks for a task in the handshake era. */
  static final String TASK = "task";

  private TaskParams() {}

  /** The id a task method names. */
  static String taskId(ObjectNode params) throws RpcException {
    JsonNode id = params.path("taskId");
    if (!id.isString()) {
      throw RpcException.invalidParams("taskId must be a string");
    }
    return id.stringValue();
  }

  /** No such task, or none that this client may know of. */
  static RpcException unknown() {
    return RpcException.invalidParams("no such task, or it has expired");
  }

  /** The time to live for what a client wants, within our bounds. */
  static Duration ttl(JsonNode task) throws RpcException {
    if (!task.isObject()) {
      throw RpcException.invalidParams("task must be an object");
    }
    JsonNode wanted = task.path("ttl");
    if (wanted.isMissingNode() || wanted.isNull()) {
      return TaskLifecycle.TTL;
    }
    if (!wanted.isNumber() || wanted.doubleValue() < 0) {
      throw RpcException.invalidParams("task.ttl must be a number of milliseconds");
    }
    double most = Limits.MAX_TASK_TTL.toMillis();
    double least = Limits.MIN_TASK_TTL.toMillis();
    return Duration.ofMillis((long) Math.clamp(wanted.doubleValue(), least, most));
  }

  /** The parameters without the wish for a task. */
  static ObjectNode withoutTask(ObjectNode params) {
    if (!params.has(TASK)) {
      return params;
    }
    ObjectNode plain = params.deepCopy();
    plain.remove(TASK);
    return plain;
  }

  /** The answers of the client by the keys on the wire. */
  static Map<String, ObjectNode> responses(ObjectNode params) throws RpcException {
    if (!(params.path("inputResponses") instanceof ObjectNode given)) {
      throw RpcException.invalidParams("inputResponses must be an object");
    }
    Map<String, ObjectNode> responses = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> response : given.properties()) {
      if (!(response.getValue() instanceof ObjectNode answer)) {
        throw RpcException.invalidParams("an input response must be an object");
      }
      responses.put(response.getKey(), answer);
    }
    return responses;
  }
}
