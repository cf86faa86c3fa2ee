package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Replies;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Values of {@code requestState} that a server did not issue. */
final class States {
  private static final int LONG = 20_000;

  /** The same length as {@link Replies#TEXT}: what counts characters must not notice. */
  static final String FORGED = "mumblings";

  private States() {}

  /**
   * The state with one character changed near its beginning, middle and end, and, where our own
   * answer can be read in it, with another answer.
   */
  static List<String> changed(String state) {
    List<String> changed = new ArrayList<>();
    for (int quarter = 1; quarter <= 3; quarter++) {
      flipped(state, state.length() * quarter / 4).ifPresent(changed::add);
    }
    forged(state).ifPresent(changed::add);
    return changed;
  }

  /** The last character of a run of Base64 may hold bits that mean nothing: it is left alone. */
  private static Optional<String> flipped(String state, int from) {
    for (int i = from; i + 1 < state.length(); i++) {
      if (isAlphanumeric(state.charAt(i)) && isAlphanumeric(state.charAt(i + 1))) {
        char other = state.charAt(i) == 'B' ? 'C' : state.charAt(i) == '1' ? '2' : other(state, i);
        return Optional.of(state.substring(0, i) + other + state.substring(i + 1));
      }
    }
    return Optional.empty();
  }

  private static char other(String state, int i) {
    return Character.isDigit(state.charAt(i)) ? '1' : 'B';
  }

  private static boolean isAlphanumeric(char c) {
    return c < 128 && Character.isLetterOrDigit(c);
  }

  private static Optional<String> forged(String state) {
    if (state.contains(Replies.TEXT)) {
      return Optional.of(state.replace(Replies.TEXT, FORGED));
    }
    boolean url = state.contains("-") || state.contains("_");
    try {
      byte[] bytes = (url ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(state);
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      if (!text.contains(Replies.TEXT)) {
        return Optional.empty();
      }
      byte[] forged = text.replace(Replies.TEXT, FORGED).getBytes(StandardCharsets.ISO_8859_1);
      Base64.Encoder encoder = url ? Base64.getUrlEncoder() : Base64.getEncoder();
      return Optional.of(
          (state.endsWith("=") ? encoder : encoder.withoutPadding()).encodeToString(forged));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What an attacker might send. */
  static List<String> hostile() {
    return List.of(
        "",
        "A".repeat(LONG),
        "{\"$type\":\"java.lang.Runtime\",\"__proto__\":{\"admin\":true}}",
        "../../etc/passwd\u0000'; DROP TABLE state;--");
  }
}
