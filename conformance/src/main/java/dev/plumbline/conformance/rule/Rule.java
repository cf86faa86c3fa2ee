package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.util.Set;
import java.util.function.Function;

/**
 * Judges one clause.
 *
 * @param clause the clause's permanent id, for example {@code TOOL-003}
 * @param transports what it can be judged over; it runs over the first one the target offers
 * @param requires what must hold for it to apply
 * @param script drives the conversation; what it sees is recorded
 * @param judge concludes from the recording alone; pure
 */
public record Rule(
    String clause,
    Set<Transport> transports,
    Requires requires,
    Script script,
    Function<Recording, Verdict> judge) {
  /** Copies the set. */
  public Rule {
    transports = Set.copyOf(transports);
  }
}
