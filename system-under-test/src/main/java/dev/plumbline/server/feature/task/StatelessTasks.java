package dev.plumbline.server.feature.task;

import dev.plumbline.server.feature.Context;
import dev.plumbline.server.feature.Detour;
import dev.plumbline.server.feature.Features;
import dev.plumbline.server.feature.Method;
import dev.plumbline.server.feature.TaskSupport;
import dev.plumbline.server.feature.Tool;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.machine.TaskLifecycle;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tasks extension of revision 2026-07-28: the server decides, the client looks, answers and
 * cancels. Task ids are bearer tokens among clients without credentials.
 */
public final class StatelessTasks {
  /** The identifier of the extension. */
  public static final String EXTENSION = "io.modelcontextprotocol/tasks";

  private static final String RESULT_TYPE = "resultType";
  private static final String OWNER = "principal ";

  private final Tasks tasks;
  private final Features features;

  /** The face over one register. */
  public StatelessTasks(Tasks tasks, Features features) {
    this.tasks = tasks;
    this.features = features;
  }

  /** The methods with tasks. */
  public Map<String, Method> over(Map<String, Method> methods) {
    Map<String, Method> more = new HashMap<>(methods);
    more.computeIfPresent("tools/call", (_, plain) -> calling(plain));
    more.put("tasks/get", declared(this::get));
    more.put("tasks/update", declared(this::update));
    more.put("tasks/cancel", declared(this::cancel));
    return more;
  }

  /**
   * Adds a listener that is given the id of every task whose status changes, and the task as {@code
   * tasks/get} shows it then; must not block.
   */
  public void listen(BiConsumer<String, ObjectNode> listener) {
    tasks.listen(
        task -> {
          if (task.owner().startsWith(OWNER)) {
            listener.accept(task.id(), detailed(task.view()));
          }
        });
  }

  /** True when the client may see the task. */
  public boolean visible(Context context, String taskId) {
    return tasks.find(owner(context), taskId).isPresent();
  }

  /** Refuses a client that did not declare the extension. */
  public static void requireDeclared(Context context) throws RpcException {
    if (!declares(context)) {
      throw new RpcException(notDeclared());
    }
  }

  /** Extension page, protocol errors: the client must have declared the extension. */
  private static Method declared(Method method) {
    return (context, params) -> {
      requireDeclared(context);
      return method.call(context, params);
    };
  }

  private static boolean declares(Context context) {
    return context.clientCapabilities().path("extensions").path(EXTENSION).isObject();
  }

  /** The refusal of a client that did not declare the extension. */
  private static RpcError notDeclared() {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.putObject("requiredCapabilities").putObject("extensions").putObject(EXTENSION);
    return RpcError.of(ErrorCode.MISSING_CAPABILITY).with(data);
  }

  private Method calling(Method plain) {
    return (context, params) -> {
      Tool tool = features.catalog().tool(params.path("name").asString(""));
      if (tool == null || tool.tasks() == TaskSupport.FORBIDDEN) {
        return plain.call(context, params);
      }
      if (!declares(context)) {
        if (tool.tasks() == TaskSupport.REQUIRED) {
          throw new RpcException(notDeclared());
        }
        return plain.call(context, params);
      }
      if (tool.body() instanceof Tool.Staged staged) {
        return staged(context, params, tool, staged);
      }
      return create(context, inside -> plain.call(inside, params));
    };
  }

  /** Carries the rest of a body out of its first part. */
  private static final class Prepared extends Detour {
    private static final long serialVersionUID = 1L;
    private final transient Tool.Body rest;

    Prepared(Tool.Body rest) {
      super("prepared");
      this.rest = rest;
    }
  }

  /** Asks within the request, as often as it takes; then goes on as a task. */
  private ObjectNode staged(Context context, ObjectNode params, Tool tool, Tool.Staged staged)
      throws RpcException, InterruptedException {
    try {
      return features.call(
          tool,
          (asking, arguments) -> {
            throw new Prepared(staged.opening().prepare(asking, arguments));
          },
          context,
          params);
    } catch (Prepared prepared) {
      Tool.Body rest = prepared.rest;
      return create(context, inside -> features.call(tool, rest, inside, params));
    }
  }

  private ObjectNode create(Context context, TaskWork work) throws RpcException {
    TaskView seed =
        tasks.start(
            new Order(owner(context), TaskLifecycle.TTL, context, false, Order::plain, work));
    ObjectNode result = json(seed);
    result.put(RESULT_TYPE, "task");
    return result;
  }

  private static String owner(Context context) {
    return OWNER + context.principal();
  }

  private Task find(Context context, ObjectNode params) throws RpcException {
    return tasks.find(owner(context), TaskParams.taskId(params)).orElseThrow(TaskParams::unknown);
  }

  private ObjectNode get(Context context, ObjectNode params) throws RpcException {
    return detailed(find(context, params).view());
  }

  private ObjectNode update(Context context, ObjectNode params) throws RpcException {
    Task task = find(context, params);
    task.answer(TaskParams.responses(params));
    return JsonNodeFactory.instance.objectNode();
  }

  private ObjectNode cancel(Context context, ObjectNode params) throws RpcException {
    find(context, params).cancel();
    return JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode json(TaskView view) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("taskId", view.id());
    json.put("status", view.state().wire());
    if (view.message() != null) {
      json.put("statusMessage", view.message());
    }
    json.put("createdAt", view.createdAt().toString());
    json.put("lastUpdatedAt", view.updatedAt().toString());
    json.put("ttlMs", view.ttl().toMillis());
    json.put("pollIntervalMs", Limits.TASK_POLL.toMillis());
    return json;
  }

  /** The task with what its status carries: questions, result or error. */
  private static ObjectNode detailed(TaskView view) {
    ObjectNode json = json(view);
    switch (view.state()) {
      case INPUT_REQUIRED -> {
        ObjectNode requests = json.putObject("inputRequests");
        view.questions()
            .forEach(
                (key, request) ->
                    requests
                        .putObject(key)
                        .put("method", request.method())
                        .set("params", request.params()));
      }
      case RESULT_READY -> {
        if (view.reply() instanceof Reply.Result(var value)) {
          ObjectNode result = value.deepCopy();
          result.put(RESULT_TYPE, "complete");
          json.set("result", result);
        }
      }
      case FAILED, TIMED_OUT -> {
        if (view.reply() instanceof Reply.Failure(var error)) {
          ObjectNode carried = json.putObject("error");
          carried.put("code", error.code()).put("message", error.message());
          if (error.data() != null) {
            carried.set("data", error.data());
          }
        }
      }
      case SUBMITTED, RUNNING, CANCELLING, CANCELLED -> {}
    }
    return json;
  }
}
