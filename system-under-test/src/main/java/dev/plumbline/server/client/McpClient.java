package dev.plumbline.server.client;

import dev.plumbline.server.machine.ClientEvent;
import dev.plumbline.server.machine.ClientState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client of one MCP server, of whichever era. Methods block and may be called from any number of
 * threads; interrupting a thread cancels its request. An error the server answers with is an {@link
 * RpcException}; a server that cannot be reached or understood is an {@link IOException}. Results
 * are the JSON objects of the protocol.
 */
public final class McpClient implements AutoCloseable {
  private final Connection connection;
  private final RoundTrips trips;
  private final Pages pages;
  private final Tools tools;
  private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();

  /** A client that is not connected yet. */
  public McpClient(Target target, ClientOptions options) {
    this(target, options, System::nanoTime, Pause.REAL);
  }

  /** A client whose lifecycle has a clock of its own, and which waits in a way of its own. */
  McpClient(Target target, ClientOptions options, LongSupplier nanos, Pause pause) {
    this.connection = new Connection(target, options, this::heard, nanos, pause);
    this.trips = new RoundTrips(connection, pause);
    this.pages = new Pages(trips);
    this.tools = new Tools(connection, trips, pages);
  }

  /** Connects and finds out what the server speaks; a client that is ready stays as it is. */
  public ServerProfile connect() throws IOException, InterruptedException {
    return connection.connect().profile();
  }

  /** Where the client stands. */
  public ClientState state() {
    return connection.state();
  }

  /** The last moves of its lifecycle, oldest first; for whoever wants to know what happened. */
  public List<StateMachine.Step<ClientState, ClientEvent>> history() {
    return connection.history();
  }

  /** What the server said of itself. */
  public ServerProfile server() throws IOException, InterruptedException {
    return connection.ready().profile();
  }

  private void heard(Message.Notification notification) {
    if (notification.method().equals("notifications/tools/list_changed")) {
      tools.changed();
    }
    String id = notification.params().path("_meta").path(Subscription.ID).asString("");
    Subscription subscription = subscriptions.get(id);
    if (subscription != null) {
      subscription.heard(notification);
      return;
    }
    if (notification.method().equals("notifications/cancelled")) {
      Subscription ended = subscriptions.get(notification.params().path("requestId").asString(""));
      if (ended != null) {
        ended.close();
      }
      return;
    }
    connection.options().handlers().notifications().heard(notification);
  }

  /**
   * Every tool; in the stateless era over HTTP without those whose header annotations are invalid.
   */
  public List<JsonNode> listTools() throws RpcException, IOException, InterruptedException {
    return tools.list();
  }

  /** Every resource. */
  public List<JsonNode> listResources() throws RpcException, IOException, InterruptedException {
    return pages.all("resources/list", "resources");
  }

  /** Every resource template. */
  public List<JsonNode> listResourceTemplates()
      throws RpcException, IOException, InterruptedException {
    return pages.all("resources/templates/list", "resourceTemplates");
  }

  /** Every prompt. */
  public List<JsonNode> listPrompts() throws RpcException, IOException, InterruptedException {
    return pages.all("prompts/list", "prompts");
  }

  /** Calls a tool; a result with {@code isError} is a result. */
  public ObjectNode callTool(String name, ObjectNode arguments, CallOptions options)
      throws RpcException, IOException, InterruptedException {
    ObjectNode params = JsonNodeFactory.instance.objectNode().put("name", name);
    params.set("arguments", arguments);
    return tools.call(name, params, options);
  }

  /** Calls a tool as a task of revision 2025-11-25; gives the task, not its result. */
  public ObjectNode callToolAsTask(String name, ObjectNode arguments, long ttlMillis)
      throws RpcException, IOException, InterruptedException {
    ObjectNode params = JsonNodeFactory.instance.objectNode().put("name", name);
    params.set("arguments", arguments);
    params.putObject("task").put("ttl", ttlMillis);
    return request("tools/call", params, CallOptions.DEFAULT);
  }

  /** Reads a resource. */
  public ObjectNode readResource(String uri)
      throws RpcException, IOException, InterruptedException {
    return request(
        "resources/read",
        JsonNodeFactory.instance.objectNode().put("uri", uri),
        CallOptions.DEFAULT);
  }

  /** Gets a prompt. */
  public ObjectNode getPrompt(String name, ObjectNode arguments)
      throws RpcException, IOException, InterruptedException {
    ObjectNode params = JsonNodeFactory.instance.objectNode().put("name", name);
    params.set("arguments", arguments);
    return request("prompts/get", params, CallOptions.DEFAULT);
  }

  /** Asks how an argument could go on. */
  public ObjectNode complete(ObjectNode reference, String argument, String value)
      throws RpcException, IOException, InterruptedException {
    ObjectNode params = JsonNodeFactory.instance.objectNode();
    params.set("ref", reference);
    params.putObject("argument").put("name", argument).put("value", value);
    return request("completion/complete", params, CallOptions.DEFAULT);
  }

  /**
   * Sets the least severe log message wanted (handshake era; in the stateless era see {@link
   * CallOptions#withLogLevel}).
   */
  public void setLevel(String level) throws RpcException, IOException, InterruptedException {
    request(
        "logging/setLevel",
        JsonNodeFactory.instance.objectNode().put("level", level),
        CallOptions.DEFAULT);
  }

  /** Asks for a sign of life (handshake era). */
  public void ping() throws RpcException, IOException, InterruptedException {
    request("ping", JsonNodeFactory.instance.objectNode(), CallOptions.DEFAULT);
  }

  /**
   * Wants to hear of changes of a resource (handshake era; in the stateless era see {@link
   * #listen}).
   */
  public void subscribe(String uri) throws RpcException, IOException, InterruptedException {
    request(
        "resources/subscribe",
        JsonNodeFactory.instance.objectNode().put("uri", uri),
        CallOptions.DEFAULT);
  }

  /** No longer wants to. */
  public void unsubscribe(String uri) throws RpcException, IOException, InterruptedException {
    request(
        "resources/unsubscribe",
        JsonNodeFactory.instance.objectNode().put("uri", uri),
        CallOptions.DEFAULT);
  }

  /**
   * Opens a stream of notifications (stateless era).
   *
   * @param filter which ones, as the protocol writes it
   * @param listener who hears them
   */
  public Subscription listen(ObjectNode filter, Handlers.Listener listener)
      throws IOException, InterruptedException {
    ObjectNode params = JsonNodeFactory.instance.objectNode();
    params.set("notifications", filter);
    Connection.Ready ready = connection.ready();
    Subscription[] opened = new Subscription[1];
    Waiting waiting =
        ready
            .link()
            .begin(
                "subscriptions/listen",
                params,
                Map.of(),
                CallOptions.DEFAULT,
                begun -> {
                  opened[0] = new Subscription(ready.link(), begun, listener);
                  // Known before it is sent: the acknowledgement may be faster than this thread.
                  subscriptions.put(opened[0].id(), opened[0]);
                });
    Subscription subscription = opened[0];
    waiting.whenEnded((_, _) -> subscriptions.remove(subscription.id(), subscription));
    subscription.await(connection.options().timeouts().request());
    return subscription;
  }

  /** The state of a task. */
  public ObjectNode getTask(String taskId) throws RpcException, IOException, InterruptedException {
    return request(
        "tasks/get",
        JsonNodeFactory.instance.objectNode().put("taskId", taskId),
        CallOptions.DEFAULT);
  }

  /** Gives a task what it asked for (stateless era). */
  public ObjectNode updateTask(String taskId, ObjectNode inputResponses)
      throws RpcException, IOException, InterruptedException {
    ObjectNode params = JsonNodeFactory.instance.objectNode().put("taskId", taskId);
    params.set("inputResponses", inputResponses);
    return request("tasks/update", params, CallOptions.DEFAULT);
  }

  /** Ends a task early. */
  public ObjectNode cancelTask(String taskId)
      throws RpcException, IOException, InterruptedException {
    return request(
        "tasks/cancel",
        JsonNodeFactory.instance.objectNode().put("taskId", taskId),
        CallOptions.DEFAULT);
  }

  /** Waits for what a task came to (2025-11-25). */
  public ObjectNode taskResult(String taskId)
      throws RpcException, IOException, InterruptedException {
    return request(
        "tasks/result",
        JsonNodeFactory.instance.objectNode().put("taskId", taskId),
        CallOptions.DEFAULT);
  }

  /** Every task (2025-11-25). */
  public List<JsonNode> listTasks() throws RpcException, IOException, InterruptedException {
    return pages.all("tasks/list", "tasks");
  }

  /** Any request, brought to its end. */
  public ObjectNode request(String method, ObjectNode params, CallOptions options)
      throws RpcException, IOException, InterruptedException {
    return trips.complete(method, params, Map.of(), options);
  }

  @Override
  public void close() {
    subscriptions.values().forEach(Subscription::close);
    connection.close();
  }
}
