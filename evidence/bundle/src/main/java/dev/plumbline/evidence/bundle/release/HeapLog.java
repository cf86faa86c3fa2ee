package dev.plumbline.evidence.bundle.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the collector of the server wrote during an overload.
 *
 * @param collections each collection, in order
 */
public record HeapLog(List<Collection> collections) {
  private static final String FILE = "gc.log";

  private static final Pattern COLLECTED =
      Pattern.compile(
          "\\[([0-9.]{1,12})s\\].{0,80} GC\\([0-9]{1,9}\\) (Pause [A-Za-z]{1,20}).{0,80}"
              + " ([0-9]{1,9})M->([0-9]{1,9})M\\([0-9]{1,9}M\\) ([0-9.]{1,12})ms");

  /**
   * One collection.
   *
   * @param seconds since the start of the server
   * @param kind what was collected, {@code Pause Young} or {@code Pause Full}
   * @param beforeMib what the heap held before, MiB
   * @param afterMib what it held after
   * @param millis how long everything stood still
   */
  public record Collection(
      double seconds, String kind, long beforeMib, long afterMib, double millis) {}

  /** Copies the list. */
  public HeapLog {
    collections = List.copyOf(collections);
  }

  /** Reads the log of an experiment; without collections when there is none. */
  public static HeapLog read(Path folder) throws IOException {
    List<Collection> all = new ArrayList<>();
    for (String line : RawLines.text(folder.resolve(FILE))) {
      Matcher found = COLLECTED.matcher(line);
      if (found.matches()) {
        all.add(
            new Collection(
                Double.parseDouble(found.group(1)),
                found.group(2),
                Long.parseLong(found.group(3)),
                Long.parseLong(found.group(4)),
                Double.parseDouble(found.group(5))));
      }
    }
    return new HeapLog(all);
  }
}
