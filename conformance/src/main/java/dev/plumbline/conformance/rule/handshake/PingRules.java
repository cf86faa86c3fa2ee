package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.MessageShapes;
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
  /** More pings in a second than this serve no purpose, whatever the network. */
  private static final int MAX_PINGS = 20;

  private static final long SECOND_NANOS = 1_000_000_000L;

  private PingRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "PING-001",
            Probes.ANY,
            Probes.HANDSHAKE,
            stage -> Probes.lawful(stage.open()),
            PingRules::answersEmpty),
        new Rule(
            "PING-005",
            Probes.ANY,
            Probes.HANDSHAKE,
            MessageShapes.SCRIPT,
            PingRules::doesNotFlood));
  }

  /** No ping at all keeps it, too: what is looked at is how much else was said meanwhile. */
  private static Verdict doesNotFlood(Recording recording) {
    return Every.verdict(
        recording,
        recording.exchanges().stream().filter(exchange -> exchange.response().isPresent()),
        "nothing was answered",
        exchange -> {
          long pings =
              exchange.messages().stream()
                  .filter(m -> m.path("method").asString("").equals("ping"))
                  .count();
          long seconds = 1 + (exchange.endNanos() - exchange.sentNanos()) / SECOND_NANOS;
          return pings <= MAX_PINGS * seconds
              ? Optional.empty()
              : Optional.of(
                  new Every.Broken(
                      exchange,
                      "The server pings " + pings + " times within " + seconds + " s.",
                      "Pings are not sent so often that they burden the connection.",
                      pings + " pings came with the answer to one request.",
                      "Ping an idle connection every few seconds at the most."));
        });
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
