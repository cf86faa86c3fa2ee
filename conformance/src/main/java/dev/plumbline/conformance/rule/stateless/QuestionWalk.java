package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Replies;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.rule.WrongReplies;
import dev.plumbline.conformance.wire.Bytes;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One walk through every tool that asks its client, for all rules on what becomes of the answers:
 * answers lawfully to the end, then the last round again with one change, and at last as it was.
 */
final class QuestionWalk {
  static final Script SCRIPT = stage -> new QuestionWalk(stage).run();

  /** The first call of a tool, of a client that can be asked everything. */
  static final String ASK = "ask";

  /** The last round as it was: the lawful twin of every change. */
  static final String TWIN = "twin";

  static final String ABANDONED = "abandoned";
  static final String LOOP = "loop";

  /** How many tools that ask are tried. */
  private static final int MAX_ASKERS = 16;

  /** How many questions are left without an answer. */
  private static final int ABANDON = 40;

  /** How often a model wants to use a tool: who goes along so far sets no limit. */
  static final int MAX_TURNS = 100;

  private final Stage stage;
  private final Conversation conversation;
  private final List<Asker> askers = new ArrayList<>();

  private QuestionWalk(Stage stage) throws TargetException, HarnessException {
    this.stage = stage;
    this.conversation = stage.conversation();
  }

  /** A tool that asks, with the first question, and the last round that completed it. */
  private record Asker(
      CallableTool tool, Exchange first, Exchange lastQuestion, ObjectNode lastRound) {
    Optional<String> state() {
      return lastRound.path("requestState").stringValueOpt();
    }
  }

  private static ObjectNode capabilities() {
    ObjectNode capabilities = Rounds.everything();
    capabilities.withObjectProperty("sampling").putObject("tools");
    return capabilities;
  }

  private void run() throws TargetException, HarnessException, InterruptedException {
    conversation.declare(capabilities());
    conversation.open();
    Probes.lawful(conversation);
    for (CallableTool tool : Probes.callableTools(stage)) {
      if (askers.size() < MAX_ASKERS) {
        asker(tool).ifPresent(askers::add);
      }
    }
    for (Asker asker : askers) {
      undeclared(asker);
      changes(asker);
      call(TWIN, asker.lastRound());
    }
    for (Asker asker : askers) {
      loop(asker);
    }
    if (!askers.isEmpty()) {
      malformed(askers.getFirst());
      abandon(askers.getFirst().tool());
    }
  }

  private Exchange call(String label, ObjectNode params)
      throws HarnessException, InterruptedException {
    return conversation.send(label, conversation.draft("tools/call", params));
  }

  private Optional<Asker> asker(CallableTool tool) throws HarnessException, InterruptedException {
    Exchange first = call(ASK, tool.params());
    Exchange asked = first;
    for (int round = 1; round < Rounds.MAX_ROUNDS && Rounds.asks(asked); round++) {
      Optional<ObjectNode> replies = Replies.all(Rounds.requests(asked));
      if (replies.isEmpty()) {
        return Optional.empty();
      }
      ObjectNode next = Rounds.next(tool.params(), asked, replies.get());
      Exchange answer = call("round", next);
      if (answer.accepted() && !Rounds.asks(answer)) {
        return Optional.of(new Asker(tool, first, asked, next));
      }
      asked = answer;
    }
    return Optional.empty();
  }

  // --- what the client did not declare ---------------------------------------------------------

  private void undeclared(Asker asker) throws HarnessException, InterruptedException {
    for (String kind : List.of("elicitation", "sampling", "roots")) {
      ObjectNode fewer = capabilities();
      fewer.remove(kind);
      declaring(asker, "without-" + kind, fewer);
    }
    for (String mode : List.of("form", "url")) {
      ObjectNode one = capabilities();
      one.putObject("elicitation").putObject(mode);
      declaring(asker, "only-" + mode, one);
    }
    ObjectNode empty = capabilities();
    empty.putObject("elicitation");
    declaring(asker, "only-empty", empty);
  }

  private void declaring(Asker asker, String label, ObjectNode capabilities)
      throws HarnessException, InterruptedException {
    Draft draft = conversation.draft("tools/call", asker.tool().params());
    conversation.send(label, Rounds.declaring(draft, capabilities));
  }

  // --- the last round with one change ----------------------------------------------------------

  private void changes(Asker asker) throws HarnessException, InterruptedException {
    if (asker.state().isPresent()) {
      states(asker, asker.state().get());
    }
    responses(asker);
    Map<String, ObjectNode> wrong = WrongReplies.to(Rounds.requests(asker.lastQuestion()));
    for (Map.Entry<String, ObjectNode> replies : wrong.entrySet()) {
      answered(replies.getKey(), asker, replies.getValue());
    }
  }

  private void states(Asker asker, String state) throws HarnessException, InterruptedException {
    ObjectNode without = asker.lastRound().deepCopy();
    without.remove("requestState");
    call("state-none", without);
    for (String changed : States.changed(state)) {
      call("state-changed", asker.lastRound().deepCopy().put("requestState", changed));
    }
    for (String hostile : States.hostile()) {
      call("state-hostile", asker.lastRound().deepCopy().put("requestState", hostile));
    }
    for (Asker other : askers) {
      boolean another = !other.tool().tool().name().equals(asker.tool().tool().name());
      if (another && other.state().isPresent()) {
        ObjectNode foreign = asker.lastRound().deepCopy();
        call("state-foreign", foreign.put("requestState", other.state().get()));
        return;
      }
    }
  }

  private void responses(Asker asker) throws HarnessException, InterruptedException {
    ObjectNode round = asker.lastRound();
    answered("answers-array", asker, Messages.NODES.arrayNode());
    answered("answers-text", asker, Messages.NODES.stringNode(Replies.TEXT));
    answered("answers-none", asker, Messages.object());
    ObjectNode shapeless = Messages.object();
    ObjectNode more = (ObjectNode) round.path("inputResponses").deepCopy();
    more.propertyNames().forEach(key -> shapeless.put(key, Replies.TEXT));
    answered("answers-shapeless", asker, shapeless);
    more.set(TaskWalk.NEVER_ISSUED, Replies.refused("cancel"));
    answered("answers-more", asker, more);
  }

  private void answered(String label, Asker asker, JsonNode replies)
      throws HarnessException, InterruptedException {
    ObjectNode params = asker.lastRound().deepCopy();
    params.set("inputResponses", replies);
    call(label, params);
  }

  // --- loops, mistakes, silence ----------------------------------------------------------------

  /** A model that wants to use two tools, again and again. */
  private void loop(Asker asker) throws HarnessException, InterruptedException {
    Exchange asked = asker.first();
    if (WrongReplies.withTools(Rounds.requests(asked)).isEmpty()) {
      return;
    }
    asked = call(LOOP, asker.tool().params());
    for (int turn = 1; turn <= MAX_TURNS && Rounds.asks(asked); turn++) {
      Optional<ObjectNode> replies = WrongReplies.toolUse(Rounds.requests(asked), turn);
      if (replies.isEmpty()) {
        return;
      }
      asked = call(LOOP, Rounds.next(asker.tool().params(), asked, replies.get()));
    }
  }

  private void malformed(Asker asker) throws HarnessException, InterruptedException {
    Draft draft = conversation.draft("tools/call", asker.lastRound());
    String body = draft.message().map(Messages::compact).orElse("{}");
    conversation.send(
        "malformed", draft.rawBody(Bytes.text(body.substring(0, body.length() - 2) + ",")));
    call("state-number", asker.lastRound().deepCopy().put("requestState", 7));
  }

  private void abandon(CallableTool tool) throws HarnessException, InterruptedException {
    for (int i = 0; i < ABANDON; i++) {
      call(ABANDONED, tool.params());
    }
    conversation.send("alive", conversation.draft("server/discover"));
  }
}
