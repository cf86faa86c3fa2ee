package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Cancellations;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.Exchange;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Rules of the page {@code 2025-11-25/basic/utilities/cancellation} on a call that is cancelled.
 * Over HTTP every request is answered, and a stream ought to bring its response, so there silence
 * cannot be asked for.
 */
public final class CancelRules {
  private CancelRules() {}

  /** The rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "CANC-004",
            Cancellations.DUPLEX,
            Probes.HANDSHAKE,
            Cancellations.SCRIPT,
            recording -> Cancellations.judged(recording, CancelRules::isSilent)));
  }

  /** A server may finish what cannot be cancelled: a result tells nothing, an error does. */
  private static void isSilent(
      Exchange cancelled, Optional<JsonNode> answer, Examination examination) {
    if (answer.isEmpty()) {
      examination.kept();
    } else if (answer.get().has("error") || answer.get().at("/result/isError").asBoolean(false)) {
      Cancellations.answered(cancelled, answer.get(), examination);
    } else {
      examination.unseen("the call was finished, as one may be that cannot be cancelled");
    }
  }
}
