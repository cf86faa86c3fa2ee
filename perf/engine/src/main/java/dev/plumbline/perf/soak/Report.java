package dev.plumbline.perf.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a soak saw, on the terminal as it happens and in a file at the end. */
final class Report {
  private static final double NANOS = 1e9;

  private final List<String> lines = new ArrayList<>();

  /** Work that is done. */
  void line(String what, long count, long nanos) {
    double seconds = nanos / NANOS;
    add(
        String.format(
            Locale.ROOT,
            "%-32s %,12d   all answers right   %8.1f s   %,10.0f /s",
            what,
            count,
            seconds,
            count / seconds));
  }

  /** The live heap after so many sessions. */
  void heap(long sessions, long bytes) {
    add(String.format(Locale.ROOT, "%,12d sessions   live heap %,14d bytes", sessions, bytes));
  }

  /** One more line. */
  void add(String line) {
    lines.add(line);
    System.out.println(line);
  }

  void write(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.write(file, lines);
  }
}
