package dev.plumbline.server.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the collector of another process writes into its log ({@code -Xlog:gc:file=}). */
final class CollectorLog {
  private static final String ASKED = "(Diagnostic Command)";
  private static final long PATIENCE_SECONDS = 30;
  private static final Pattern PAUSE =
      Pattern.compile("((?:Pause|Allocation Stall)[^\\n]*?) (\\d+\\.\\d+)ms");
  private static final Pattern LIVE =
      Pattern.compile(Pattern.quote(ASKED) + " \\d+M(?:\\(\\d+%\\))?->(\\d+)M");

  private final Path log;
  private final long pid;

  /**
   * A time in which threads stood still for the collector.
   *
   * @param words what it was for
   * @param millis how long it took
   */
  record Pause(String words, double millis) {
    private static Pause of(MatchResult line) {
      return new Pause(line.group(1), Double.parseDouble(line.group(2)));
    }
  }

  CollectorLog(Path log, long pid) {
    this.log = log;
    this.pid = pid;
  }

  /** The pauses so far that nobody asked for. */
  List<Pause> pauses() throws IOException {
    return PAUSE
        .matcher(text())
        .results()
        .map(Pause::of)
        .filter(pause -> !pause.words().contains(ASKED))
        .toList();
  }

  private String text() throws IOException {
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  /** What is alive after a whole collection, which is asked for. */
  double liveMebibytes() throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.run")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (!jcmd.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || jcmd.exitValue() != 0) {
      jcmd.destroyForcibly();
      throw new IOException("the collector of process " + pid + " could not be asked");
    }
    List<Double> live =
        LIVE.matcher(text()).results().map(line -> Double.valueOf(line.group(1))).toList();
    if (live.isEmpty()) {
      throw new IOException("the collector of process " + pid + " did not say what is alive");
    }
    return live.getLast();
  }
}
