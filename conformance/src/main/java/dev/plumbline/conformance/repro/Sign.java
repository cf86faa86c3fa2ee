package dev.plumbline.conformance.repro;

import dev.plumbline.conformance.wire.End;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a failure is recognized in the answer to one request, by a shell or a test that has no judge:
 * the same status, the same headers where those matter, and the same text but for what differs from
 * one time to the next or does not matter to the judge.
 *
 * @param label the exchange whose answer tells
 * @param end how it ended
 * @param status the HTTP status, or null without one
 * @param headers the names of all headers, lower case and sorted, when their set matters; else
 *     empty
 * @param pieces the answer's text
 * @param tells whether all this is enough to tell; when not, only the rule can
 */
public record Sign(
    String label,
    End end,
    @Nullable Integer status,
    List<String> headers,
    List<Piece> pieces,
    boolean tells) {
  /** Headers that come and go without meaning. */
  static final List<String> PASSING =
      List.of("connection", "content-length", "date", "keep-alive", "server", "transfer-encoding");

  /** Copies the lists. */
  public Sign {
    headers = List.copyOf(headers);
    pieces = List.copyOf(pieces);
  }

  /**
   * A piece of the answer.
   *
   * @param kind what may stand here
   * @param text the text itself for {@link Kind#LITERAL}, else what it was
   */
  public record Piece(Kind kind, String text) {
    /** What may stand in a place. */
    public enum Kind {
      /** This text. */
      LITERAL(""),
      /** Any JSON string. */
      STRING("\"([^\"\\\\]|\\\\.)*\""),
      /** Any number. */
      NUMBER("-?[0-9][0-9.eE+-]*"),
      /** Any run of characters without a blank. */
      WORD("[^ ]*");

      private final String expression;

      Kind(String expression) {
        this.expression = expression;
      }
    }

    /** As an extended regular expression of POSIX, which Java reads alike. */
    String expression() {
      return kind == Kind.LITERAL
          ? text.replaceAll("[\\\\.\\[\\](){}*+?^$|]", "\\\\$0")
          : kind.expression;
    }
  }

  /** The whole text as one extended regular expression. */
  public String expression() {
    return pieces.stream().map(Piece::expression).collect(Collectors.joining());
  }

  /** Whether an answer's text, on one line, shows the failure. */
  boolean matches(String text) {
    // A possessive form, since Java would recur for each character of a long string.
    String expression =
        pieces.stream()
            .map(
                piece ->
                    piece.kind() == Piece.Kind.STRING
                        ? "\"(?:[^\"\\\\]++|\\\\.)*+\""
                        : piece.expression())
            .collect(Collectors.joining());
    return Pattern.compile(expression, Pattern.DOTALL).matcher(text).find();
  }
}
