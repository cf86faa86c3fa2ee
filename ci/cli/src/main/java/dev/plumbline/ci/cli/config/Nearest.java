package dev.plumbline.ci.cli.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody meant who mistyped a name: the known one that differs least. */
public final class Nearest {
  /** A word may differ in a third of its characters and still be recognised. */
  private static final int SHARE = 3;

  private Nearest() {}

  /** {@code ; did you mean tools?} or nothing, to end a complaint with. */
  public static String question(String word, Collection<String> known) {
    return to(word, known).map(near -> "; did you mean " + near + "?").orElse("");
  }

  /** The known word that differs least; empty when none is close. */
  static Optional<String> to(String word, Collection<String> known) {
    int allowed = Math.max(1, word.length() / SHARE);
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= allowed)
        .min(
            Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** How many characters must be added, removed or exchanged; case does not count. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        boolean same =
            Character.toLowerCase(from.charAt(i - 1)) == Character.toLowerCase(to.charAt(j - 1));
        int exchanged = diagonal + (same ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(exchanged, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
