package dev.plumbline.perf.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bytes of live objects in another JVM: the total of a class histogram, which collects first,
 * without what only fills the gaps between them.
 */
public final class LiveHeap {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");

  /** A collector that leaves objects where they are fills the gaps between them with these. */
  private static final Pattern FILLER =
      Pattern.compile(
          "(?m)^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+\\S*jdk\\.internal\\.vm\\.Filler\\S*.*$");

  private static final int LINES = 60;

  /** A JVM that cannot be looked into within this time does not let itself be. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private LiveHeap() {}

  /**
   * Collects and counts.
   *
   * @param pid a JVM of this user
   * @throws IOException when there is none, or it does not let itself be looked into
   */
  public static long bytes(long pid) throws IOException, InterruptedException {
    return live(pid, histogram(pid));
  }

  /** The same, and keeps the classes that hold most of it in a file. */
  public static long bytes(long pid, Path file) throws IOException, InterruptedException {
    String text = histogram(pid);
    long live = live(pid, text);
    List<String> lines = text.lines().toList();
    Files.write(file, lines.subList(0, Math.min(LINES, lines.size())), StandardCharsets.UTF_8);
    return live;
  }

  private static String histogram(long pid) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Path output = Files.createTempFile("plumbline-heap", ".txt");
    try {
      Process process =
          new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        return ended && process.exitValue() == 0 ? Files.readString(output) : "";
      } finally {
        process.destroyForcibly();
      }
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static long live(long pid, String text) throws IOException {
    OptionalLong live = live(text);
    if (live.isEmpty()) {
      throw new IOException(
          "jcmd could not look into process " + pid + ": " + text.lines().findFirst().orElse(""));
    }
    return live.getAsLong();
  }

  /** The bytes that a class histogram tells; empty when the text is none. */
  static OptionalLong live(String text) {
    Matcher total = TOTAL.matcher(text);
    if (!total.find()) {
      return OptionalLong.empty();
    }
    long fillers =
        FILLER.matcher(text).results().mapToLong(line -> Long.parseLong(line.group(1))).sum();
    return OptionalLong.of(Long.parseLong(total.group(1)) - fillers);
  }
}
