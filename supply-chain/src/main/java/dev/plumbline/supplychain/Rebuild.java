package dev.plumbline.supplychain;

import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two builds of one commit, made in two places and held against each other: what {@code
 * .ci/reproducible} leaves, and {@code raw/supply-chain/rebuild.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param commit what was built
 * @param builds how and where, two or more
 * @param count how many artifacts, so that a shortened list is noticed
 * @param artifacts everything that ships
 */
record Rebuild(
    String schema, String commit, List<Build> builds, int count, List<Artifact> artifacts) {
  /** The current version of the form. */
  static final String SCHEMA = "plumbline/rebuild/v1";

  static final String FILE = "rebuild.json";

  private static final long MAX_BYTES = 16L << 20;

  /**
   * One build.
   *
   * @param name what it is called
   * @param java version of the JDK
   * @param maven version of Maven
   * @param umask rights that new files did not get
   * @param timezone where its clock was
   * @param locale its language
   * @param seconds how long it took
   */
  record Build(
      String name,
      String java,
      String maven,
      String umask,
      String timezone,
      String locale,
      long seconds) {}

  /**
   * One file that ships.
   *
   * @param folder where it lies, relative to the installation
   * @param file its name
   * @param sha256 its digest in each build, hex; empty where a build did not make it
   * @param difference the first entry of the jar that differs, and how; null when none does
   */
  record Artifact(String folder, String file, List<String> sha256, @Nullable String difference) {
    Artifact {
      sha256 = List.copyOf(sha256);
    }

    /** Whether every build made the same bytes. */
    boolean same() {
      return !sha256.getFirst().isEmpty() && sha256.stream().distinct().count() == 1;
    }

    String path() {
      return folder + "/" + file;
    }
  }

  Rebuild {
    builds = List.copyOf(builds);
    artifacts = List.copyOf(artifacts);
    if (!schema.equals(SCHEMA)) {
      throw new IllegalArgumentException("unknown form " + schema);
    }
    if (builds.size() < 2) {
      throw new IllegalArgumentException("one build cannot be compared with itself");
    }
    if (count != artifacts.size()) {
      throw new IllegalArgumentException(
          "the count says " + count + " artifacts, the list has " + artifacts.size());
    }
    for (Artifact artifact : artifacts) {
      if (artifact.sha256().size() != builds.size()) {
        throw new IllegalArgumentException(
            artifact.path() + " does not have one digest for each build");
      }
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it is missing, too large or malformed; one line
   */
  static Rebuild read(Path file) throws IOException {
    if (Files.isRegularFile(file) && Files.size(file) > MAX_BYTES) {
      throw new IOException(file.getFileName() + " is larger than " + MAX_BYTES + " bytes");
    }
    return Json.read(file, Rebuild.class);
  }
}
