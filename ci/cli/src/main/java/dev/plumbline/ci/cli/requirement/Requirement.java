package dev.plumbline.ci.cli.requirement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One requirement.
 *
 * @param id permanent id, {@code R157}
 * @param statement what it asks for, in one sentence of ours
 * @param standing how it is meant to be shown
 * @param decision the decision that sets its numbers or replaces it, {@code C8}; null when none
 *     does
 * @param by what shows it
 * @param note what is not shown, what holds instead, or whose matter it is
 */
public record Requirement(
    String id,
    String statement,
    Standing standing,
    @Nullable String decision,
    List<Reference> by,
    @Nullable String note) {
  /**
   * @throws IllegalArgumentException when the parts contradict each other; one line
   */
  public Requirement {
    by = List.copyOf(by);
    demand(id, id.matches("R[0-9]{3}"), "an id looks like R157");
    demand(id, !statement.isBlank(), "says nothing");
    demand(id, decision == null || decision.matches("C[0-9]{1,2}"), "a decision looks like C8");
    demand(id, note == null || !note.isBlank(), "an empty note says nothing");
    demand(id, by.stream().distinct().count() == by.size(), "names something twice");
    switch (standing) {
      case MEASURED -> demand(id, !by.isEmpty(), "is measured by nothing");
      case PARTLY ->
          demand(id, !by.isEmpty() && note != null, "says neither what is shown nor not");
      case DECIDED -> demand(id, decision != null && note != null, "names no decision");
      case NOT_BUILT, PROCESS ->
          demand(id, by.isEmpty() && note != null, "is shown by nothing and has to say why");
    }
  }

  private static void demand(String id, boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(id + ": " + otherwise);
    }
  }
}
