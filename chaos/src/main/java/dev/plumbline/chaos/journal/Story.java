package dev.plumbline.chaos.journal;

import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A failure mode's file as it was read back, whole.
 *
 * @param file the file's name
 * @param header its first line
 * @param entries the lines between
 * @param end its last line
 */
public record Story(String file, Entry.Header header, List<Entry> entries, Entry.End end) {
  /** Copies the list. */
  public Story {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a file.
   *
   * @throws IOException when it is missing, truncated or malformed; the message names it
   */
  public static Story read(Path path) throws IOException {
    String file = String.valueOf(path.getFileName());
    List<Entry> all = new ArrayList<>();
    int line = 0;
    try {
      for (String text : Files.readAllLines(path, StandardCharsets.UTF_8)) {
        line++;
        all.add(Json.read(text, Entry.class));
      }
    } catch (NoSuchFileException e) {
      throw new IOException(file + " is missing", e);
    } catch (IOException e) {
      throw new IOException(file + ": line " + line + ": " + e.getMessage(), e);
    }
    if (all.size() < 2
        || !(all.getFirst() instanceof Entry.Header header)
        || !(all.getLast() instanceof Entry.End end)
        || end.count() != all.size() - 1) {
      throw new IOException(file + " is truncated");
    }
    if (!header.schema().equals(Entry.Header.SCHEMA)) {
      throw new IOException(file + ": unknown form " + header.schema());
    }
    return new Story(file, header, all.subList(1, all.size() - 1), end);
  }

  /** The entries of one kind, in order of writing. */
  public <E extends Entry> List<E> all(Class<E> kind) {
    return entries.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The requests on one lane. */
  public List<Entry.Sample> samples(Lane lane) {
    return all(Entry.Sample.class).stream().filter(sample -> sample.lane() == lane).toList();
  }

  /** The requests on one lane in one phase. */
  public List<Entry.Sample> samples(Lane lane, Phase phase) {
    return samples(lane).stream().filter(sample -> sample.phase() == phase).toList();
  }

  /** The requests on one lane while one fault was in force. */
  public List<Entry.Sample> samples(Lane lane, Entry.Fault fault) {
    return samples(lane, Phase.DURING).stream()
        .filter(sample -> sample.fault().equals(fault.label()))
        .toList();
  }
}
