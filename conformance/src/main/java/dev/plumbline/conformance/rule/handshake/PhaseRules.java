package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Every.Broken;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Rules on the phases of a session, page {@code 2025-11-25/basic/lifecycle}. */
public final class PhaseRules {
  private PhaseRules() {}

  /** The rules; both look at one opening, step by step. */
  public static List<Rule> rules() {
    return List.of(
        new Rule("LIFE-009", Probes.ANY, Probes.HANDSHAKE, OpeningScript.SCRIPT, PhaseRules::waits),
        new Rule(
            "LIFE-022", Probes.ANY, Probes.HANDSHAKE, OpeningScript.SCRIPT, PhaseRules::survives));
  }

  /** Whether the message is a request other than ping. */
  static boolean isAsking(JsonNode message) {
    return Messages.isRequest(message) && !message.path("method").asString("").equals("ping");
  }

  private static Verdict waits(Recording recording) {
    return Every.verdict(
        recording,
        Stream.of(OpeningScript.INITIALIZE, OpeningScript.WAITING)
            .flatMap(label -> recording.exchange(label).stream()),
        "the session was not opened",
        exchange ->
            exchange.messages().stream()
                .filter(PhaseRules::isAsking)
                .findFirst()
                .map(
                    early ->
                        new Broken(
                            exchange,
                            "The server asks for "
                                + early.path("method").asString("")
                                + " before the client is initialized.",
                            "Until notifications/initialized has come the server sends no requests"
                                + " but ping.",
                            "The request reads: " + EveryPiece.quoted(early),
                            "Keep requests back until notifications/initialized has come.")));
  }

  private static Verdict survives(Recording recording) {
    return Every.verdict(
        recording,
        recording.exchanges(OpeningScript.BAD).filter(e -> e.end() != End.TIMED_OUT),
        "no initialize that is wrong was answered",
        exchange -> {
          int status = exchange.status().orElse(0);
          boolean broken =
              status >= 500 || (exchange.end() == End.CLOSED && exchange.messages().isEmpty());
          return broken
              ? Optional.of(
                  new Broken(
                      exchange,
                      "An initialize that is wrong is answered by a breakdown.",
                      "A mismatch in initialize is survived: it is answered by an error or by"
                          + " another version.",
                      status >= 500
                          ? "The answer is " + Answer.told(exchange) + "."
                          : "The connection was closed without an answer.",
                      "Check the parameters of initialize, and answer with error -32602."))
              : Optional.empty();
        });
  }
}
