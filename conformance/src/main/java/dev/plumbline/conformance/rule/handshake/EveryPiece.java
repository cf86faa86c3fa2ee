package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A judge that holds every piece of one kind to one requirement. Without a piece there is nothing
 * to conclude.
 *
 * @param subjects the pieces to look at
 * @param defect what is wrong with a piece, as a sentence; empty when nothing is
 * @param missing what must be heard for there to be something to judge
 * @param expected what the page asks for, in our words
 * @param fix what to change in the target
 */
record EveryPiece(
    Function<Recording, Stream<Heard>> subjects,
    Function<JsonNode, Optional<String>> defect,
    String missing,
    String expected,
    String fix)
    implements Function<Recording, Verdict> {
  /** How many broken pieces are told. */
  private static final int MAX_FINDINGS = 3;

  private static final int MAX_QUOTED = 200;

  @Override
  public Verdict apply(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    List<Heard> heard = subjects.apply(recording).toList();
    long broken = 0;
    for (Heard piece : heard) {
      Optional<String> problem = defect.apply(piece.node());
      if (problem.isEmpty()) {
        examination.kept();
      } else if (broken++ < MAX_FINDINGS) {
        examination.broken(
            piece.exchange(), problem.get(), expected, "It reads: " + quoted(piece.node()), fix);
      }
    }
    if (heard.isEmpty()) {
      examination.unseen("the target gave no occasion: " + missing);
    }
    return examination.verdict();
  }

  /** A piece on one line, cut to a readable length. */
  static String quoted(JsonNode node) {
    String text = Answer.compact(node);
    return text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…";
  }

  /** The sentence when something is wrong. */
  static Optional<String> when(boolean wrong, String sentence) {
    return wrong ? Optional.of(sentence) : Optional.empty();
  }
}
