package dev.plumbline.server.measure;

import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * One attack of a corpus (C13).
 *
 * @param id for example {@code TRV-001}; never reused
 * @param payload what is sent, with places such as {@code {root}} that are filled in when it is
 * @param encoding how it is written
 * @param expected what a server must do
 * @param eras the eras in which it can be sent
 * @param tries what it tries, in one line
 */
record Attack(
    String id, String payload, String encoding, Expected expected, Set<Era> eras, String tries) {
  /** What must become of it. */
  enum Expected {
    /** It is no request, or no URI that has a form. */
    REFUSED,
    /** There is nothing of that name, whatever there may be elsewhere. */
    ABSENT,
    /** It is too long, for a header or for a URI. */
    TOO_LONG,
    /** It is lawful, however it looks. */
    SERVED;

    /** As it is written. */
    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Expected of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  /** An era of the protocol. */
  enum Era {
    /** 2025-11-25. */
    HANDSHAKE,
    /** 2026-07-28. */
    STATELESS;

    /** As it is written. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static Set<Era> of(String text) {
      return text.equals("both")
          ? Set.of(values())
          : Set.of(valueOf(text.toUpperCase(Locale.ROOT)));
    }
  }

  /** Copies the eras. */
  Attack {
    eras = Set.copyOf(eras);
  }

  /**
   * Reads a row.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Attack of(JsonNode row) {
    return new Attack(
        row.path("id").asString(""),
        row.path("payload").asString(""),
        row.path("encoding").asString(""),
        Expected.of(row.path("expected").asString("")),
        Era.of(row.path("eras").asString("")),
        row.path("tries").asString(""));
  }
}
