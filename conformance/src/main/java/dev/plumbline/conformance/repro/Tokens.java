package dev.plumbline.conformance.repro;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts an answer's text into the values in it and what stands between them. */
final class Tokens {
  /**
   * A comment line; a field of an event; a JSON string and what makes it a name; a number after
   * something that may stand before one. Strings are matched possessively.
   */
  private static final Pattern VALUE =
      Pattern.compile(
          "(?<comment>(?m:^):[^\\n]*)"
              + "|(?<=(?m:^)id: )(?<id>[^\\s]+)"
              + "|(?<string>\"(?:[^\"\\\\]++|\\\\.)*+\")(?<name>\\s*:)?"
              + "|(?<=[:,\\[]|[:,\\[]\\s)(?<number>-?[0-9][0-9.eE+-]*)");

  private Tokens() {}

  /**
   * A part of the text.
   *
   * @param kind {@code LITERAL} for what is no value
   * @param text the part itself
   * @param stream whether it is part of an event stream
   */
  record Token(Sign.Piece.Kind kind, String text, boolean stream) {
    /** Another value of the same kind. */
    String other() {
      return switch (kind) {
        case LITERAL -> text;
        case STRING -> text.equals("\"plumbline\"") ? "\"other\"" : "\"plumbline\"";
        case NUMBER -> text.equals("77") ? "78" : "77";
        case WORD -> text.equals("77") ? "78" : "77";
      };
    }
  }

  static List<Token> of(String text, boolean stream) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = VALUE.matcher(text);
    int from = 0;
    while (matcher.find()) {
      Sign.Piece.Kind kind = kind(matcher, stream);
      if (kind == Sign.Piece.Kind.LITERAL) {
        continue;
      }
      literal(tokens, text.substring(from, matcher.start()), stream);
      tokens.add(new Token(kind, matcher.group(), stream));
      from = matcher.end();
    }
    literal(tokens, text.substring(from), stream);
    return tokens;
  }

  private static Sign.Piece.Kind kind(Matcher matcher, boolean stream) {
    if (matcher.group("string") != null) {
      return matcher.group("name") == null ? Sign.Piece.Kind.STRING : Sign.Piece.Kind.LITERAL;
    }
    if (matcher.group("number") != null) {
      return Sign.Piece.Kind.NUMBER;
    }
    return stream && matcher.group("id") != null ? Sign.Piece.Kind.WORD : Sign.Piece.Kind.LITERAL;
  }

  private static void literal(List<Token> tokens, String text, boolean stream) {
    if (!text.isEmpty()) {
      tokens.add(new Token(Sign.Piece.Kind.LITERAL, text, stream));
    }
  }
}
