package dev.plumbline.server.feature.task;

import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.feature.Context;
import dev.plumbline.server.feature.LogLevel;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The request a task continues, after the request was answered: what is known of it stays true,
 * what is said goes by way of the task.
 */
final class TaskContext implements Context {
  /** Which capability a client needs for what it is asked. */
  private static final Map<String, String> NEEDED =
      Map.of(
          "elicitation/create", "elicitation",
          "sampling/createMessage", "sampling",
          "roots/list", "roots");

  private final Task task;
  private final boolean relayed;
  private final RequestId id;
  private final String method;
  private final String revision;
  private final String principal;
  private final ObjectNode clientCapabilities;
  private final ObjectNode meta;
  private final @Nullable JsonNode progressToken;
  private double lastProgress = Double.NEGATIVE_INFINITY;

  /** Copies what the request knows: it must not be held after its answer. */
  TaskContext(Task task, Order order) {
    Context request = order.request();
    this.task = task;
    this.relayed = order.relayed();
    this.id = request.id();
    this.method = request.method();
    this.revision = request.revision();
    this.principal = request.principal();
    this.clientCapabilities = request.clientCapabilities();
    this.meta = request.meta();
    JsonNode token = meta.get("progressToken");
    this.progressToken =
        token != null && (token.isString() || token.isIntegralNumber()) ? token : null;
  }

  @Override
  public RequestId id() {
    return id;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String revision() {
    return revision;
  }

  @Override
  public String principal() {
    return principal;
  }

  @Override
  public ObjectNode clientCapabilities() {
    return clientCapabilities;
  }

  @Override
  public ObjectNode meta() {
    return meta;
  }

  /**
   * Becomes the status message. In the handshake era the token of the first request stays valid
   * (2025-11-25 basic/utilities/tasks, progress); the extension has no progress notifications.
   */
  @Override
  public void progress(double progress, @Nullable Double total, @Nullable String message) {
    task.describe(message);
    task.progressed(progress, total);
    if (!relayed || progressToken == null || !(progress > lastProgress)) {
      return;
    }
    lastProgress = progress;
    ObjectNode params = JsonNodeFactory.instance.objectNode();
    params.set("progressToken", progressToken);
    params.put("progress", progress);
    if (total != null) {
      params.put("total", total);
    }
    if (message != null) {
      params.put("message", message);
    }
    tell("notifications/progress", params);
  }

  @Override
  public void log(LogLevel level, @Nullable String logger, JsonNode data) {
    if (!wants(level)) {
      return;
    }
    ObjectNode params = JsonNodeFactory.instance.objectNode();
    params.put("level", level.wire());
    if (logger != null) {
      params.put("logger", logger);
    }
    params.set("data", data);
    say("notifications/message", params, level);
  }

  /** Whoever carries the message knows the level that is wanted then. */
  @Override
  public boolean wants(LogLevel level) {
    return relayed;
  }

  @Override
  public void tell(String method, ObjectNode params) {
    say(method, params, null);
  }

  private void say(String notification, ObjectNode params, @Nullable LogLevel level) {
    if (relayed) {
      RelatedTask.mark(params, task.id());
      task.say(new Notice(notification, params, level));
    }
  }

  /** A task has its own deadline. */
  @Override
  public void extend(Duration atMost) {}

  @Override
  public Map<String, ObjectNode> ask(Map<String, ClientRequest> requests)
      throws RpcException, InterruptedException {
    for (ClientRequest request : requests.values()) {
      String needed = NEEDED.get(request.method());
      if (needed != null && !clientCapabilities.path(needed).isObject()) {
        throw new RpcException(cannotAsk(needed));
      }
    }
    return task.ask(requests);
  }

  private RpcError cannotAsk(String capability) {
    if (relayed) {
      return RpcError.of(ErrorCode.INVALID_REQUEST, "the client did not declare " + capability);
    }
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.putObject("requiredCapabilities").putObject(capability);
    return RpcError.of(ErrorCode.MISSING_CAPABILITY).with(data);
  }

  @Override
  public void disconnect() {}

  @Override
  public boolean cancelled() {
    return task.stopping();
  }
}
