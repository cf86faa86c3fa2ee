package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
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
  private static final int MAX_QUOTED = 200;

  @Override
  public Verdict apply(Recording recording) {
    return Every.verdict(
        recording,
        subjects.apply(recording),
        "the target gave no occasion: " + missing,
        piece ->
            defect
                .apply(piece.node())
                .map(
                    problem ->
                        new Every.Broken(
                            piece.exchange(),
                            problem,
                            expected,
                            "It reads: " + quoted(piece.node()),
                            fix)));
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
