package dev.plumbline.ci.cli.repro;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.ci.cli.run.Causes;
import dev.plumbline.conformance.repro.Reproducer;
import dev.plumbline.evidence.bundle.gate.KeptReproducers;
import dev.plumbline.evidence.bundle.sign.Digests;
import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;

/**
 * The project's own folder of reproducers, made to be kept under version control: those that were
 * kept, an archive of those that are fixed, and the history. Runs are sealed and never changed, so
 * what becomes of their failures is written here.
 *
 * @param folder the folder; need not exist before something is written
 */
public record Store(Path folder) {
  /** Where it is unless told otherwise. */
  public static final Path DEFAULT = Path.of("plumbline-reproducers");

  private static final String HISTORY = "history.jsonl";
  private static final String ARCHIVE = "archive";
  private static final long MAX_HISTORY_BYTES = 16L * 1024 * 1024;

  /** Everything that happened, in order. */
  public List<Event> history() throws UsageException {
    Path file = folder.resolve(HISTORY);
    if (!Files.exists(file)) {
      return List.of();
    }
    List<Event> events = new ArrayList<>();
    try {
      if (Files.size(file) > MAX_HISTORY_BYTES) {
        throw new UsageException(file + " is larger than any history; move it away");
      }
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        try {
          events.add(Json.read(line, Event.class));
        } catch (IOException e) {
          throw new UsageException(
              file
                  + ":"
                  + (events.size() + 1)
                  + ": "
                  + Causes.oneLine(e)
                  + "; restore the file from version control",
              e);
        }
      }
    } catch (IOException e) {
      throw new UsageException(file + " cannot be read: " + Causes.reason(e), e);
    }
    return events;
  }

  /** The files of what was kept and is not archived. */
  List<Path> files() throws UsageException {
    return Shelf.jsonFiles(folder);
  }

  /** The files of what is fixed. */
  List<Path> archived() throws UsageException {
    return Shelf.jsonFiles(archive());
  }

  /** Where what is fixed lies. */
  Path archive() {
    return folder.resolve(ARCHIVE);
  }

  /** What is kept and not fixed, for the gate that stops a build for it. */
  public KeptReproducers kept(LocalDate today) throws UsageException {
    List<KeptReproducers.Entry> entries = new ArrayList<>();
    for (Known known : new Shelf(folder, this).all(today)) {
      boolean fixed = known.state() instanceof State.Fixed;
      if (known.kept() && !fixed) {
        entries.add(entry(known));
      }
    }
    return new KeptReproducers(entries);
  }

  private static KeptReproducers.Entry entry(Known known) {
    String reason =
        switch (known.state()) {
          case State.Accepted(String why, LocalDate until) -> why;
          case State.Expired(String why, LocalDate until) -> why;
          case State.Unfixed _, State.BackAgain _, State.Fixed _ -> "";
        };
    LocalDate until =
        switch (known.state()) {
          case State.Accepted(String why, LocalDate last) -> last;
          case State.Expired(String why, LocalDate last) -> last;
          case State.Unfixed _, State.BackAgain _, State.Fixed _ -> null;
        };
    Reproducer newest = known.newest();
    return new KeptReproducers.Entry(
        newest.id(),
        newest.check(),
        newest.target().name(),
        newest.finding().summary(),
        reason,
        until);
  }

  /** The digest a kept file had when it was kept; empty when it was put there by hand. */
  Optional<String> digest(String id) throws UsageException {
    return history().stream()
        .filter(event -> event.id().equals(id) && !event.digest().isEmpty())
        .map(Event::digest)
        .reduce((first, last) -> last);
  }

  /** Copies a reproducer with its script and test into the folder. */
  public void keep(Reproducer reproducer, Instant now) throws UsageException {
    try {
      reproducer.write(folder);
      add(event(reproducer, Event.What.KEPT, "", null, now, digestOf(folder, reproducer)));
    } catch (IOException e) {
      throw cannot(e);
    }
  }

  /** Puts a fixed one into the archive and takes it out of the folder. */
  public void archive(Reproducer reproducer, String seen, Instant now) throws UsageException {
    Path archive = archive();
    try {
      reproducer.write(archive);
      for (Path kept : Shelf.filesOf(folder, reproducer.id())) {
        Files.delete(kept);
      }
      add(event(reproducer, Event.What.FIXED, seen, null, now, digestOf(archive, reproducer)));
    } catch (IOException e) {
      throw cannot(e);
    }
  }

  /** Notes that one is accepted until a day. */
  public void accept(Reproducer reproducer, String reason, LocalDate until, Instant now)
      throws UsageException {
    try {
      add(event(reproducer, Event.What.ACCEPTED, reason, until, now, ""));
    } catch (IOException e) {
      throw cannot(e);
    }
  }

  /** Notes that one was replayed and is still there. */
  public void stillFails(Reproducer reproducer, String seen, Instant now) throws UsageException {
    try {
      add(event(reproducer, Event.What.STILL_FAILS, seen, null, now, ""));
    } catch (IOException e) {
      throw cannot(e);
    }
  }

  private UsageException cannot(IOException e) {
    return new UsageException(
        "cannot write to "
            + folder
            + " ("
            + Causes.reason(e)
            + "); make it writable or use another --store",
        e);
  }

  private static String digestOf(Path folder, Reproducer reproducer) throws IOException {
    return Digests.sha256(folder.resolve(reproducer.id() + ".json"));
  }

  private static Event event(
      Reproducer reproducer,
      Event.What what,
      String text,
      @Nullable LocalDate until,
      Instant now,
      String digest) {
    return new Event(
        now,
        what,
        reproducer.fingerprint(),
        reproducer.id(),
        reproducer.check(),
        reproducer.target().name(),
        text,
        until,
        digest);
  }

  private void add(Event event) throws IOException {
    Files.createDirectories(folder);
    String line =
        Json.mapper()
            .rebuild()
            .disable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(event);
    Files.writeString(
        folder.resolve(HISTORY),
        line + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
