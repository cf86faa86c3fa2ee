package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.probe.ToolInfo;
import dev.plumbline.conformance.shape.ClientMessages;
import dev.plumbline.conformance.shape.Mismatch;
import dev.plumbline.conformance.shape.ServerMessages;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Inbound;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * BASE-006 and BASE-508: every message has the shape of its revision. The script makes the server
 * say as much as what is allowed can; what we said ourselves is held to its shape, too, and a
 * mistake there is ours.
 */
public final class MessageShapes {
  /** How many of each kind of thing are asked for. */
  private static final int MAX_THINGS = 24;

  /** How many differences of one exchange are told. */
  private static final int MAX_FINDINGS = 3;

  /** How long a tool that asks back, or a subscription, is listened to. */
  private static final Duration PATIENCE = Duration.ofMillis(400);

  /** How long the end of a stream is waited for. */
  private static final Duration STREAM_END = Duration.ofSeconds(2);

  /** What prompts are given: text that is also a URI, should a prompt make one of it. */
  private static final String ARGUMENT = "plumbline:bob";

  private static final int FIRST_TOKEN = 1_000;
  private static final String NEVER_ISSUED = "plumbline-never-issued";
  private static final String LOG_LEVEL = "io.modelcontextprotocol/logLevel";
  private static final String REVISION = "revision";
  private static final Map<String, String> LISTS =
      Map.of(
          "tools-list", "tools/list",
          "resources-list", "resources/list",
          "prompts-list", "prompts/list");

  private MessageShapes() {}

  /** Asks for everything that is declared. */
  public static final Script SCRIPT = MessageShapes::askForEverything;

  private static void askForEverything(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.conversation();
    conversation.declare(everything());
    conversation.open();
    stage.fact(REVISION, conversation.revision());
    Probes.lawful(conversation);
    lists(stage, conversation);
    utilities(stage, conversation);
    conversation.send("unknown-method", conversation.draft(Probes.UNKNOWN_METHOD));
    things(stage, conversation);
    if (stage.era() == Era.STATELESS) {
      provoke(stage, conversation);
      undeclared(stage, conversation);
      ObjectNode filter = Messages.object();
      filter.putObject("notifications").put("toolsListChanged", true);
      conversation.send(
          "listen", conversation.draft("subscriptions/listen", filter).deadline(PATIENCE));
    }
  }

  /** Errors that no rule on one method waits for. */
  private static void provoke(Stage stage, Conversation conversation)
      throws HarnessException, InterruptedException {
    if (stage.probe().declares("resources")) {
      ObjectNode cursor = Probes.params("cursor", NEVER_ISSUED);
      conversation.send("templates-cursor", conversation.draft("resources/templates/list", cursor));
      ObjectNode nobody = Probes.params("uri", "plumbline:///" + Probes.UNKNOWN_NAME);
      conversation.send("read-unknown", conversation.draft("resources/read", nobody));
    }
  }

  /** What is not declared is asked for as well: it should not be there. */
  private static void undeclared(Stage stage, Conversation conversation)
      throws HarnessException, InterruptedException {
    for (String feature : Probes.LISTED) {
      if (!stage.probe().declares(feature)) {
        conversation.send(feature + "-undeclared", conversation.draft(feature + "/list"));
      }
    }
    if (!stage.probe().declares("completions")) {
      completions(stage, conversation);
    }
  }

  /** A server asks only what its client declared. */
  public static ObjectNode everything() {
    ObjectNode capabilities = Messages.object();
    capabilities.putObject("sampling").putObject("context");
    ObjectNode elicitation = capabilities.putObject("elicitation");
    elicitation.putObject("form");
    elicitation.putObject("url");
    capabilities.putObject("roots");
    return capabilities;
  }

  private static void lists(Stage stage, Conversation conversation)
      throws HarnessException, InterruptedException {
    for (String feature : Probes.LISTED) {
      if (stage.probe().declares(feature)) {
        pages(conversation, feature + "-list", feature + "/list");
      }
    }
    if (stage.probe().declares("resources")) {
      pages(conversation, "templates-list", "resources/templates/list");
    }
    if (stage.era() == Era.HANDSHAKE && stage.probe().declares("tasks.list")) {
      pages(conversation, "tasks-list", "tasks/list");
    }
  }

  private static void pages(Conversation conversation, String label, String method)
      throws HarnessException, InterruptedException {
    Optional<String> cursor = Optional.empty();
    for (int page = 0; page < Probes.MAX_PAGES; page++) {
      ObjectNode params = cursor.map(c -> Probes.params("cursor", c)).orElseGet(Messages::object);
      Exchange exchange = conversation.send(label, conversation.draft(method, params));
      cursor = exchange.result().map(r -> r.path("nextCursor")).flatMap(JsonNode::stringValueOpt);
      if (cursor.isEmpty()) {
        return;
      }
    }
  }

  private static void utilities(Stage stage, Conversation conversation)
      throws HarnessException, InterruptedException {
    boolean handshake = stage.era() == Era.HANDSHAKE;
    if (handshake && stage.probe().declares("logging")) {
      conversation.send(
          "set-level", conversation.draft("logging/setLevel", Probes.params("level", "debug")));
    }
    List<String> resources = stage.probe().resources();
    if (handshake && stage.probe().declares("resources.subscribe") && !resources.isEmpty()) {
      ObjectNode uri = Probes.params("uri", resources.getFirst());
      conversation.send("subscribe", conversation.draft("resources/subscribe", uri));
      conversation.send("unsubscribe", conversation.draft("resources/unsubscribe", uri));
    }
    if (stage.probe().declares("completions")) {
      completions(stage, conversation);
    }
  }

  private static void completions(Stage stage, Conversation conversation)
      throws HarnessException, InterruptedException {
    for (Map.Entry<String, List<String>> prompt : stage.probe().promptArguments().entrySet()) {
      if (!prompt.getValue().isEmpty()) {
        ObjectNode params = Messages.object();
        params.putObject("ref").put("type", "ref/prompt").put("name", prompt.getKey());
        params.putObject("argument").put("name", prompt.getValue().getFirst()).put("value", "");
        conversation.send("complete", conversation.draft("completion/complete", params));
      }
    }
  }

  private static void things(Stage stage, Conversation conversation)
      throws HarnessException, InterruptedException {
    // What is no URI cannot be asked for lawfully.
    List<String> uris = stage.probe().resources().stream().filter(Content::isUri).toList();
    for (String uri : first(uris)) {
      conversation.send("read", conversation.draft("resources/read", Probes.params("uri", uri)));
    }
    for (String prompt : first(stage.probe().prompts())) {
      ObjectNode params = Probes.params("name", prompt);
      ObjectNode arguments = params.putObject("arguments");
      stage
          .probe()
          .promptArguments()
          .getOrDefault(prompt, List.of())
          .forEach(name -> arguments.put(name, ARGUMENT));
      conversation.send("get", conversation.draft("prompts/get", params));
    }
    int token = 0;
    Optional<ObjectNode> streamed = Optional.empty();
    for (ToolInfo tool : first(stage.probe().tools())) {
      if (tool.callable() && stage.consent().covers(tool.needs())) {
        ObjectNode params =
            new CallableTool(tool, (ObjectNode) tool.arguments().deepCopy()).params();
        ObjectNode meta = params.putObject("_meta");
        progressToken(meta, token++);
        if (stage.era() == Era.STATELESS) {
          meta.put(LOG_LEVEL, "debug");
        }
        Exchange call = conversation.send("call", conversation.draft("tools/call", params));
        if (streamed.isEmpty() && streams(call)) {
          streamed = Optional.of(params.deepCopy());
        }
        if (stage.era() == Era.STATELESS && logs(call)) {
          params.remove("_meta");
          conversation.send("quiet", conversation.draft("tools/call", params));
        }
      }
    }
    if (stage.era() == Era.STATELESS && streamed.isPresent()) {
      progressToken(streamed.get().withObjectProperty("_meta"), token);
      Draft again = conversation.draft("tools/call", streamed.get());
      conversation.send("call", again.toTheEnd().deadline(STREAM_END));
    }
  }

  private static boolean streams(Exchange call) {
    return call.received() instanceof Inbound.HttpResponse response && !response.events().isEmpty();
  }

  /** Strings and integers in turn. */
  private static void progressToken(ObjectNode meta, int number) {
    if (number % 2 == 0) {
      meta.put("progressToken", "plumbline-" + number);
    } else {
      meta.put("progressToken", FIRST_TOKEN + number);
    }
  }

  private static boolean logs(Exchange call) {
    return call.messages().stream()
        .anyMatch(m -> m.path("method").asString("").equals("notifications/message"));
  }

  private static <T> List<T> first(List<T> all) {
    return all.subList(0, Math.min(all.size(), MAX_THINGS));
  }

  /** Judges every message, theirs and ours. */
  public static Verdict judge(Recording recording) {
    Examination examination = new Examination(recording);
    String revision = recording.fact(REVISION).orElse("");
    if (revision.isEmpty() || !examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    for (Exchange exchange : recording.exchanges()) {
      Optional<Mismatch> ours =
          exchange.sentMessage().stream()
              .filter(JsonNode::isObject)
              .flatMap(message -> ClientMessages.check(message, revision).stream())
              .findFirst();
      if (ours.isPresent()) {
        return new Verdict.HarnessFault(
            "our own message " + exchange.label() + " is out of shape: " + ours.get());
      }
      exchange.messages().forEach(message -> judge(message, exchange, revision, examination));
    }
    for (Map.Entry<String, String> list : LISTS.entrySet()) {
      recording
          .exchange(list.getKey())
          .filter(exchange -> !exchange.accepted())
          .ifPresent(exchange -> examination.unseen(list.getValue() + " got no result"));
    }
    return examination.verdict();
  }

  private static void judge(
      JsonNode message, Exchange exchange, String revision, Examination examination) {
    boolean answer = exchange.sentId().filter(id -> Messages.answers(message, id)).isPresent();
    Optional<String> method =
        answer
            ? exchange.sentMessage().flatMap(m -> m.path("method").stringValueOpt())
            : Optional.empty();
    List<Mismatch> mismatches = ServerMessages.check(message, revision, method);
    if (mismatches.isEmpty()) {
      examination.kept();
      return;
    }
    String what =
        method
            .map(name -> "The answer to " + name)
            .orElse("The message " + message.path("method").asString("without a method"));
    mismatches.stream()
        .limit(MAX_FINDINGS)
        .forEach(
            mismatch ->
                examination.broken(
                    exchange,
                    what + " is out of shape: " + mismatch + ".",
                    "In revision "
                        + revision
                        + " "
                        + mismatch.path()
                        + " is "
                        + mismatch.expected()
                        + ".",
                    mismatch.path() + " is " + mismatch.actual() + ".",
                    "Write " + mismatch.expected() + " to " + mismatch.path() + "."));
  }
}
