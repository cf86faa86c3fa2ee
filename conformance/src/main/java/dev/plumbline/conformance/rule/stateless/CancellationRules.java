package dev.plumbline.conformance.rule.stateless;

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
  private static final Set<Transport> DUPLEX =
      Set.of(Transport.STDIO, Transport.TCP, Transport.WEBSOCKET);

  private CancellationRules() {}

  /** The rules on cancellation. */
  public static List<Rule> rules() {
    return List.of(
        rule("CANC-512", DUPLEX, r -> cancelled(r, CancellationRules::isSilent)),
        rule("TRAN-523", Probes.STDIO, r -> cancelled(r, CancellationRules::stops)),
        rule(
            "TRAN-524",
            Probes.STDIO,
            r ->
                cancelled(
                    r, (cancelled, _, examination) -> fallsSilent(r, cancelled, examination))));
  }

  private static Rule rule(
      String clause,
      Set<Transport> transports,
      java.util.function.Function<Recording, Verdict> judge) {
    return new Rule(clause, transports, Probes.STATELESS, Cancellations.SCRIPT, judge);
  }

  /** The responses with the id of that request. */
  private static Stream<JsonNode> answers(Stream<Exchange> heard, Exchange request) {
    JsonNode id = request.sentId().orElseThrow();
    return heard.flatMap(e -> e.messages().stream()).filter(m -> Messages.answers(m, id));
  }

  /** What is concluded from what came, if anything, for a cancelled request. */
  @FunctionalInterface
  private interface Conclusion {
    void judge(Exchange cancelled, Optional<JsonNode> answer, Examination examination);
  }

  private static Verdict cancelled(Recording recording, Conclusion conclusion) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    if (recording.exchange(Cancellations.RUNNING).isEmpty()) {
      examination.unseen("no tool takes as long as it is told to");
    } else if (examination.served(Cancellations.SLOW)
        && examination.served(Cancellations.AFTER_QUIET)) {
      Exchange running = recording.exchange(Cancellations.RUNNING).orElseThrow();
      Stream<Exchange> after =
          Stream.of(
                  Cancellations.CANCEL,
                  Cancellations.AFTER,
                  Cancellations.QUIET,
                  Cancellations.AFTER_QUIET)
              .flatMap(label -> recording.exchange(label).stream());
      if (running.response().isPresent()) {
        examination.unseen("the call was answered before it could be cancelled");
      } else {
        conclusion.judge(running, answers(after, running).findFirst(), examination);
      }
    }
    return examination.verdict();
  }

  private static void isSilent(
      Exchange cancelled, Optional<JsonNode> answer, Examination examination) {
    if (answer.isEmpty()) {
      examination.kept();
    } else {
      broken(
          cancelled,
          answer.get(),
          "A cancelled call is answered.",
          "A cancelled request is not answered any more, neither by a result nor by an error.",
          examination);
    }
  }

  private static void stops(
      Exchange cancelled, Optional<JsonNode> answer, Examination examination) {
    if (answer.filter(a -> a.has("result")).isEmpty()) {
      examination.kept();
    } else {
      broken(
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
      broken(
          cancelled,
          late.get(),
          "A message of a cancelled call comes after the cancellation.",
          "After a cancellation no message for its request follows.",
          examination);
    }
  }

  private static void broken(
      Exchange cancelled,
      JsonNode answer,
      String summary,
      String expected,
      Examination examination) {
    examination.broken(
        cancelled,
        summary,
        expected,
        "After notifications/cancelled came " + answer + ".",
        "Interrupt the work when notifications/cancelled names its id, and send nothing more.");
  }
}
