package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Listing;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Judges of twin probes: a lawful request that must be served, and what becomes of the other. */
final class Twins {
  static final int MISMATCH = -32020;

  /**
   * How a request is to be refused.
   *
   * @param codes any of these; none is any refusal
   * @param status the HTTP status; 0 is any
   * @param told the same in words
   */
  record Refusal(Set<Integer> codes, int status, String told) {
    boolean is(Exchange exchange) {
      if (codes.isEmpty()) {
        return exchange.refused()
            || exchange.result().filter(r -> r.path("isError").asBoolean(false)).isPresent();
      }
      return codes.contains(exchange.errorCode().orElse(0))
          && (status == 0 || exchange.status().orElse(status) == status);
    }
  }

  static final Refusal PARAMS = new Refusal(Set.of(Answer.INVALID_PARAMS), 0, "error -32602");

  /** Where the page asks for a check, and leaves open how a refusal reads. */
  static final Refusal ANYHOW = new Refusal(Set.of(), 0, "any error");

  static final Refusal HEADER = new Refusal(Set.of(MISMATCH), 400, "status 400 and error -32020");

  private Twins() {}

  /** Every exchange with one of these labels is refused in this way. */
  static Function<Recording, Verdict> refused(
      String lawful, String what, Refusal refusal, String... labels) {
    return recording -> {
      Examination examination = new Examination(recording);
      if (examination.served(lawful)) {
        for (String label : labels) {
          List<Exchange> sent =
              recording.exchanges().stream().filter(e -> Listing.isOf(e, label)).toList();
          if (sent.isEmpty()) {
            examination.unseen(label + " was not sent");
          }
          sent.forEach(e -> judge(e, what, refusal, examination));
        }
      }
      return examination.verdict();
    };
  }

  /** Holds one exchange against the way it is to be refused. */
  static void judge(Exchange exchange, String what, Refusal refusal, Examination examination) {
    Optional<String> missing = Answer.missing(exchange);
    if (missing.isPresent()) {
      examination.unseen(missing.get());
    } else if (refusal.is(exchange)) {
      examination.kept();
    } else {
      examination.broken(
          exchange,
          what + " is not refused as the page asks.",
          what + " is refused with " + refusal.told() + ".",
          told(exchange),
          "Check this before the request is served, and answer with " + refusal.told() + ".");
    }
  }

  /** The exchange with this label is served like its lawful twin. */
  static Function<Recording, Verdict> served(String lawful, String what, String label) {
    return recording -> {
      Examination examination = new Examination(recording);
      if (examination.served(lawful)) {
        examination.answered(label).ifPresent(e -> judgeServed(e, what, examination));
      }
      return examination.verdict();
    };
  }

  /** Holds one exchange against being served. */
  static void judgeServed(Exchange exchange, String what, Examination examination) {
    hold(
        examination,
        exchange,
        Exchange::accepted,
        what + " is not served.",
        what + " is served like one without it.",
        "Ignore what the specification gives no meaning, and read what it does.");
  }

  /** The exchange with this label is as it should be. */
  static Function<Recording, Verdict> kept(
      String lawful,
      String label,
      Predicate<Exchange> right,
      String summary,
      String expected,
      String fix) {
    return recording -> {
      Examination examination = new Examination(recording);
      if (examination.served(lawful)) {
        examination
            .answered(label)
            .ifPresent(e -> hold(examination, e, right, summary, expected, fix));
      }
      return examination.verdict();
    };
  }

  /** Holds one exchange against a requirement. */
  static void hold(
      Examination examination,
      Exchange exchange,
      Predicate<Exchange> right,
      String summary,
      String expected,
      String fix) {
    if (right.test(exchange)) {
      examination.kept();
    } else {
      examination.broken(exchange, summary, expected, told(exchange), fix);
    }
  }

  private static String told(Exchange exchange) {
    return "The answer is " + Answer.told(exchange) + ".";
  }
}
