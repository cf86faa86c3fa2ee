package dev.plumbline.supplychain;

import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every advisory about a package that ships, from a database that was brought along: {@code
 * raw/supply-chain/advisories.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param source name of the file or folder it was read from
 * @param sha256 digest over names and digests of all documents in it
 * @param day when it was read (UTC), which decides whether waivers have expired
 * @param read how many documents were read
 * @param maven how many of them are about packages of Maven
 * @param withdrawn how many of them were taken back
 * @param newest when the newest was last changed; null when there is none
 * @param waivers what the owner lives with for a while
 * @param count how many advisories, so that a shortened list is noticed
 * @param advisories those about packages that ship, sorted by id
 */
record Advisories(
    String schema,
    String source,
    String sha256,
    LocalDate day,
    int read,
    int maven,
    int withdrawn,
    @Nullable String newest,
    List<Waiver> waivers,
    int count,
    List<Advisory> advisories) {
  /** The current version of the form. */
  static final String SCHEMA = "plumbline/advisories/v1";

  static final String FILE = "advisories.json";

  Advisories {
    waivers = List.copyOf(waivers);
    advisories = List.copyOf(advisories);
    if (!schema.equals(SCHEMA)) {
      throw new IllegalArgumentException("unknown form " + schema);
    }
    if (count != advisories.size()) {
      throw new IllegalArgumentException(
          "the count says " + count + " advisories, the list has " + advisories.size());
    }
  }

  /** Where they are from and how many, in one line. */
  String text() {
    return source
        + ", sha256 "
        + sha256
        + ", read "
        + day
        + ": "
        + read
        + " documents, "
        + maven
        + " about Maven, "
        + withdrawn
        + " withdrawn, newest "
        + (newest == null ? "none" : newest)
        + "; "
        + count
        + " about packages that ship";
  }

  /** The waiver of an advisory that still counts. */
  Optional<Waiver> waiving(Advisory advisory) {
    return waivers.stream()
        .filter(waiver -> waiver.means(advisory) && !waiver.expiredOn(day))
        .findFirst();
  }

  /**
   * Reads what was recorded.
   *
   * @throws IOException when it is missing or malformed
   */
  static Advisories read(Path file) throws IOException {
    return Json.read(file, Advisories.class);
  }
}
