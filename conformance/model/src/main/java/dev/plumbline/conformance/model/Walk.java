package dev.plumbline.conformance.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a walk did and what came of it.
 *
 * @param choices the choice of each step, lowest form
 * @param labels what each step did, those after the walk's end included
 * @param breach what was found broken, by the last step
 * @param unclear why the walk could not go on; empty when it could
 */
public record Walk(
    List<Integer> choices, List<String> labels, Optional<Breach> breach, String unclear) {
  /** Copies the lists. */
  public Walk {
    choices = List.copyOf(choices);
    labels = List.copyOf(labels);
  }

  /** Whether it found something broken. */
  public boolean failed() {
    return breach.isPresent();
  }

  /** The choices as people type them. */
  public String choicesText() {
    return text(choices);
  }

  /** Choices as people type them. */
  public static String text(List<Integer> choices) {
    return choices.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
