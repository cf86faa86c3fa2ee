package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Every.Broken;
import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Rules on the error that asks to visit an address first, page {@code
 * 2025-11-25/client/elicitation}.
 */
public final class UrlRequiredRules {
  private static final int REQUIRED = -32042;
  private static final String LIST = "elicitations";
  private static final Requires MODES = Probes.HANDSHAKE.since("2025-11-25");
  private static final String OCCASION =
      "the target gave no occasion: a tool that needs an address to be visited first";

  private UrlRequiredRules() {}

  /** The rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "ELIC-017",
            Probes.ANY,
            MODES,
            UndeclaredRules.BARE,
            UrlRequiredRules::onlyWhereItHelps),
        new Rule(
            "ELIC-018",
            Probes.ANY,
            MODES,
            MessageShapes.SCRIPT,
            new EveryPiece(
                UrlRequiredRules::errors,
                error ->
                    EveryPiece.when(
                        !error.path("data").path(LIST).isArray()
                            || error.path("data").path(LIST).isEmpty(),
                        "Error -32042 lists no elicitations."),
                "a tool that needs an address to be visited first",
                "Error -32042 lists in data.elicitations what must be completed first.",
                "Write every elicitation that is needed to data.elicitations.")),
        new Rule(
            "ELIC-019",
            Probes.ANY,
            MODES,
            MessageShapes.SCRIPT,
            new EveryPiece(
                recording ->
                    errors(recording)
                        .flatMap(error -> error.below("data"))
                        .flatMap(data -> data.below(LIST))
                        .flatMap(Heard::elements),
                elicitation ->
                    EveryPiece.when(
                        !elicitation.path("mode").asString("").equals("url")
                            || elicitation.path("elicitationId").asString("").isEmpty(),
                        "Error -32042 lists what is no elicitation by address with an id."),
                "a tool that needs an address to be visited first",
                "Every elicitation in error -32042 has mode url and an elicitationId.",
                "Fill mode with url, and elicitationId.")),
        new Rule(
            "ELIC-029", Probes.ANY, MODES, MessageShapes.SCRIPT, UrlRequiredRules::hasItsCode));
  }

  private static Stream<Heard> errors(Recording recording) {
    return Heard.responses(recording)
        .flatMap(response -> response.below("error"))
        .filter(error -> error.node().path("code").asInt(0) == REQUIRED);
  }

  private static Verdict onlyWhereItHelps(Recording recording) {
    return Every.verdict(
        recording,
        recording.exchanges().stream()
            .filter(e -> e.response().isPresent() && !e.label().equals("initialize")),
        "no request was answered",
        exchange ->
            exchange.errorCode().orElse(0) == REQUIRED
                ? Optional.of(
                    new Broken(
                        exchange,
                        "Error -32042 goes to a client that cannot open addresses.",
                        "Error -32042 is given only where an elicitation by address is needed and"
                            + " can be made.",
                        "The client declared no capabilities; the answer is "
                            + Answer.told(exchange)
                            + ".",
                        "Look at the client's capability elicitation.url first; without it give"
                            + " another error."))
                : Optional.empty());
  }

  private static boolean asksForPages(Exchange exchange) {
    JsonNode listed = exchange.error().map(error -> error.path("data").path(LIST)).orElse(null);
    return listed != null && listed.isArray() && !listed.isEmpty();
  }

  private static Verdict hasItsCode(Recording recording) {
    return Every.verdict(
        recording,
        recording.exchanges().stream()
            .filter(e -> asksForPages(e) || e.errorCode().orElse(0) == REQUIRED),
        OCCASION,
        exchange ->
            exchange.errorCode().orElse(0) == REQUIRED
                ? Optional.empty()
                : Optional.of(
                    new Broken(
                        exchange,
                        "An error that lists elicitations has another code than -32042.",
                        "Where a request needs an elicitation by address first, the error has the"
                            + " code -32042.",
                        "The answer is " + Answer.told(exchange) + ".",
                        "Give the error the code -32042.")));
  }
}
