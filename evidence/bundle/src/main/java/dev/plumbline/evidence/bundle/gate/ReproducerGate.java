package dev.plumbline.evidence.bundle.gate;

import java.util.List;

/** The gate over failures that were found before and kept until they are fixed. */
final class ReproducerGate {
  private ReproducerGate() {}

  /** G-12: C12 asks for none that is unfixed, or for an acceptance with an end. */
  static Answer noneUnfixed(Evidence evidence, Policy policy) {
    String threshold = "0 unfixed";
    List<KeptReproducers.Entry> kept =
        evidence.kept().entries().stream()
            .filter(entry -> entry.target().equals(evidence.run().target().name()))
            .toList();
    if (kept.isEmpty()) {
      return Answer.notEvaluated(threshold, "no reproducer of this target is kept");
    }
    List<Objection> objections =
        kept.stream()
            .filter(entry -> entry.problem(evidence.day()).isPresent())
            .map(
                entry ->
                    Objection.noGo(
                        "reproducer "
                            + entry.id()
                            + ", "
                            + entry.check()
                            + ": "
                            + entry.problem(evidence.day()).orElse("")
                            + "; plumbline repro fix "
                            + entry.id()))
            .toList();
    List<String> checks =
        kept.stream()
            .filter(entry -> entry.problem(evidence.day()).isPresent())
            .map(KeptReproducers.Entry::check)
            .distinct()
            .toList();
    String summary =
        objections.isEmpty()
            ? "every kept reproducer is accepted for a while: " + kept.size()
            : Checks.count(objections.size(), "kept reproducer")
                + " neither fixed nor accepted: "
                + Checks.name(checks);
    return Answer.of(
        objections.size() + " unfixed of " + kept.size() + " kept", threshold, summary, objections);
  }
}
