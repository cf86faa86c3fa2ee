package dev.plumbline.supplychain;

import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The jars that ship, as they lay on the disk when the run was made: {@code
 * raw/supply-chain/subjects.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param bomSha256 digest of the copied bill of materials; null when there was none to copy
 * @param emptyFolders folders that should hold jars and held none, relative to the installation
 * @param count how many subjects, so that a shortened list is noticed
 * @param subjects the jars, sorted by folder and file
 */
record Subjects(
    String schema,
    @Nullable String bomSha256,
    List<String> emptyFolders,
    int count,
    List<Subject> subjects) {
  /** The current version of the form. */
  static final String SCHEMA = "plumbline/subjects/v1";

  static final String FILE = "subjects.json";
  static final String BOM = "bom.json";

  /**
   * One jar.
   *
   * @param folder where it lies, relative to the installation
   * @param file its name
   * @param sha256 digest, hex
   * @param size bytes
   */
  record Subject(String folder, String file, String sha256, long size) {}

  Subjects {
    emptyFolders = List.copyOf(emptyFolders);
    subjects = List.copyOf(subjects);
    if (count != subjects.size()) {
      throw new IllegalArgumentException(
          "the count says " + count + " jars, the list has " + subjects.size());
    }
  }

  /** Each jar once: the class paths share many. */
  List<Subject> distinct() {
    Map<String, Subject> byName = new TreeMap<>();
    subjects.forEach(jar -> byName.putIfAbsent(jar.file(), jar));
    return List.copyOf(byName.values());
  }

  /**
   * Reads the list and holds the copied bill of materials against it.
   *
   * @throws IOException when either is missing, truncated or not what was recorded
   */
  static Subjects read(Path raw) throws IOException {
    Subjects subjects = Json.read(raw.resolve(FILE), Subjects.class);
    if (!subjects.schema().equals(SCHEMA)) {
      throw new IOException(FILE + ": unknown form " + subjects.schema());
    }
    Path bom = raw.resolve(BOM);
    boolean there = Files.exists(bom);
    if (there != (subjects.bomSha256() != null)
        || (there && !Sha256.of(bom).equals(subjects.bomSha256()))) {
      throw new IOException(BOM + ": not the bill of materials that was recorded");
    }
    return subjects;
  }
}
