package dev.plumbline.supplychain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an advisory in the OSV format says about packages of Maven that ship.
 *
 * @param id its id
 * @param modified when it was last changed, as it says
 * @param summary one sentence; empty when it has none
 * @param aliases other ids of the same vulnerability
 * @param scores CVSS vectors
 * @param rating a word for its severity; null when it has none
 * @param affected packages and their versions
 */
record Advisory(
    String id,
    String modified,
    String summary,
    List<String> aliases,
    List<Score> scores,
    @Nullable String rating,
    List<Affected> affected) {
  /**
   * A CVSS vector.
   *
   * @param type its version, {@code CVSS_V3}
   * @param vector the vector
   */
  record Score(String type, String vector) {}

  /** What a version is in a range; of those with one version the first named is met first. */
  enum Kind {
    FIXED,
    INTRODUCED,
    LAST_AFFECTED,
    LIMIT
  }

  /**
   * A border of a range.
   *
   * @param kind which
   * @param version where
   */
  record Event(Kind kind, String version) {}

  /**
   * A range.
   *
   * @param events its borders, in no order
   */
  record Range(List<Event> events) {
    Range {
      events = List.copyOf(events);
    }
  }

  /**
   * Versions of one package.
   *
   * @param name group and artifact, {@code org.example:library}
   * @param scores CVSS vectors for this package alone
   * @param rating a word for the severity for this package alone; null when there is none
   * @param ranges ranges of versions
   * @param versions single versions
   */
  record Affected(
      String name,
      List<Score> scores,
      @Nullable String rating,
      List<Range> ranges,
      List<String> versions) {
    Affected {
      scores = List.copyOf(scores);
      ranges = List.copyOf(ranges);
      versions = List.copyOf(versions);
    }
  }

  Advisory {
    aliases = List.copyOf(aliases);
    scores = List.copyOf(scores);
    affected = List.copyOf(affected);
  }
}
