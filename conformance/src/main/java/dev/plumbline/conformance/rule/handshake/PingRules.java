package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Rules of the page {@code 2025-11-25/basic/utilities/ping}. */
public final class PingRules {
  private PingRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "PING-001",
            Probes.ANY,
            Probes.HANDSHAKE,
            stage -> Probes.lawful(stage.open()),
            PingRules::answersEmpty));
  }

  private static Verdict answersEmpty(Recording recording) {
    Examination examination = new Examination(recording);
    if (examination.served("initialize")) {
      examination.answered(Probes.LAWFUL).ifPresent(e -> judge(e, examination));
    }
    return examination.verdict();
  }

  private static void judge(Exchange exchange, Examination examination) {
    Optional<JsonNode> result = exchange.result();
    boolean unknown = exchange.errorCode().orElse(0) == Answer.METHOD_NOT_FOUND;
    if (result.isEmpty() && !unknown) {
      examination.unseen("the ping was not served: " + Answer.told(exchange));
    } else if (result.isPresent() && isEmpty(result.get())) {
      examination.kept();
    } else {
      examination.broken(
          exchange,
          unknown ? "The server does not know ping." : "The answer to ping is not empty.",
          "The receiver of a ping answers at once with an empty result.",
          unknown
              ? "ping was answered with error -32601."
              : "The result is " + Answer.compact(result.orElseThrow()) + ".",
          "Answer ping with the result {}.");
    }
  }

  /** Metadata may ride along on every result, also on an empty one. */
  private static boolean isEmpty(JsonNode result) {
    return result.isObject() && result.propertyNames().stream().allMatch("_meta"::equals);
  }
}
