package dev.plumbline.supplychain;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A licence as a bill of materials states it.
 *
 * @param text an SPDX id or expression, or the name a project gave it
 * @param spdx whether it is stated as SPDX
 */
record Licence(String text, boolean spdx) {
  /** What a licence means for a product under Apache-2.0, worst first. */
  enum Standing {
    REFUSED,
    UNKNOWN,
    ALLOWED
  }

  /** Longer expressions are read by nobody. */
  private static final int MAX_LENGTH = 1000;

  private static final int MAX_DEPTH = 16;
  private static final Pattern TOKENS = Pattern.compile("(?<=[()])|(?=[()])|\\s+");

  /**
   * What several licences of one component mean. Maven takes those a project lists for a choice of
   * the user's (the POM reference, under “Licenses”), so the best of them counts.
   */
  static Standing ofChoice(Collection<Licence> licences, LicenceTable table) {
    return licences.stream()
        .map(licence -> licence.standing(table))
        .max(Standing::compareTo)
        .orElse(Standing.UNKNOWN);
  }

  /** What it means; an expression that cannot be read is unknown. */
  Standing standing(LicenceTable table) {
    String expression = table.named(text).orElse(spdx ? text : "");
    if (expression.isEmpty() || expression.length() > MAX_LENGTH) {
      return Standing.UNKNOWN;
    }
    Deque<String> tokens = new ArrayDeque<>();
    Arrays.stream(TOKENS.split(expression))
        .map(String::strip)
        .filter(token -> !token.isEmpty())
        .forEach(tokens::add);
    try {
      Standing all = either(tokens, table, 0);
      return tokens.isEmpty() ? all : Standing.UNKNOWN;
    } catch (IllegalArgumentException e) {
      return Standing.UNKNOWN;
    }
  }

  private static Standing either(Deque<String> tokens, LicenceTable table, int depth) {
    Standing best = both(tokens, table, depth);
    while (takes(tokens, "OR")) {
      Standing next = both(tokens, table, depth);
      best = next.compareTo(best) > 0 ? next : best;
    }
    return best;
  }

  private static Standing both(Deque<String> tokens, LicenceTable table, int depth) {
    Standing worst = one(tokens, table, depth);
    while (takes(tokens, "AND")) {
      Standing next = one(tokens, table, depth);
      worst = next.compareTo(worst) < 0 ? next : worst;
    }
    return worst;
  }

  private static Standing one(Deque<String> tokens, LicenceTable table, int depth) {
    String token = take(tokens);
    if (token.equals("(")) {
      if (depth == MAX_DEPTH) {
        throw new IllegalArgumentException("too deep");
      }
      Standing inner = either(tokens, table, depth + 1);
      if (!take(tokens).equals(")")) {
        throw new IllegalArgumentException("a bracket is not closed");
      }
      return inner;
    }
    if (List.of(")", "OR", "AND", "WITH").contains(token.toUpperCase(Locale.ROOT))) {
      throw new IllegalArgumentException("a licence is missing");
    }
    return takes(tokens, "WITH") ? table.standing(token, take(tokens)) : table.standing(token);
  }

  private static boolean takes(Deque<String> tokens, String word) {
    if (!tokens.isEmpty() && tokens.peek().equalsIgnoreCase(word)) {
      tokens.pop();
      return true;
    }
    return false;
  }

  private static String take(Deque<String> tokens) {
    if (tokens.isEmpty()) {
      throw new IllegalArgumentException("the expression ends too early");
    }
    return tokens.pop();
  }
}
