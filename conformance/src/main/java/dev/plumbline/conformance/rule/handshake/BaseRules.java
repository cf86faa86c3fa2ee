package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.IdEcho;
import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Rules of the page {@code 2025-11-25/basic}. */
public final class BaseRules {
  private static final String UNKNOWN = "unknown-method";

  private BaseRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "BASE-006", Probes.ANY, Probes.HANDSHAKE, MessageShapes.SCRIPT, MessageShapes::judge),
        new Rule("BASE-001", Probes.ANY, Probes.HANDSHAKE, IdEcho.SCRIPT, IdEcho::judge),
        new Rule(
            "BASE-002",
            Probes.ANY,
            Probes.HANDSHAKE,
            BaseRules.provokesAnError(),
            BaseRules::errorIsWhole));
  }

  private static Script provokesAnError() {
    return stage -> {
      Conversation conversation = stage.open();
      Probes.lawful(conversation);
      conversation.send(UNKNOWN, conversation.draft(Probes.UNKNOWN_METHOD));
    };
  }

  private static Verdict errorIsWhole(Recording recording) {
    Examination examination = new Examination(recording);
    if (examination.served(Probes.LAWFUL)) {
      examination.answered(UNKNOWN).ifPresent(e -> judge(e, examination));
    }
    return examination.verdict();
  }

  private static void judge(Exchange exchange, Examination examination) {
    Optional<JsonNode> error =
        exchange.messages().stream()
            .filter(Messages::isResponse)
            .filter(message -> message.has("error"))
            .map(message -> message.get("error"))
            .findFirst();
    if (error.isEmpty()) {
      examination.unseen("the unknown method got no JSON-RPC error: " + Answer.told(exchange));
      return;
    }
    List<String> defects = defects(error.get());
    if (defects.isEmpty()) {
      examination.kept();
      return;
    }
    examination.broken(
        exchange,
        "An error response is incomplete: " + String.join(", ", defects) + ".",
        "The error member is an object with an integer code and a message.",
        "The error member is " + Answer.compact(error.get()) + ".",
        "Write code (an integer) and message (a string) into every error.");
  }

  private static List<String> defects(JsonNode error) {
    List<String> defects = new ArrayList<>();
    if (!error.isObject()) {
      return List.of("error is not an object");
    }
    if (!error.path("code").canConvertToExactIntegral()) {
      defects.add("code is not an integer");
    }
    if (!error.path("message").isString()) {
      defects.add("message is not a string");
    }
    return defects;
  }
}
