package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.probe.ToolInfo;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules on what may only be asked of a client that declared it, of the pages on lifecycle,
 * elicitation, sampling and roots. The same tools are called by a client that declares nothing.
 */
public final class UndeclaredRules {
  /** How many tools are called. */
  private static final int MAX_CALLS = 24;

  private static final String CALL = "call";

  /** Calls tools as a client that declares nothing. */
  static final Script BARE = stage -> calls(stage, Messages.object());

  private static final Script PLAIN =
      stage -> {
        ObjectNode capabilities = Messages.object();
        capabilities.putObject("sampling");
        calls(stage, capabilities);
      };

  /** Calls tools as a client whose model can be asked for tasks, and whose user cannot. */
  private static final Script PARTLY =
      stage -> {
        ObjectNode capabilities = MessageShapes.everything();
        capabilities
            .putObject("tasks")
            .putObject("requests")
            .putObject("sampling")
            .putObject("createMessage");
        calls(stage, capabilities);
      };

  private static final Requires ASKED = Probes.HANDSHAKE;

  private UndeclaredRules() {}

  /** The rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "TASK-002",
            Probes.ANY,
            ASKED.since("2025-11-25"),
            PARTLY,
            new EveryPiece(
                recording -> Heard.params(recording, "elicitation/create"),
                params ->
                    EveryPiece.when(
                        params.has("task"),
                        "The server elicits as a task of a client that takes sampling only as one."),
                "a tool that elicits",
                "A request is sent as a task only to a side that declared this for its method.",
                "Look at the client's capability tasks.requests for the very method.")),
        bare("LIFE-016", ASKED.since("2025-06-18"), "sampling/createMessage", "sampling"),
        bare("LIFE-026", ASKED.until("2025-03-26"), "sampling/createMessage", "sampling"),
        bare("ELIC-006", ASKED.since("2025-11-25"), "elicitation/create", "elicitation"),
        bare("ROOT-012", ASKED, "roots/list", "roots"),
        plain(
            "SAMP-004",
            params -> params.has("tools") || params.has("toolChoice"),
            "offers tools",
            "Tools are offered to the client's model only when it declared sampling.tools."),
        plain(
            "SAMP-007",
            params -> !params.path("includeContext").asString("none").equals("none"),
            "asks for context",
            "Contexts other than none are asked for only of a client that declared"
                + " sampling.context."));
  }

  private static void calls(Stage stage, ObjectNode capabilities)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.conversation();
    conversation.declare(capabilities);
    conversation.open();
    Probes.lawful(conversation);
    for (ToolInfo tool : stage.probe().tools().stream().limit(MAX_CALLS).toList()) {
      if (tool.callable() && stage.consent().covers(tool.needs())) {
        ObjectNode params =
            new CallableTool(tool, (ObjectNode) tool.arguments().deepCopy()).params();
        conversation.send(CALL, conversation.draft("tools/call", params));
      }
    }
    conversation.send("after", conversation.draft("ping"));
  }

  private static Rule bare(String clause, Requires requires, String method, String capability) {
    return new Rule(
        clause, Probes.ANY, requires, BARE, recording -> neverAsked(recording, method, capability));
  }

  private static Verdict neverAsked(Recording recording, String method, String capability) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL) || !examination.served("after")) {
      return examination.verdict();
    }
    answeredCalls(recording, examination);
    Heard.requests(recording)
        .filter(request -> request.method().equals(method))
        .forEach(
            request ->
                examination.broken(
                    request.exchange(),
                    "The server asks for "
                        + method
                        + " of a client that did not declare "
                        + capability
                        + ".",
                    "A side uses only what the other one declared: "
                        + method
                        + " needs the"
                        + " client's capability "
                        + capability
                        + ".",
                    "The client declared nothing; the request reads: "
                        + EveryPiece.quoted(request.node()),
                    "Look at the client's capabilities before asking, and do without when it is"
                        + " missing."));
    return examination.verdict();
  }

  private static void answeredCalls(Recording recording, Examination examination) {
    List<Exchange> calls = recording.exchanges(CALL).toList();
    calls.stream().filter(call -> call.response().isPresent()).forEach(call -> examination.kept());
    if (calls.stream().noneMatch(call -> call.response().isPresent())) {
      examination.unseen("no call of a tool was answered");
    }
  }

  private static Rule plain(
      String clause, Predicate<JsonNode> wrong, String what, String expected) {
    return new Rule(
        clause,
        Probes.ANY,
        ASKED.since("2025-11-25"),
        PLAIN,
        recording -> {
          Examination examination = new Examination(recording);
          if (!examination.served(Probes.LAWFUL)) {
            return examination.verdict();
          }
          List<Heard> asked = Heard.params(recording, "sampling/createMessage").toList();
          for (Heard params : asked) {
            if (!wrong.test(params.node())) {
              examination.kept();
              continue;
            }
            examination.broken(
                params.exchange(),
                "The server " + what + " in sampling, which the client did not declare.",
                expected,
                "The client declared sampling {}; the parameters read: "
                    + EveryPiece.quoted(params.node()),
                "Look at the members of the client's capability sampling before asking.");
          }
          if (asked.isEmpty()) {
            examination.unseen("the target gave no occasion: a tool that samples");
          }
          return examination.verdict();
        });
  }
}
