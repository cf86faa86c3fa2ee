package dev.plumbline.conformance.mutant;

import static dev.plumbline.conformance.mutant.Mutants.http;
import static dev.plumbline.conformance.mutant.Mutants.stdio;

import dev.plumbline.conformance.mutant.Mutants.Mutant;
import java.util.List;

/** Defects of the stateless era in how the server stops, listens, and takes cancellations. */
final class StatelessStoppingKills {
  private StatelessStoppingKills() {}

  static List<Mutant> all() {
    return List.of(
        stdio("subscription-ends-uncancelled", "CANC-502", "without notifications/cancelled"),
        stdio("subscription-ends-unanswered", "SUBS-506", "without answering"),
        stdio("subscription-ends-with-error", "SUBS-507", "by a result that is complete"),
        stdio("input-end-ignored", "TRAN-526", "when its standard input has ended"),
        stdio("crossing-cancellation-breaks", "CANC-514", "a lawful request is not served"),
        stdio("wrong-cancellation-answered", "CANC-517", "that is wrong is answered"),
        stdio("cancelled-call-reports", "TRAN-524", "after the cancellation").withFixture(),
        http("listens-everywhere", "TRAN-533", "more than the loopback address"));
  }
}
