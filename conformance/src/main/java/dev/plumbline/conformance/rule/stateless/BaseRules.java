package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.IdEcho;
import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Rules of the page {@code 2026-07-28/basic}. */
public final class BaseRules {
  private static final String WITHOUT = "without-client-capabilities";

  private BaseRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "BASE-508", Probes.ANY, Probes.STATELESS, MessageShapes.SCRIPT, MessageShapes::judge),
        new Rule(
            "BASE-501",
            Probes.ANY,
            Probes.STATELESS,
            BaseRules::collectsResults,
            BaseRules::everyResultStatesItsType),
        new Rule("BASE-502", Probes.ANY, Probes.STATELESS, IdEcho.SCRIPT, IdEcho::judge),
        new Rule(
            "BASE-503",
            Probes.ANY,
            Probes.STATELESS,
            BaseRules::omitsCapabilities,
            BaseRules::refusesMissingCapabilities),
        new Rule(
            "BASE-550",
            Probes.HTTP,
            Probes.STATELESS,
            BaseRules::omitsCapabilities,
            BaseRules::refusesMissingCapabilities));
  }

  // --- BASE-501 ----------------------------------------------------------------------------------

  private static void collectsResults(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Probes.lawful(conversation);
    Probes.lists(stage, conversation);
    Optional<CallableTool> tool = Probes.readOnlyTool(stage);
    if (tool.isPresent()) {
      conversation.send("call", conversation.draft("tools/call", tool.get().params()));
    }
    List<String> resources = stage.probe().resources();
    if (!resources.isEmpty()) {
      conversation.send(
          "read", conversation.draft("resources/read", Probes.params("uri", resources.getFirst())));
    }
  }

  private static Verdict everyResultStatesItsType(Recording recording) {
    Examination examination = new Examination(recording);
    for (Exchange exchange : recording.exchanges()) {
      exchange.result().ifPresent(result -> judgeType(result, exchange, examination));
    }
    return examination.verdict();
  }

  private static void judgeType(JsonNode result, Exchange exchange, Examination examination) {
    JsonNode type = result.path("resultType");
    if (type.isString() && !type.stringValue().isEmpty()) {
      examination.kept();
      return;
    }
    examination.broken(
        exchange,
        "The result of " + method(exchange) + " does not state its type.",
        "Every result has a resultType, such as \"complete\".",
        "resultType is " + Answer.compact(type) + ".",
        "Write resultType into every result.");
  }

  private static String method(Exchange exchange) {
    return exchange.sentMessage().map(m -> m.path("method").asString("")).orElse("");
  }

  // --- BASE-503 ----------------------------------------------------------------------------------

  /**
   * Only the capabilities are left out: a request that still names its version in {@code _meta} is
   * of this era beyond doubt, also for a server that serves both.
   */
  private static void omitsCapabilities(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Exchange lawful = Probes.lawful(conversation);
    if (lawful.accepted()) {
      conversation.send(
          WITHOUT,
          conversation
              .draft("server/discover")
              .meta(
                  meta -> {
                    meta.remove(Draft.META_CAPABILITIES);
                    return meta;
                  }));
    }
  }

  private static Verdict refusesMissingCapabilities(Recording recording) {
    Examination examination = new Examination(recording);
    if (examination.served(Probes.LAWFUL)) {
      examination.answered(WITHOUT).ifPresent(e -> judgeRefusal(e, examination));
    }
    return examination.verdict();
  }

  private static void judgeRefusal(Exchange exchange, Examination examination) {
    int status = exchange.status().orElse(400);
    if (exchange.errorCode().orElse(0) == Answer.INVALID_PARAMS && status == 400) {
      examination.kept();
      return;
    }
    examination.broken(
        exchange,
        "A request without clientCapabilities in _meta is not refused as the page asks.",
        "A request that lacks a required _meta field is refused with error -32602, over HTTP with"
            + " status 400.",
        "The answer is " + Answer.told(exchange) + ".",
        "Check that every request carries "
            + Draft.META_CAPABILITIES
            + " and refuse it with"
            + " error -32602 (status 400) when it does not.");
  }
}
