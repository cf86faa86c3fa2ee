package dev.plumbline.server.access;

import dev.plumbline.server.era.HeaderView;
import java.util.List;
import java.util.regex.Pattern;

/** What the Authorization field of a message says (RFC 6750 §2.1). */
sealed interface Bearer {
  /** Nothing, or credentials of another kind. */
  record None() implements Bearer {}

  /** Something that nobody can mean. */
  record Malformed() implements Bearer {}

  /** A token. */
  record Token(String text) implements Bearer {}

  /** RFC 9110 §11.1: the name of a scheme in any case. */
  Pattern SCHEME = Pattern.compile("(?i)bearer(?: +(.*))?");

  /** RFC 6750 §2.1: what a token is made of. */
  Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  /** Reads the field. */
  static Bearer of(HeaderView headers) {
    List<String> given = headers.all("Authorization");
    if (given.size() > 1) {
      return new Malformed();
    }
    var bearer = SCHEME.matcher(given.isEmpty() ? "" : given.getFirst());
    if (!bearer.matches()) {
      return new None();
    }
    String token = bearer.group(1) == null ? "" : bearer.group(1).strip();
    return FORM.matcher(token).matches() ? new Token(token) : new Malformed();
  }
}
