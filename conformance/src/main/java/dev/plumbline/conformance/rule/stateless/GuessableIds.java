package dev.plumbline.conformance.rule.stateless;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a series of ids can be guessed from its members: what does not vary is no secret. */
final class GuessableIds {
  /** So many ids show which of their characters vary. */
  static final int ENOUGH = 8;

  /** Ids that vary by less can be enumerated by whoever may ask; random UUIDs have 122. */
  private static final int LEAST_BITS = 48;

  private GuessableIds() {}

  /** What makes the ids guessable, in a sentence. */
  static Optional<String> pattern(List<String> ids) {
    int shortest = ids.stream().mapToInt(String::length).min().orElse(0);
    int longest = ids.stream().mapToInt(String::length).max().orElse(0);
    Set<Character> alphabet = new HashSet<>();
    int varying = longest - shortest;
    for (int i = 0; i < shortest; i++) {
      Set<Character> here = new HashSet<>();
      for (String id : ids) {
        here.add(id.charAt(i));
      }
      if (here.size() > 1) {
        varying++;
        alphabet.addAll(here);
      }
    }
    ids.forEach(id -> id.substring(shortest).chars().forEach(c -> alphabet.add((char) c)));
    double bits = varying * Math.log(size(alphabet)) / Math.log(2);
    return bits >= LEAST_BITS
        ? Optional.empty()
        : Optional.of(
            "Ids of tasks can be guessed: of their characters only " + varying + " vary.");
  }

  /** How many characters the ids may be made of, going by those that were seen. */
  private static int size(Set<Character> seen) {
    if (seen.stream().allMatch(c -> c >= '0' && c <= '9')) {
      return 10;
    }
    return seen.stream().allMatch(c -> Character.digit(c, 16) >= 0) ? 16 : 62;
  }
}
