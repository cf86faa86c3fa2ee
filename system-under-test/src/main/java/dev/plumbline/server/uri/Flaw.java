package dev.plumbline.server.uri;

import dev.plumbline.server.limit.Limits;

/** Why a URI cannot be brought into one form. */
public enum Flaw {
  /** More than {@link Limits#MAX_URI_BYTES}. */
  TOO_LONG("it is longer than " + Limits.MAX_URI_BYTES + " bytes"),
  /** Relative, or a scheme of other characters than RFC 3986 §3.1 knows. */
  NO_SCHEME("it does not begin with a scheme"),
  /** A character that no URI has; one beyond ASCII is written in UTF-8 and percent-encoded. */
  CHARACTER("it has a character that must be percent-encoded"),
  /** A percent sign without two hexadecimal digits. */
  PERCENT("it has a percent sign without two hexadecimal digits"),
  /** User, host or port of another form than RFC 3986 §3.2 knows. */
  AUTHORITY("its authority is malformed"),
  /** Overlong, cut off, or a surrogate. */
  NOT_UTF_8("what is percent-encoded is not UTF-8"),
  /**
   * A separator, a dot, a percent sign or a control character that shows after a second decoding.
   */
  ENCODED_TWICE("it is percent-encoded twice"),
  /** NUL, line ends, marks of direction, and everything else nobody sees. */
  INVISIBLE("it has a control character or one that cannot be seen"),
  /** A separator on other systems. */
  BACKSLASH("it has a backslash"),
  /** A character that passes for one of ASCII. */
  LOOK_ALIKE("it has a character that looks like one of ASCII"),
  /** One word with letters of several scripts. */
  MIXED_SCRIPTS("it has a word with letters of several scripts"),
  /** Dots that go further up than there is. */
  ABOVE_ROOT("its path leads above its root"),
  /** A dot segment that only shows when an encoded slash is decoded. */
  HIDDEN_DOTS("it has a dot segment behind an encoded slash"),
  /** Nothing that a dot segment could be relative to. */
  NO_ROOT("it has a dot segment in a path without a root"),
  /** A path that would be read as an authority. */
  AMBIGUOUS("its path begins with two slashes"),
  /** What RFC 8089 does not give to a file. */
  NO_FILE("a file URI has no host, query or fragment, and no empty or encoded separators");

  private final String text;

  Flaw(String text) {
    this.text = text;
  }

  /** As clients are told. */
  public String text() {
    return text;
  }
}
