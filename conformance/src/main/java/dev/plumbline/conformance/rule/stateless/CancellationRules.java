package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Cancellations;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Rules of the pages on cancellation and stdio about what follows a cancellation. */
public final class CancellationRules {
  private CancellationRules() {}

  /** The rules on cancellation. */
  public static List<Rule> rules() {
    return List.of(
        rule(
            "CANC-512",
            Cancellations.DUPLEX,
            r -> Cancellations.judged(r, CancellationRules::isSilent)),
        rule("TRAN-523", Probes.STDIO, r -> Cancellations.judged(r, CancellationRules::stops)),
        rule(
            "TRAN-524",
            Probes.STDIO,
            r ->
                Cancellations.judged(
                    r, (cancelled, _, examination) -> fallsSilent(r, cancelled, examination))));
  }

  private static Rule rule(
      String clause,
      Set<Transport> transports,
      java.util.function.Function<Recording, Verdict> judge) {
    return new Rule(clause, transports, Probes.STATELESS, Cancellations.SCRIPT, judge);
  }

  private static void isSilent(
      Exchange cancelled, Optional<JsonNode> answer, Examination examination) {
    if (answer.isEmpty()) {
      examination.kept();
    } else {
      Cancellations.answered(cancelled, answer.get(), examination);
    }
  }

  private static void stops(
      Exchange cancelled, Optional<JsonNode> answer, Examination examination) {
    if (answer.filter(a -> a.has("result")).isEmpty()) {
      examination.kept();
    } else {
      Cancellations.broken(
          cancelled,
          answer.get(),
          "A cancelled call works on to its result.",
          "Work on a cancelled request stops as soon as practical.",
          examination);
    }
  }

  /** What was written before the cancellation was read may still come with the next answer. */
  private static void fallsSilent(
      Recording recording, Exchange cancelled, Examination examination) {
    JsonNode id = cancelled.sentId().orElseThrow();
    Optional<JsonNode> late =
        Stream.of(Cancellations.QUIET, Cancellations.AFTER_QUIET)
            .flatMap(label -> recording.exchange(label).stream())
            .flatMap(e -> e.messages().stream())
            .filter(
                m ->
                    Messages.answers(m, id)
                        || Messages.isSameId(id, m.path("params").path("progressToken")))
            .findFirst();
    if (late.isEmpty()) {
      examination.kept();
    } else {
      Cancellations.broken(
          cancelled,
          late.get(),
          "A message of a cancelled call comes after the cancellation.",
          "After a cancellation no message for its request follows.",
          examination);
    }
  }
}
