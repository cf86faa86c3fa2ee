package dev.plumbline.server.measure;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The corpora of attacks, each a file beside this class, sealed by a count (C13). */
enum AttackCorpus {
  /** Paths that lead out of the directory they begin in. */
  TRAVERSAL,
  /** Line ends and worse in the head of a request. */
  HEADERS,
  /** Characters that look like others, or like nothing. */
  LOOK_ALIKES,
  /** Files that lie elsewhere, and links to them. */
  FILES,
  /** No attacks: URIs that look like one and must be served. */
  LAWFUL,
  /** No attacks: heads that must be served. */
  LAWFUL_HEADS;

  private static final String SCHEMA = "plumbline/attacks/v1";

  /** Whether its payloads are lines of a head; they are URIs otherwise. */
  boolean isHeads() {
    return this == HEADERS || this == LAWFUL_HEADS;
  }

  /** The name of its file, without the ending. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads it.
   *
   * @throws IOException when it is cut short or of another form
   */
  List<Attack> load() throws IOException {
    String file = "attack/" + text() + ".json";
    try (InputStream in = AttackCorpus.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException(file + " is missing");
      }
      JsonNode corpus = JsonMapper.shared().readTree(in);
      List<Attack> attacks = new ArrayList<>();
      corpus.path("attacks").forEach(row -> attacks.add(Attack.of(row)));
      if (!SCHEMA.equals(corpus.path("schema").asString(""))
          || corpus.path("count").asInt(-1) != attacks.size()) {
        throw new IOException(file + " is cut short");
      }
      return attacks;
    }
  }
}
