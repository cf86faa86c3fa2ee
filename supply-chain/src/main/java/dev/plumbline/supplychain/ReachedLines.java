package dev.plumbline.supplychain;

import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many lines of everything that is built were reached by its tests, as the build counted them:
 * {@code raw/supply-chain/coverage.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param packages one for each package, by name
 * @param count how many packages, so that a shortened list is noticed
 */
public record ReachedLines(String schema, List<Room> packages, int count) {
  /** The current version of the form. */
  static final String SCHEMA = "plumbline/coverage/v1";

  static final String FILE = "coverage.json";

  /** Where a build leaves its table, below the top folder. */
  static final String TABLE = "ci/acceptance/target/site/jacoco-aggregate/jacoco.csv";

  /**
   * One package.
   *
   * @param name its full name
   * @param covered how many of its lines were reached
   * @param missed how many were not
   */
  public record Room(String name, long covered, long missed) {
    /** All of its lines. */
    public long lines() {
      return covered + missed;
    }

    Room plus(Room other) {
      return new Room(name, covered + other.covered, missed + other.missed);
    }
  }

  /**
   * @throws IllegalArgumentException when the count does not match or the form is unknown
   */
  public ReachedLines {
    packages = List.copyOf(packages);
    if (!SCHEMA.equals(schema) || count != packages.size()) {
      throw new IllegalArgumentException(
          "sealed with " + count + " as " + schema + ", found " + packages.size());
    }
  }

  /** In the current form. */
  ReachedLines(List<Room> packages) {
    this(SCHEMA, packages, packages.size());
  }

  /**
   * What the last build with tests counted; empty when there was none, or when none of its tests
   * reached anything.
   *
   * @param home the top folder
   * @throws IOException when the table is malformed or cannot be read
   */
  public static Optional<ReachedLines> below(Path home) throws IOException {
    Path table = home.resolve(TABLE);
    if (!Files.isRegularFile(table)) {
      return Optional.empty();
    }
    ReachedLines lines = parse(Files.readAllLines(table, StandardCharsets.UTF_8));
    return lines.packages().stream().allMatch(room -> room.covered() == 0)
        ? Optional.empty()
        : Optional.of(lines);
  }

  /** What a run recorded in its raw folder; null when there was nothing to record. */
  static @Nullable ReachedLines recorded(Path raw) throws IOException {
    Path file = raw.resolve(FILE);
    return Files.exists(file) ? Json.read(file, ReachedLines.class) : null;
  }

  /** A line of the table: group, package, class, instructions, branches, lines, … */
  private static ReachedLines parse(List<String> rows) throws IOException {
    List<String> columns = rows.isEmpty() ? List.of() : List.of(rows.getFirst().split(",", -1));
    int room = columns.indexOf("PACKAGE");
    int missed = columns.indexOf("LINE_MISSED");
    int covered = columns.indexOf("LINE_COVERED");
    if (room < 0 || missed < 0 || covered < 0) {
      throw new IOException(TABLE + " has other columns than expected");
    }
    Map<String, Room> packages = new TreeMap<>();
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",", -1);
      try {
        packages.merge(
            cells[room],
            new Room(cells[room], Long.parseLong(cells[covered]), Long.parseLong(cells[missed])),
            Room::plus);
      } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
        throw new IOException(TABLE + " has a row that is none: " + row, e);
      }
    }
    return new ReachedLines(List.copyOf(packages.values()));
  }
}
