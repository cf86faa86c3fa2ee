package dev.plumbline.server.client.scenario;

import static dev.plumbline.server.client.scenario.InteropChecks.check;
import static dev.plumbline.server.client.scenario.InteropChecks.containing;
import static dev.plumbline.server.client.scenario.InteropChecks.equal;
import static dev.plumbline.server.client.scenario.InteropChecks.next;
import static dev.plumbline.server.client.scenario.InteropChecks.text;

import dev.plumbline.server.client.CallOptions;
import dev.plumbline.server.client.CancelSignal;
import dev.plumbline.server.client.McpClient;
import dev.plumbline.server.client.ServerProfile;
import dev.plumbline.server.client.Subscription;
import dev.plumbline.server.era.Revisions;
import dev.plumbline.server.protocol.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What {@link Interop} does with each feature, and which values it wants to see. */
final class InteropFeatures {
  private static final String WATCHED = "test://watched-resource";
  private static final int WAIT_MILLIS = 20_000;
  private static final int LOOKS = 100;
  private static final int LOOK_MILLIS = 50;
  private static final int INBOX_SECONDS = 10;
  private final McpClient client;
  private final InteropPeer peer;
  private final String revision;

  InteropFeatures(McpClient client, InteropPeer peer, String revision) {
    this.client = client;
    this.peer = peer;
    this.revision = revision;
  }

  /** The features of the era, in the order in which they are used. */
  Map<String, Callable<String>> all() {
    boolean stateless = revision.equals(Revisions.STATELESS);
    InteropLists lists = new InteropLists(client);
    Map<String, Callable<String>> all = new LinkedHashMap<>();
    all.put(stateless ? "discover" : "initialize", this::opened);
    all.put("list-tools", lists::listTools);
    all.put(
        "call",
        () -> equal(call("test_simple_text"), "This is a simple text response for testing."));
    all.put("call-progress", this::callProgress);
    all.put("cancel", this::cancel);
    all.put("list-resources", lists::listResources);
    all.put("read", lists::read);
    all.put("list-prompts", lists::listPrompts);
    all.put("prompt", lists::prompt);
    all.put("complete", lists::complete);
    all.put(
        "roots",
        () -> asking("roots", "test_input_required_result_list_roots", "file:///test/root"));
    if (stateless) {
      addStateless(all);
    } else {
      addHandshake(all);
    }
    return all;
  }

  private void addHandshake(Map<String, Callable<String>> all) {
    all.put(
        "elicit",
        () -> {
          ObjectNode arguments = object().put("message", "Who are you?");
          String said = text(client.callTool("test_elicitation", arguments, CallOptions.DEFAULT));
          equal(next(peer.asked()), "Who are you?");
          return containing(containing(said, "testuser"), "test@example.com");
        });
    all.put(
        "sample",
        () -> {
          ObjectNode arguments = object().put("prompt", "Capital of France?");
          String said = text(client.callTool("test_sampling", arguments, CallOptions.DEFAULT));
          equal(next(peer.asked()), "Capital of France?");
          return equal(said, "LLM response: Paris");
        });
    all.put(
        "log",
        () -> {
          client.setLevel("debug");
          return logged(CallOptions.DEFAULT);
        });
    all.put("resume", this::resume);
    all.put(
        "subscribe",
        () -> {
          client.subscribe(WATCHED);
          call("touch_watched");
          return equal(heard("notifications/resources/updated").path("uri").asString(""), WATCHED);
        });
  }

  private void addStateless(Map<String, Callable<String>> all) {
    all.put(
        "elicit",
        () ->
            asking(
                "What is your name?", "test_input_required_result_elicitation", "Hello, Alice!"));
    all.put(
        "sample",
        () ->
            asking(
                "What is the capital of France?", "test_input_required_result_sampling", "Paris"));
    all.put("log", () -> logged(CallOptions.DEFAULT.withLogLevel("debug")));
    all.put(
        "subscribe",
        () -> {
          ObjectNode filter = object();
          filter.putArray("resourceSubscriptions").add(WATCHED);
          JsonNode params = listened(filter, "touch_watched", "notifications/resources/updated");
          return equal(params.path("uri").asString(""), WATCHED);
        });
    all.put(
        "listen",
        () -> {
          String method = "notifications/tools/list_changed";
          listened(object().put("toolsListChanged", true), "test_trigger_tool_change", method);
          return method;
        });
  }

  private String opened() throws Exception {
    ServerProfile server = client.server();
    equal(server.revision(), revision);
    for (String capability : List.of("tools", "resources", "prompts", "completions")) {
      check(server.has(capability), capability + " is not declared: " + server.capabilities());
    }
    check(
        server.capabilities().path("resources").path("subscribe").asBoolean(false),
        server.capabilities().toString());
    return server.info().path("name").asString("");
  }

  private String callProgress() throws Exception {
    List<Double> told = new ArrayList<>();
    CallOptions options =
        CallOptions.DEFAULT.withProgress(
            step -> {
              synchronized (told) {
                told.add(step.progress());
                told.add(step.total().orElse(0));
              }
            });
    text(client.callTool("test_tool_with_progress", object(), options));
    synchronized (told) {
      return equal(told.toString(), "[0.0, 100.0, 50.0, 100.0, 100.0, 100.0]");
    }
  }

  private JsonNode waits() throws Exception {
    return JsonMapper.shared().readTree(call("slow_wait_state"));
  }

  private void await(Predicate<JsonNode> reached, String otherwise) throws Exception {
    for (int i = 0; i < LOOKS; i++) {
      if (reached.test(waits())) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    throw new IllegalStateException(otherwise);
  }

  private String cancel() throws Exception {
    JsonNode before = waits();
    CancelSignal signal = new CancelSignal();
    CompletableFuture<String> call = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                ObjectNode arguments = object().put("millis", WAIT_MILLIS);
                CallOptions options = CallOptions.DEFAULT.withCancel(signal);
                call.complete("answered: " + client.callTool("slow_wait", arguments, options));
              } catch (Exception e) {
                call.complete("ended");
              }
            });
    int running = before.path("running").asInt() + 1;
    int cancelled = before.path("cancelled").asInt() + 1;
    await(now -> now.path("running").asInt() == running, "slow_wait never ran");
    signal.cancel("no longer needed");
    equal(call.get(INBOX_SECONDS, TimeUnit.SECONDS), "ended");
    await(now -> now.path("cancelled").asInt() == cancelled, "the server went on waiting");
    return "stopped early on the server";
  }

  /** Calls a tool that asks this client something; the question and the answer must be right. */
  private String asking(String question, String tool, String part) throws Exception {
    String said = call(tool);
    equal(next(peer.asked()), question);
    return containing(said, part);
  }

  private String logged(CallOptions options) throws Exception {
    text(client.callTool("test_tool_with_logging", object(), options));
    for (String data :
        List.of("Tool execution started", "Tool processing data", "Tool execution completed")) {
      JsonNode message = heard("notifications/message");
      equal(message.path("level").asString(""), "info");
      equal(message.path("data").asString(""), data);
    }
    return "3 messages";
  }

  private String resume() throws Exception {
    int before = peer.streams();
    String said = call("test_reconnection");
    check(!said.isEmpty() && peer.streams() > before, "no stream was taken up again: " + said);
    return said;
  }

  /** Opens a stream of changes, causes one, and gives its parameters. */
  private JsonNode listened(ObjectNode filter, String cause, String method) throws Exception {
    BlockingQueue<Message.Notification> inbox = new LinkedBlockingQueue<>();
    try (Subscription subscription = client.listen(filter, inbox::add)) {
      equal(subscription.acknowledged().toString(), filter.toString());
      call(cause);
      Message.Notification notification = next(inbox);
      equal(notification.method(), method);
      return notification.params();
    }
  }

  private JsonNode heard(String method) throws InterruptedException {
    while (true) {
      Message.Notification notification = next(peer.heard());
      if (notification.method().equals(method)) {
        return notification.params();
      }
    }
  }

  private String call(String tool) throws Exception {
    return text(client.callTool(tool, object(), CallOptions.DEFAULT));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
