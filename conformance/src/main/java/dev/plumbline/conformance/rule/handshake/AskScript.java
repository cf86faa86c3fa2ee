package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Replies;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.rule.WrongReplies;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One walk through the tools that ask their client, for all rules on what is asked and what becomes
 * of the answers: answers lawfully, then wrongly, lets questions wait, calls off the call, and has
 * another session answer.
 */
final class AskScript {
  static final Script SCRIPT = stage -> new AskScript(stage).run();

  /** The first call of a tool, answered lawfully. */
  static final String ASK = "ask";

  /** A lawful call after the wrong ones. */
  static final String TWIN = "twin";

  /** A call whose model wants to use the tools it is offered. */
  static final String LOOP = "loop";

  /** A call all of whose questions wait before any is answered. */
  static final String HELD = "held";

  static final String HELD_ANSWER = "own-answer";

  /** A call that is cancelled while its question is open. */
  static final String GIVEN_UP = "given-up";

  /** Our answer to a question of a call that was cancelled. */
  static final String LATE = "late-answer";

  static final String AFTER_LATE = "after-late";

  /** A call whose question waits, and the answer that ends it. */
  static final String PATIENT = "patient";

  static final String PATIENT_ANSWER = "patient-answer";

  /** The same, and another session answers first. */
  static final String INTRUDED = "intruded";

  static final String INTRUSION = "intrusion";
  static final String INTRUDED_ANSWER = "intruded-answer";

  /** How often the model wants to use tools before it says something. */
  private static final int TURNS = 2;

  /** How many tools that ask are tried, and how many of those that ask the same. */
  private static final int MAX_ASKERS = 8;

  private static final int MAX_ALIKE = 2;
  private static final Duration PATIENCE = Duration.ofMillis(400);
  private static final Duration END = Duration.ofSeconds(2);

  private final Stage stage;
  private final Map<String, Integer> alike = new HashMap<>();

  private AskScript(Stage stage) {
    this.stage = stage;
  }

  /** A tool that asks, and what it asks, in order. */
  private record Asker(CallableTool tool, ObjectNode questions) {
    Draft call(Conversation conversation) {
      return conversation.draft("tools/call", tool.params());
    }
  }

  private void run() throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = opened(stage.conversation());
    Probes.lawful(conversation);
    List<Asker> askers = new ArrayList<>();
    Optional<Conversation.Beside> listening = HeldCall.listening(conversation);
    try {
      for (CallableTool tool : Probes.callableTools(stage)) {
        Asker asker = new Asker(tool, Messages.object());
        answered(conversation, ASK, asker, Messages.object());
        if (!asker.questions().isEmpty() && isNews(asker) && askers.size() < MAX_ASKERS) {
          askers.add(asker);
        }
      }
      conversation.listen(HeldCall.LISTENING, PATIENCE);
    } finally {
      if (listening.isPresent()) {
        listening.get().end(Duration.ZERO);
      }
    }
    for (Asker asker : askers) {
      Conversation own = opened(stage.another());
      wrong(own, asker);
      loop(own, asker);
      if (asker.questions().size() > 1) {
        held(own, asker);
      }
    }
    if (!askers.isEmpty()) {
      givenUp(opened(stage.another()), askers.getFirst());
    }
    Optional<Asker> form =
        askers.stream()
            .filter(a -> a.questions().size() == 1)
            .filter(a -> a.questions().path("q0").path("params").has("requestedSchema"))
            .findFirst();
    if (form.isPresent() && stage.transport().isHttp()) {
      intruded(form.get());
    }
  }

  private static Conversation opened(Conversation conversation)
      throws TargetException, HarnessException, InterruptedException {
    ObjectNode capabilities = MessageShapes.everything();
    capabilities.withObjectProperty("sampling").putObject("tools");
    conversation.declare(capabilities);
    conversation.open();
    return conversation;
  }

  /** Whether not many ask the same. */
  private boolean isNews(Asker asker) {
    StringBuilder kinds = new StringBuilder();
    for (JsonNode question : asker.questions()) {
      JsonNode params = question.path("params");
      kinds
          .append(question.path("method").asString(""))
          .append(params.path("mode").asString("form"))
          .append(params.has("tools"))
          .append(params.path("_meta").has("progressToken"))
          .append(' ');
    }
    return alike.merge(kinds.toString(), 1, Integer::sum) <= MAX_ALIKE;
  }

  /**
   * Calls the tool and answers what it asks: the question of each number as given, all others
   * lawfully. What is asked first stays with the asker.
   */
  private static Exchange answered(
      Conversation conversation, String label, Asker asker, ObjectNode replies)
      throws HarnessException, InterruptedException {
    ObjectNode asked = Messages.object();
    for (String method : HeldCall.ASKED) {
      conversation.answering(
          method,
          question -> {
            String key = "q" + asked.size();
            ObjectNode copy = asked.putObject(key).put("method", method);
            copy.set("params", question.path("params"));
            JsonNode reply = replies.path(key);
            return List.of(Messages.result(question, reply.isObject() ? reply : lawful(question)));
          });
    }
    Exchange exchange = conversation.send(label, asker.call(conversation));
    HeldCall.ASKED.forEach(conversation::usual);
    if (asker.questions().isEmpty()) {
      asker.questions().setAll(asked);
    }
    return exchange;
  }

  private static ObjectNode lawful(JsonNode question) {
    return Replies.to(question).orElseGet(Messages::object);
  }

  private static void wrong(Conversation conversation, Asker asker)
      throws HarnessException, InterruptedException {
    for (Map.Entry<String, ObjectNode> one : WrongReplies.to(asker.questions()).entrySet()) {
      answered(conversation, one.getKey(), asker, one.getValue());
    }
    answered(conversation, TWIN, asker, Messages.object());
    conversation.send("alive", conversation.draft("ping"));
  }

  /** A model that wants to use the offered tool twice, and again, and then says something. */
  private static void loop(Conversation conversation, Asker asker)
      throws HarnessException, InterruptedException {
    if (WrongReplies.withTools(asker.questions()).isEmpty()) {
      return;
    }
    int[] turn = new int[1];
    conversation.answering(
        "sampling/createMessage",
        question -> {
          ObjectNode one = Messages.object();
          one.set("q0", question);
          Optional<ObjectNode> uses =
              ++turn[0] <= TURNS ? WrongReplies.toolUse(one, turn[0]) : Optional.empty();
          JsonNode reply = uses.isPresent() ? uses.get().path("q0") : lawful(question);
          return List.of(Messages.result(question, reply));
        });
    conversation.send(LOOP, asker.call(conversation));
    conversation.usual("sampling/createMessage");
  }

  private static void held(Conversation conversation, Asker asker)
      throws HarnessException, InterruptedException {
    HeldCall call = HeldCall.begin(conversation, HELD, asker.call(conversation));
    List<JsonNode> open = new ArrayList<>();
    Optional<JsonNode> question = call.question(PATIENCE);
    while (question.isPresent() && open.size() < asker.questions().size()) {
      open.add(question.get());
      question = call.question(PATIENCE);
    }
    question.ifPresent(open::add);
    for (JsonNode one : open) {
      call.say(HELD_ANSWER, Messages.result(one, lawful(one)));
    }
    call.end(END);
  }

  private static void givenUp(Conversation conversation, Asker asker)
      throws HarnessException, InterruptedException {
    Draft draft = asker.call(conversation);
    Optional<Conversation.Beside> listening = HeldCall.listening(conversation);
    HeldCall call = HeldCall.begin(conversation, GIVEN_UP, draft);
    Optional<JsonNode> question = call.question(PATIENCE);
    if (question.isPresent()) {
      ObjectNode params = Messages.object();
      params.set("requestId", draft.message().orElseGet(Messages::object).path("id"));
      conversation.send("give-up", conversation.notification("notifications/cancelled", params));
      // Whatever a cancellation breaks is another clause's business.
      conversation.send("after-give-up", conversation.draft("ping"));
    }
    call.end(PATIENCE);
    if (question.isPresent()) {
      call.say(LATE, Messages.result(question.get(), lawful(question.get())));
      conversation.send(AFTER_LATE, conversation.draft("ping"));
    }
    if (listening.isPresent()) {
      listening.get().end(Duration.ZERO);
    }
  }

  private void intruded(Asker asker)
      throws TargetException, HarnessException, InterruptedException {
    Conversation owner = opened(stage.another());
    Conversation other = opened(stage.another());
    for (boolean intrudes : new boolean[] {false, true}) {
      String label = intrudes ? INTRUDED : PATIENT;
      HeldCall call = HeldCall.begin(owner, label, asker.call(owner));
      Optional<JsonNode> question = call.question(PATIENCE);
      if (question.isPresent()) {
        ObjectNode answer = Messages.result(question.get(), lawful(question.get()));
        if (intrudes) {
          HeldCall.say(other, INTRUSION, answer);
        }
        call.question(PATIENCE);
        call.say(intrudes ? INTRUDED_ANSWER : PATIENT_ANSWER, answer);
      }
      call.end(END);
    }
  }
}
