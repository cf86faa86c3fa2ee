package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What an experiment recorded, as far as its picture needs it: {@code raw/chaos/FM-*.jsonl}. Reads
 * what is there of a file that was cut short; whether it may be judged is not decided here.
 *
 * @param mode the failure mode's id
 * @param samples the requests by time
 * @param faults the windows in which a fault was in force
 * @param whole whether the file has its last line
 */
record Timeline(String mode, List<Sample> samples, List<Fault> faults, boolean whole) {
  private static final long MAX_BYTES = 64L * 1024 * 1024;
  private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");
  private static final String DEFAULT_COLOUR = "#c2571a";

  /**
   * One request.
   *
   * @param at when it was meant to start, ms
   * @param latency until it ended, ms
   * @param ok whether a result came
   * @param direct whether it went past the fault
   * @param outcome how it ended
   */
  record Sample(double at, double latency, boolean ok, boolean direct, String outcome) {
    double done() {
      return at + latency;
    }
  }

  /**
   * A fault.
   *
   * @param start when it was in force, ms
   * @param end when its healing began, ms
   * @param label what it was
   * @param colour how to shade it
   */
  record Fault(double start, double end, String label, String colour) {}

  Timeline {
    samples = List.copyOf(samples);
    faults = List.copyOf(faults);
  }

  /** All timelines of a suite's raw folder, by file name. */
  static List<Timeline> read(Path folder) throws IOException {
    List<Timeline> timelines = new ArrayList<>();
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return timelines;
    }
    TreeSet<Path> files = new TreeSet<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jsonl")) {
      found.forEach(files::add);
    }
    for (Path file : files) {
      if (Files.size(file) <= MAX_BYTES) {
        timelines.add(of(file));
      }
    }
    return timelines;
  }

  private static Timeline of(Path file) throws IOException {
    String mode = String.valueOf(file.getFileName()).replaceFirst("\\.jsonl$", "");
    List<Sample> samples = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    boolean whole = false;
    for (String line :
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n", -1)) {
      JsonNode entry = parse(line);
      switch (entry.path("kind").asString("")) {
        case "sample" -> samples.add(sample(entry));
        case "fault" -> faults.add(fault(entry));
        case "end" -> whole = true;
        default -> {}
      }
    }
    samples.removeIf(s -> !Double.isFinite(s.at()) || !Double.isFinite(s.latency()));
    samples.sort(Comparator.comparingDouble(Sample::at));
    faults.sort(Comparator.comparingDouble(Fault::start));
    return new Timeline(mode, samples, faults, whole);
  }

  private static JsonNode parse(String line) {
    try {
      return Json.parse(line);
    } catch (IOException e) {
      return Json.mapper().missingNode(); // the last line of a file that was cut short
    }
  }

  private static Sample sample(JsonNode entry) {
    String outcome = entry.path("outcome").asString("");
    return new Sample(
        entry.path("atMs").asDouble(0),
        Math.max(0, entry.path("latencyMs").asDouble(0)),
        outcome.equals("OK"),
        entry.path("lane").asString("").equals("DIRECT"),
        outcome);
  }

  private static Fault fault(JsonNode entry) {
    String colour = entry.path("colour").asString("");
    return new Fault(
        entry.path("startMs").asDouble(0),
        entry.path("endMs").asDouble(0),
        entry.path("label").asString(""),
        COLOUR.matcher(colour).matches() ? colour : DEFAULT_COLOUR);
  }
}
