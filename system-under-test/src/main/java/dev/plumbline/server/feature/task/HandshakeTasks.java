package dev.plumbline.server.feature.task;

import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.feature.Context;
import dev.plumbline.server.feature.Cursors;
import dev.plumbline.server.feature.Features;
import dev.plumbline.server.feature.Method;
import dev.plumbline.server.feature.TaskSupport;
import dev.plumbline.server.feature.Tool;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.machine.TaskEvent;
import dev.plumbline.server.machine.TaskLifecycle;
import dev.plumbline.server.machine.TaskState;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.registry.Owner;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.session.Sessions;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tasks of revision 2025-11-25: the client asks for a task, follows it and collects its result
 * (basic/utilities/tasks). In earlier revisions none of this exists.
 */
public final class HandshakeTasks {
  private static final String REVISION = "2025-11-25";
  private static final String OWNER = "session ";
  private static final int PAGE_SIZE = 50;

  private final Tasks tasks;
  private final Features features;
  private final Cursors cursors = new Cursors();

  /** The face over one register. */
  public HandshakeTasks(Tasks tasks, Features features) {
    this.tasks = tasks;
    this.features = features;
  }

  /** Adds what a revision declares. */
  public static void declare(String revision, ObjectNode capabilities) {
    if (revision.equals(REVISION)) {
      ObjectNode declared = capabilities.putObject("tasks");
      declared.putObject("list");
      declared.putObject("cancel");
      declared.putObject("requests").putObject("tools").putObject("call");
    }
  }

  /** The methods with tasks. */
  public Map<String, Method> over(Map<String, Method> methods) {
    Map<String, Method> more = new HashMap<>(methods);
    more.computeIfPresent("tools/call", (_, plain) -> calling(plain));
    more.computeIfPresent("tools/list", (_, plain) -> listing(plain));
    more.put("tasks/get", known(this::get));
    more.put("tasks/result", known(this::result));
    more.put("tasks/list", known(this::list));
    more.put("tasks/cancel", known(this::cancel));
    return more;
  }

  /** Only 2025-11-25 has these methods. */
  private static Method known(Method method) {
    return (context, params) -> {
      if (!context.revision().equals(REVISION)) {
        throw new RpcException(RpcError.of(ErrorCode.METHOD_NOT_FOUND, context.method()));
      }
      return method.call(context, params);
    };
  }

  /** Tasks page, tool-level negotiation: the list says which tools take tasks. */
  private Method listing(Method plain) {
    return (context, params) -> {
      ObjectNode result = plain.call(context, params);
      if (context.revision().equals(REVISION)) {
        for (JsonNode listed : result.path("tools")) {
          Tool tool = features.catalog().tool(listed.path("name").asString(""));
          if (tool != null && tool.tasks() != TaskSupport.FORBIDDEN) {
            ((ObjectNode) listed).putObject("execution").put("taskSupport", tool.tasks().wire());
          }
        }
      }
      return result;
    };
  }

  private Method calling(Method plain) {
    return (context, params) -> {
      Tool tool = features.catalog().tool(params.path("name").asString(""));
      if (tool == null || !context.revision().equals(REVISION)) {
        return plain.call(context, params);
      }
      JsonNode wish = params.get(TaskParams.TASK);
      if (wish == null && tool.tasks() == TaskSupport.REQUIRED) {
        throw new RpcException(
            RpcError.of(ErrorCode.METHOD_NOT_FOUND, tool.name() + " runs as a task only"));
      }
      if (wish == null) {
        return plain.call(context, params);
      }
      if (tool.tasks() == TaskSupport.FORBIDDEN) {
        throw new RpcException(
            RpcError.of(ErrorCode.METHOD_NOT_FOUND, tool.name() + " does not run as a task"));
      }
      return create(context, TaskParams.ttl(wish), TaskParams.withoutTask(params), plain);
    };
  }

  private ObjectNode create(Context context, Duration ttl, ObjectNode params, Method plain)
      throws RpcException {
    TaskView seed =
        tasks.start(
            new Order(
                owner(context),
                ttl,
                context,
                true,
                HandshakeTasks::verdict,
                inside -> plain.call(inside, params)));
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.set("task", json(seed));
    return RelatedTask.mark(result, seed.id());
  }

  /** Tasks page, task execution errors: a tool result that is an error fails the task. */
  private static TaskEvent verdict(Reply reply) {
    return reply instanceof Reply.Result(var value) && value.path("isError").asBoolean(false)
        ? TaskEvent.ERROR
        : Order.plain(reply);
  }

  /** The context a session gives as its principal; one session never sees another's tasks. */
  private static String owner(Context context) {
    return ownerOf(context.principal());
  }

  private static String ownerOf(String sessionId) {
    return OWNER + sessionId;
  }

  /** How many tasks of the session are not over. */
  public static int working(Tasks tasks, Session session) {
    return tasks.working(ownerOf(session.id()));
  }

  /** Whose end is the end of tasks: a session's for those of its client, nobody's for others. */
  public static Tasks.Owners owners(Sessions sessions) {
    Owner everybody = sessions.registry().owner("principals", "");
    return name -> {
      if (!name.startsWith(OWNER)) {
        return everybody;
      }
      return sessions
          .peek(name.substring(OWNER.length()))
          .map(Session::owner)
          .orElseThrow(Tasks::ownerEnded);
    };
  }

  private Task find(Context context, ObjectNode params) throws RpcException {
    return tasks.find(owner(context), TaskParams.taskId(params)).orElseThrow(TaskParams::unknown);
  }

  private ObjectNode get(Context context, ObjectNode params) throws RpcException {
    return json(find(context, params).view());
  }

  private ObjectNode list(Context context, ObjectNode params) throws RpcException {
    String owner = owner(context);
    int from = 0;
    JsonNode cursor = params.get("cursor");
    if (cursor != null) {
      OptionalInt position =
          cursor.isString() ? cursors.verify(owner, cursor.stringValue()) : OptionalInt.empty();
      from = position.orElseThrow(() -> RpcException.invalidParams("unknown cursor"));
    }
    List<Task> found = tasks.list(owner, from, PAGE_SIZE + 1);
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ArrayNode shown = result.putArray("tasks");
    found.stream().limit(PAGE_SIZE).forEach(task -> shown.add(json(task.view())));
    if (found.size() > PAGE_SIZE) {
      result.put("nextCursor", cursors.issue(owner, found.get(PAGE_SIZE).number()));
    }
    return result;
  }

  private ObjectNode cancel(Context context, ObjectNode params)
      throws RpcException, InterruptedException {
    Task task = find(context, params);
    if (task.state().terminal()) {
      throw alreadyEnded(task);
    }
    task.cancel();
    // Tasks page, cancellation: cancelled before the answer. C11: unless a result was faster.
    if (!task.ended(TaskLifecycle.GRACE)) {
      task.giveUp();
    }
    TaskView view = task.view();
    if (view.state() != TaskState.CANCELLED) {
      throw alreadyEnded(task);
    }
    return json(view);
  }

  private static RpcException alreadyEnded(Task task) {
    return RpcException.invalidParams("the task is already " + task.state().wire());
  }

  /** Waits for the end; meanwhile it is the stream on which the task speaks to its client. */
  private ObjectNode result(Context context, ObjectNode params)
      throws RpcException, InterruptedException {
    Task task = find(context, params);
    while (true) {
      context.extend(task.ttl().plus(TaskLifecycle.GRACE));
      switch (task.next()) {
        case Turn.Ended(Reply.Failure(var error)) -> throw new RpcException(error);
        case Turn.Ended(Reply.Result(var value)) -> {
          return RelatedTask.mark(value.deepCopy(), task.id());
        }
        case Turn.Asked(var questions, var open) -> put(context, task, questions, open);
        case Turn.Said(var notice) -> {
          if (notice.level() == null || context.wants(notice.level())) {
            context.tell(notice.method(), notice.params());
          }
        }
      }
    }
  }

  private static void put(
      Context context, Task task, Questions questions, Map<String, ClientRequest> open)
      throws InterruptedException {
    Map<String, ClientRequest> marked = new LinkedHashMap<>();
    open.forEach(
        (key, request) ->
            marked.put(
                key,
                new ClientRequest(
                    request.method(), RelatedTask.mark(request.params().deepCopy(), task.id()))));
    // Tasks page, task status notification: whoever listens need not ask why nothing goes on.
    context.tell("notifications/tasks/status", json(task.view()));
    boolean settled = false;
    try {
      task.answer(context.ask(marked));
      settled = true;
    } catch (RpcException e) {
      task.refuse(questions, e);
      settled = true;
    } finally {
      if (!settled) {
        // This client went away; it may come back with another tasks/result.
        task.offerAgain(questions);
      }
    }
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
    json.put("ttl", view.ttl().toMillis());
    json.put("pollInterval", Limits.TASK_POLL.toMillis());
    return json;
  }
}
