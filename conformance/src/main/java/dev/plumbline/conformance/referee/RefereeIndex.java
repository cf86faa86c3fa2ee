package dev.plumbline.conformance.referee;

import java.util.List;

/**
 * What was run, and how many records each run left, so that a missing one is noticed: {@code
 * raw/referee/index.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param suite the official suite's version
 * @param node the version of Node it ran on
 * @param runs one entry a side and revision
 */
record RefereeIndex(String schema, String suite, String node, List<Entry> runs) {
  static final String SCHEMA = "plumbline/referee/v1";
  static final String FILE = "index.json";

  /**
   * One run of the suite.
   *
   * @param side {@code server} or {@code client}
   * @param revision which requirement set
   * @param exitCode how it ended
   * @param records how many scenarios left a {@code checks.json}
   */
  record Entry(String side, String revision, int exitCode, int records) {
    /** The folder of its records below {@code raw/referee}. */
    String folder() {
      return side + "-" + revision;
    }
  }

  RefereeIndex {
    runs = List.copyOf(runs);
  }
}
