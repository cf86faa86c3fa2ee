package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import java.util.List;

/** Rules of the page {@code 2025-11-25/client/sampling}. */
public final class SamplingRules {
  private SamplingRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "SAMP-006",
            Probes.ANY,
            Probes.HANDSHAKE.since("2025-11-25"),
            MessageShapes.SCRIPT,
            new EveryPiece(
                recording -> Heard.params(recording, "sampling/createMessage"),
                params ->
                    EveryPiece.when(
                        !params.path("includeContext").asString("none").equals("none"),
                        "A sampling request asks for the context "
                            + params.path("includeContext").asString("")
                            + "."),
                "a tool that samples",
                "A server avoids the contexts thisServer and allServers.",
                "Leave includeContext away and put what the model must know into messages.")));
  }
}
