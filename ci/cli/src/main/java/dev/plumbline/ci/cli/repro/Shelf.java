package dev.plumbline.ci.cli.repro;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.ci.cli.run.Causes;
import dev.plumbline.conformance.repro.Reproducer;
import dev.plumbline.evidence.bundle.sign.Digests;
import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * All reproducers there are: in the runs of a folder, and in the project's own folder with its
 * archive.
 *
 * @param runs the folder of runs, one run, or a folder of reproducers; need not exist
 * @param store the project's own folder
 */
public record Shelf(Path runs, Store store) {
  private static final int MAX_FILES = 20_000;

  /** A reproducer and its file. */
  private record Found(Reproducer reproducer, Path file, boolean kept) {}

  /** Every failure once, the newest first. */
  public List<Known> all(LocalDate today) throws UsageException {
    Map<String, List<Found>> byFailure = new LinkedHashMap<>();
    for (Found found : found()) {
      byFailure
          .computeIfAbsent(found.reproducer().fingerprint(), _ -> new ArrayList<>())
          .add(found);
    }
    List<Event> history = store.history();
    List<Known> known = new ArrayList<>();
    for (Map.Entry<String, List<Found>> failure : byFailure.entrySet()) {
      List<Found> places = failure.getValue();
      Found newest = places.stream().max(Comparator.comparing(f -> f.reproducer().id())).get();
      List<Event> own =
          history.stream().filter(e -> e.fingerprint().equals(failure.getKey())).toList();
      known.add(
          new Known(
              newest.reproducer(),
              newest.file(),
              (int) places.stream().map(f -> f.reproducer().id()).distinct().count(),
              places.stream().anyMatch(Found::kept),
              State.of(newest.reproducer(), own, today),
              own));
    }
    known.sort(Comparator.comparing((Known k) -> k.newest().id()).reversed());
    return known;
  }

  /**
   * The reproducer somebody means: a file, an id, or a number of the newest run that has it.
   *
   * @throws UsageException when there is none; one line
   */
  public Path file(String name) throws UsageException {
    if (name.endsWith(".json")) {
      return Path.of(name);
    }
    boolean number = name.matches("\\d{1,4}") && Integer.parseInt(name) > 0;
    if (!number && !Reproducer.ID.matcher(name).matches()) {
      throw new UsageException(
          "'" + name + "' is no reproducer; use a number as in 0001, an id or a file");
    }
    List<Path> files = new ArrayList<>(runFiles());
    files.addAll(store.files());
    files.addAll(store.archived());
    String end = number ? "_%03d.json".formatted(Integer.parseInt(name)) : name + ".json";
    return files.stream()
        .filter(file -> file.getFileName().toString().endsWith(end))
        .max(Comparator.comparing((Path file) -> file.getFileName().toString()))
        .orElseThrow(
            () ->
                new UsageException(
                    "there is no reproducer "
                        + name
                        + " in "
                        + runs
                        + " or "
                        + store.folder()
                        + "; plumbline repro list shows them"));
  }

  /**
   * Reads one; what a sealed run or the history holds a digest of must not have changed.
   *
   * @throws UsageException when it is no reproducer, or another one than was written; one line
   */
  public Reproducer read(Path file) throws UsageException {
    try {
      Reproducer reproducer = Reproducer.read(file);
      Optional<String> expected = sealed(file);
      if (expected.isPresent() && !expected.get().equals(Digests.sha256(file))) {
        throw new UsageException(
            file + " was changed after it was written; restore it, or run the suite again");
      }
      return reproducer;
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException(file + ": not a reproducer: " + Causes.oneLine(e), e);
    }
  }

  private Optional<String> sealed(Path file) throws UsageException, IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || folder.getParent() == null) {
      return Optional.empty();
    }
    if (folder.equals(store.folder().toAbsolutePath())
        || folder.equals(store.archive().toAbsolutePath())) {
      return store.digest(file.getFileName().toString().replace(".json", ""));
    }
    Path manifest = folder.getParent().resolve("manifest.json");
    if (!Files.isRegularFile(manifest)) {
      return Optional.empty();
    }
    String path = Reproducer.FOLDER + "/" + file.getFileName();
    for (JsonNode entry : Json.read(manifest, JsonNode.class).path("files")) {
      if (entry.path("path").asString("").equals(path)) {
        return Optional.of(entry.path("sha256").asString(""));
      }
    }
    throw new UsageException(file + " was added after the run was sealed; remove it");
  }

  private List<Found> found() throws UsageException {
    List<Found> found = new ArrayList<>();
    add(runFiles(), false, found);
    add(store.files(), true, found);
    add(store.archived(), false, found);
    return found;
  }

  private void add(List<Path> files, boolean kept, List<Found> found) throws UsageException {
    for (Path file : files) {
      found.add(new Found(read(file), file, kept));
    }
  }

  private List<Path> runFiles() throws UsageException {
    if (runs.toAbsolutePath().normalize().equals(store.folder().toAbsolutePath().normalize())) {
      return List.of(); // asked for what is kept alone
    }
    List<Path> files = new ArrayList<>(jsonFiles(runs));
    files.addAll(jsonFiles(runs.resolve(Reproducer.FOLDER)));
    for (Path run : list(runs)) {
      if (Files.isDirectory(run, LinkOption.NOFOLLOW_LINKS)) {
        files.addAll(jsonFiles(run.resolve(Reproducer.FOLDER)));
      }
    }
    if (files.size() > MAX_FILES) {
      throw new UsageException(runs + " holds more than " + MAX_FILES + " reproducers; move some");
    }
    return files;
  }

  /** The reproducers right in a folder; none when there is no such folder. */
  static List<Path> jsonFiles(Path folder) throws UsageException {
    return list(folder).stream()
        .filter(
            file -> {
              String name = file.getFileName().toString();
              return name.endsWith(".json")
                  && Reproducer.ID.matcher(name.substring(0, name.length() - 5)).matches();
            })
        .toList();
  }

  /** The files of one reproducer in a folder. */
  static List<Path> filesOf(Path folder, String id) throws UsageException {
    return list(folder).stream()
        .filter(file -> file.getFileName().toString().contains(id))
        .toList();
  }

  private static List<Path> list(Path folder) throws UsageException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UsageException(folder + " cannot be read: " + Causes.reason(e), e);
    }
  }
}
