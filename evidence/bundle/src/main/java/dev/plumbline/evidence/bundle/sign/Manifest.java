package dev.plumbline.evidence.bundle.sign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * Digest and size of every file of a bundle but the manifest itself and the attestations, and how
 * many there are: {@code manifest.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param runId the run it belongs to
 * @param count how many files, so that a shortened list is noticed
 * @param files sorted by path, no path twice
 */
public record Manifest(String schema, String runId, int count, List<Entry> files) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/manifest/v1";

  /** The manifest's own name. */
  public static final String FILE = "manifest.json";

  /** The folder of the attestations, which sign the manifest and so cannot be in it. */
  public static final String ATTESTATIONS = "attestations/";

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  /**
   * One file.
   *
   * @param path relative to the bundle, {@code /} between names
   * @param sha256 digest of the content, hex
   * @param size length in bytes
   */
  public record Entry(String path, String sha256, long size) {
    /**
     * @throws IllegalArgumentException when the path leaves the bundle or the digest is malformed
     */
    public Entry {
      if (!staysInside(path)) {
        throw new IllegalArgumentException("a path that leaves the bundle: " + path);
      }
      if (!HEX.matcher(sha256).matches() || size < 0) {
        throw new IllegalArgumentException(path + ": not a SHA-256 digest and a size");
      }
    }

    private static boolean staysInside(String path) {
      if (path.isEmpty()
          || path.indexOf('\\') >= 0
          || path.indexOf('\0') >= 0
          || path.indexOf(':') == 1) {
        return false;
      }
      for (String name : path.split("/", -1)) {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * @throws IllegalArgumentException when the count is wrong or the list is not strictly sorted
   */
  public Manifest {
    files = List.copyOf(files);
    if (count != files.size()) {
      throw new IllegalArgumentException(
          "the count says " + count + " files, the list has " + files.size());
    }
    for (int i = 1; i < files.size(); i++) {
      if (files.get(i - 1).path().compareTo(files.get(i).path()) >= 0) {
        throw new IllegalArgumentException("not sorted, or listed twice: " + files.get(i).path());
      }
    }
  }

  /** Reads digests and sizes of all files below a folder. */
  public static Manifest of(Path root, String runId) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, Path> file : covered(root).entrySet()) {
      entries.add(
          new Entry(file.getKey(), Digests.sha256(file.getValue()), Files.size(file.getValue())));
    }
    return new Manifest(SCHEMA, runId, entries.size(), entries);
  }

  /** The first difference between this manifest and the files below a folder; empty when none. */
  public Optional<String> firstDifference(Path root) throws IOException {
    SortedMap<String, Path> found = covered(root);
    Map<String, Entry> listed = new HashMap<>();
    for (Entry entry : files) {
      listed.put(entry.path(), entry);
      Path file = found.get(entry.path());
      if (file == null) {
        return Optional.of(entry.path() + ": missing");
      }
      if (Files.size(file) != entry.size()) {
        return Optional.of(
            entry.path() + ": changed, " + Files.size(file) + " bytes instead of " + entry.size());
      }
      if (!Digests.sha256(file).equals(entry.sha256())) {
        return Optional.of(entry.path() + ": changed, its SHA-256 is not the one in the manifest");
      }
    }
    return found.keySet().stream()
        .filter(path -> !listed.containsKey(path))
        .findFirst()
        .map(path -> path + ": added after sealing");
  }

  private static SortedMap<String, Path> covered(Path root) throws IOException {
    SortedMap<String, Path> files = FileTree.files(root);
    files.remove(FILE);
    files.keySet().removeIf(path -> path.startsWith(ATTESTATIONS));
    return files;
  }
}
