package dev.plumbline.evidence.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which reproducer belongs to which failure: {@code reproducers/index.json} of a run.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param entries one for each failure, by number
 * @param count how many there are; written last
 */
public record ReproducerIndex(String schema, List<Entry> entries, int count) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/reproducer-index/v1";

  /** The file, relative to the run folder. */
  public static final String FILE = "reproducers/index.json";

  /** Nothing failed. */
  public static final ReproducerIndex NONE = new ReproducerIndex(List.of());

  /**
   * One failure.
   *
   * @param number its number in the run, as the terminal shows it
   * @param id the reproducer's id, which names its files
   * @param suite the suite that found it
   * @param check the check that failed
   * @param era the era of the check, or null
   * @param transport the transport of the check, or null
   * @param how what was done to make it small, in a few words
   */
  public record Entry(
      int number,
      String id,
      Suite suite,
      String check,
      @Nullable Era era,
      @Nullable Transport transport,
      String how) {}

  /**
   * @throws IllegalArgumentException when the count does not match or the form is unknown
   */
  public ReproducerIndex {
    entries = List.copyOf(entries);
    if (!SCHEMA.equals(schema)) {
      throw new IllegalArgumentException("unknown form " + schema);
    }
    if (count != entries.size()) {
      throw new IllegalArgumentException("sealed with " + count + ", found " + entries.size());
    }
  }

  /** In the current form. */
  public ReproducerIndex(List<Entry> entries) {
    this(SCHEMA, entries, entries.size());
  }

  /**
   * Reads that of a run; empty when the run has none.
   *
   * @throws IOException when it is malformed
   */
  public static ReproducerIndex of(RunFolder folder) throws IOException {
    Path file = folder.root().resolve(FILE);
    return Files.isRegularFile(file) ? Json.read(file, ReproducerIndex.class) : NONE;
  }

  /** The reproducer of a failed check. */
  public Optional<Entry> of(CheckResult check) {
    return entries.stream()
        .filter(
            entry ->
                entry.check().equals(check.id())
                    && Objects.equals(entry.era(), check.era())
                    && Objects.equals(entry.transport(), check.transport()))
        .findFirst();
  }
}
