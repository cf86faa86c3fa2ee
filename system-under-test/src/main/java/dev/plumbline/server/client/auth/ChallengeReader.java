package dev.plumbline.server.client.auth;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one {@code WWW-Authenticate} field value from left to right, once. */
final class ChallengeReader {
  private static final int MAX_FIELD_LENGTH = 8_192;
  private static final int MAX_CHALLENGES = 16;
  private static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";
  private static final String TOKEN68_SYMBOLS = "-._~+/=";

  private final String field;
  private int at;

  ChallengeReader(String field) {
    this.field = field.length() > MAX_FIELD_LENGTH ? "" : field;
  }

  void readInto(List<AuthChallenge> challenges) {
    skip(" \t,");
    while (at < field.length() && challenges.size() < MAX_CHALLENGES) {
      String scheme = token();
      if (scheme.isEmpty()) {
        return;
      }
      Map<String, String> parameters = new HashMap<>();
      boolean readable = parameters(parameters);
      challenges.add(new AuthChallenge(scheme.toLowerCase(Locale.ROOT), parameters));
      if (!readable) {
        return;
      }
    }
  }

  /** Up to the next scheme or the end; false when the rest makes no sense. */
  private boolean parameters(Map<String, String> into) {
    skip(" \t");
    boolean first = true;
    while (at < field.length()) {
      int start = at;
      String name = token();
      skip(" \t");
      if (name.isEmpty() || at >= field.length() || field.charAt(at) != '=') {
        at = start;
        // Right behind the scheme only a token68 can stand here; later it is the next scheme.
        return !first || token68();
      }
      at++;
      skip(" \t");
      String value = value();
      if (value == null) {
        at = start;
        return first && token68();
      }
      into.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
      first = false;
      if (!atSeparator()) {
        return false;
      }
      skip(" \t,");
    }
    return true;
  }

  private boolean token68() {
    if (at < field.length() && field.charAt(at) == ',') {
      skip(" \t,");
      return true;
    }
    while (at < field.length() && isSymbol(field.charAt(at), TOKEN68_SYMBOLS)) {
      at++;
    }
    boolean ended = atSeparator();
    skip(" \t,");
    return ended;
  }

  private boolean atSeparator() {
    skip(" \t");
    return at >= field.length() || field.charAt(at) == ',';
  }

  private @Nullable String value() {
    if (at >= field.length() || field.charAt(at) != '"') {
      String token = token();
      return token.isEmpty() ? null : token;
    }
    StringBuilder text = new StringBuilder();
    for (at++; at < field.length(); at++) {
      char c = field.charAt(at);
      if (c == '"') {
        at++;
        return text.toString();
      }
      if (c == '\\' && at + 1 < field.length()) {
        at++;
      }
      text.append(field.charAt(at));
    }
    return null;
  }

  private String token() {
    int start = at;
    while (at < field.length() && isSymbol(field.charAt(at), TOKEN_SYMBOLS)) {
      at++;
    }
    return field.substring(start, at);
  }

  private void skip(String characters) {
    while (at < field.length() && characters.indexOf(field.charAt(at)) >= 0) {
      at++;
    }
  }

  private static boolean isSymbol(char c, String symbols) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || symbols.indexOf(c) >= 0;
  }
}
