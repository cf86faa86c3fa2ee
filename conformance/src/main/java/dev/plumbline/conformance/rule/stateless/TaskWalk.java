package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Replies;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One walk through the tasks extension, for all rules of its page: makes tasks of whatever tools
 * become some, follows them to their ends, answers what they ask, cancels, listens, and asks for
 * what must be refused.
 */
final class TaskWalk {
  static final Script SCRIPT = stage -> new TaskWalk(stage).run();
  static final String EXTENSION = "io.modelcontextprotocol/tasks";
  static final String CREATE = "create";
  static final String FIRST = "first-get";
  static final String PLAIN = "plain";
  static final String NEVER_ISSUED = "plumbline-never-issued";

  /** How many tools that become tasks are followed. */
  private static final int MAX_TASKS = 10;

  /** How many more tasks show how ids are made. */
  private static final int MORE_IDS = 10;

  /** How long progress is waited for: all in all below two seconds. */
  private static final int MAX_POLLS = 6;

  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long MAX_PAUSE_MILLIS = 400;
  private static final Duration PATIENCE = Duration.ofMillis(250);
  private static final String UNKNOWN = "plumbline-no-such-task";
  private static final List<String> METHODS = List.of("get", "update", "cancel");

  private final Stage stage;
  private final Conversation conversation;
  private final List<LiveTask> tasks = new ArrayList<>();

  private TaskWalk(Stage stage) throws TargetException, HarnessException {
    this.stage = stage;
    this.conversation = stage.conversation();
  }

  /** What the client declares; the extension is left out for the twins. */
  private static ObjectNode capabilities(boolean extension) {
    ObjectNode capabilities = Rounds.everything();
    if (extension) {
      capabilities.putObject("extensions").putObject(EXTENSION);
    }
    return capabilities;
  }

  private void run() throws TargetException, HarnessException, InterruptedException {
    conversation.declare(capabilities(true));
    conversation.open();
    Probes.lawful(conversation);
    for (CallableTool tool : Probes.callableTools(stage)) {
      if (tasks.size() < MAX_TASKS) {
        create(CREATE, tool, tool.params()).ifPresent(tasks::add);
      }
    }
    if (tasks.isEmpty()) {
      return;
    }
    for (LiveTask task : List.copyOf(tasks)) {
      plain(task.tool());
    }
    follow();
    cancel();
    refusals(tasks.getFirst().id());
    moreIds();
    listen();
  }

  private Optional<LiveTask> create(String label, CallableTool tool, ObjectNode params)
      throws HarnessException, InterruptedException {
    Exchange made = Rounds.settle(conversation, label, "tools/call", params);
    Optional<String> id = made.result().flatMap(r -> r.path("taskId").stringValueOpt());
    if (id.isEmpty()) {
      return Optional.empty();
    }
    LiveTask task = new LiveTask(tool, id.get());
    task.saw(about(conversation, FIRST, "get", id.get()));
    return Optional.of(task);
  }

  /** Twice: what differs from itself cannot be compared. */
  private void plain(CallableTool tool) throws HarnessException, InterruptedException {
    for (int i = 0; i < 2; i++) {
      Draft draft = conversation.draft("tools/call", tool.params());
      conversation.send(PLAIN, Rounds.declaring(draft, capabilities(false)));
    }
  }

  private static Exchange about(Conversation with, String label, String method, String id)
      throws HarnessException, InterruptedException {
    return with.send(label, with.draft("tasks/" + method, params(method, id)));
  }

  private static ObjectNode params(String method, String id) {
    ObjectNode params = Probes.params("taskId", id);
    if (method.equals("update")) {
      params.putObject("inputResponses");
    }
    return params;
  }

  private void look(LiveTask task) throws HarnessException, InterruptedException {
    task.saw(about(conversation, "get", "get", task.id()));
  }

  // --- to the end ------------------------------------------------------------------------------

  private void follow() throws HarnessException, InterruptedException {
    long pause = FIRST_PAUSE_MILLIS;
    for (int poll = 0; poll < MAX_POLLS && tasks.stream().anyMatch(t -> !t.ended()); poll++) {
      TimeUnit.MILLISECONDS.sleep(pause);
      pause = Math.min(2 * pause, MAX_PAUSE_MILLIS);
      for (LiveTask task : tasks) {
        if (!task.ended()) {
          look(task);
          answer(task);
        }
      }
    }
    for (LiveTask task : tasks) {
      if (task.ended()) {
        look(task);
      }
    }
  }

  /** First what was never asked, then one answer, then the same again, then the others. */
  private void answer(LiveTask task) throws HarnessException, InterruptedException {
    if (!task.asks()) {
      return;
    }
    if (task.firstTime()) {
      ObjectNode none = Messages.object();
      none.set(NEVER_ISSUED, Replies.refused("decline"));
      update(task, "update-unknown-key", none);
      look(task);
    }
    Map<String, JsonNode> open = task.unanswered();
    if (open.size() > 1 && task.answered().isEmpty()) {
      Map.Entry<String, JsonNode> one = open.entrySet().iterator().next();
      reply(task, "update-part", Map.of(one.getKey(), one.getValue()));
      look(task);
      if (task.asks()) {
        reply(task, "update-again", Map.of(one.getKey(), one.getValue()));
      }
    } else if (!open.isEmpty()) {
      reply(task, "update", open);
    }
  }

  private void reply(LiveTask task, String label, Map<String, JsonNode> questions)
      throws HarnessException, InterruptedException {
    ObjectNode replies = Messages.object();
    questions.forEach(
        (key, question) ->
            Replies.to(question)
                .ifPresent(
                    reply -> {
                      replies.set(key, reply);
                      task.answered().add(key);
                    }));
    update(task, label, replies);
  }

  private void update(LiveTask task, String label, ObjectNode replies)
      throws HarnessException, InterruptedException {
    ObjectNode params = Probes.params("taskId", task.id());
    params.set("inputResponses", replies);
    conversation.send(label, conversation.draft("tasks/update", params));
  }

  // --- cancelling, refusing, listening ---------------------------------------------------------

  private void cancel() throws HarnessException, InterruptedException {
    List<LiveTask> living = new ArrayList<>(tasks.stream().filter(t -> !t.ended()).toList());
    if (living.isEmpty()) {
      Optional<LiveTask> slow = tasks.stream().filter(LiveTask::wasWorking).findFirst();
      if (slow.isPresent()) {
        CallableTool tool = slow.get().tool();
        create(CREATE, tool, tool.params()).ifPresent(living::add);
      }
    }
    for (LiveTask task : living) {
      about(conversation, "cancel", "cancel", task.id());
      look(task);
    }
    if (living.stream().anyMatch(t -> !t.ended())) {
      TimeUnit.MILLISECONDS.sleep(FIRST_PAUSE_MILLIS);
    }
    for (LiveTask task : living) {
      look(task);
      look(task);
    }
  }

  private void refusals(String id) throws HarnessException, InterruptedException {
    for (String method : METHODS) {
      about(conversation, "known-" + method, method, id);
      about(conversation, "unknown-" + method, method, UNKNOWN);
      ObjectNode missing = params(method, id);
      missing.remove("taskId");
      send("missing-" + method, method, missing);
      send("number-" + method, method, params(method, id).put("taskId", 7));
      Draft draft = conversation.draft("tasks/" + method, params(method, id));
      conversation.send("undeclared-" + method, Rounds.declaring(draft, capabilities(false)));
    }
  }

  private void send(String label, String method, ObjectNode params)
      throws HarnessException, InterruptedException {
    conversation.send(label, conversation.draft("tasks/" + method, params));
  }

  /**
   * Of the tool that is done fastest; each is looked up on another connection where there is one.
   */
  private void moreIds() throws TargetException, HarnessException, InterruptedException {
    Optional<LiveTask> fast =
        tasks.stream().filter(t -> t.ended() && t.answered().isEmpty()).findFirst();
    if (fast.isEmpty()) {
      return;
    }
    Conversation other = conversation;
    if (Probes.HTTP.contains(stage.transport())) {
      other = stage.another();
      other.declare(capabilities(true));
      other.open();
    }
    ObjectNode params = fast.get().tool().params();
    for (int i = 0; i < MORE_IDS; i++) {
      Exchange made = Rounds.settle(conversation, CREATE, "tools/call", params);
      Optional<String> id = made.result().flatMap(r -> r.path("taskId").stringValueOpt());
      if (id.isPresent()) {
        about(other, FIRST, "get", id.get());
      }
    }
  }

  private void listen() throws HarnessException, InterruptedException {
    LiveTask busy =
        tasks.stream()
            .filter(t -> t.wasWorking() && t.answered().isEmpty())
            .findFirst()
            .orElseGet(tasks::getFirst);
    ObjectNode params = busy.tool().params();
    params.putObject("_meta").put("progressToken", "plumbline-task");
    Exchange made = Rounds.settle(conversation, CREATE, "tools/call", params);
    String id = made.result().flatMap(r -> r.path("taskId").stringValueOpt()).orElse(busy.id());
    ObjectNode filter = Messages.object();
    filter.putObject("notifications").putArray("taskIds").add(id);
    Draft undeclared = conversation.draft("subscriptions/listen", filter).deadline(PATIENCE);
    conversation.send("listen-undeclared", Rounds.declaring(undeclared, capabilities(false)));
    conversation.send(
        "listen", conversation.draft("subscriptions/listen", filter).deadline(PATIENCE));
  }
}
