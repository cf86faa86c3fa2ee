package dev.plumbline.conformance.interop;

import java.util.List;

/**
 * Who could do what with whom: {@code table.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param server SHA-256 of the jar of the bundled server and client that took part
 * @param count how many cells, so that a shortened table is noticed
 * @param cells one entry an SDK, direction and feature
 */
record InteropTable(String schema, String server, int count, List<Cell> cells) {
  static final String SCHEMA = "plumbline/interop/v1";
  static final String FILE = "table.json";

  /**
   * One cell.
   *
   * @param sdk for example {@code typescript}
   * @param version the SDK's version, empty when it could not be had
   * @param direction {@code client} when the SDK's client spoke to our server, {@code server} when
   *     our client spoke to the SDK's server
   * @param feature for example {@code call-progress}
   * @param outcome {@code pass}, {@code fail}, {@code not-supported} by the SDK, or {@code not-run}
   * @param detail what was seen, or why it was not run
   */
  record Cell(
      String sdk,
      String version,
      String direction,
      String feature,
      String outcome,
      String detail) {}

  InteropTable {
    cells = List.copyOf(cells);
    if (count != cells.size()) {
      throw new IllegalArgumentException(
          "the count says " + count + " cells, the table has " + cells.size());
    }
  }
}
