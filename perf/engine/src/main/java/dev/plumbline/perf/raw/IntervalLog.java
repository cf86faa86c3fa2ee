package dev.plumbline.perf.raw;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;
import org.jspecify.annotations.Nullable;

/**
 * An HdrHistogram interval log with a footer that seals it.
 *
 * @param entries the log's lines in order
 */
public record IntervalLog(List<Entry> entries) {
  /** Values are told apart from 1 µs on. */
  public static final long LOWEST_NANOS = 1_000;

  /** No latency is longer than this; longer ones are recorded as this. */
  public static final long HIGHEST_NANOS = 3_600_000_000_000L;

  /** Three digits: an error of at most 0.1 %. */
  public static final int DIGITS = 3;

  /** A larger log is refused. */
  static final long MAX_BYTES = 256L * 1024 * 1024;

  /** Values are nanoseconds; the log's legend is in milliseconds. */
  private static final double NANOS_PER_MILLI = 1e6;

  private static final Pattern FOOTER =
      Pattern.compile("#\\[End: ([0-9]{1,9}) histograms, ([0-9]{1,18}) samples\\]");

  /**
   * One line.
   *
   * @param tag what the samples have in common; empty for none
   * @param startSeconds when the interval begins
   * @param histogram the samples; not to be changed
   */
  public record Entry(String tag, double startSeconds, Histogram histogram) {}

  /** Copies the list. */
  public IntervalLog {
    entries = List.copyOf(entries);
  }

  /** An empty histogram in the one precision all logs have. */
  public static Histogram histogram() {
    Histogram histogram = new Histogram(LOWEST_NANOS, 2 * LOWEST_NANOS, DIGITS);
    histogram.setAutoResize(true);
    return histogram;
  }

  /** All samples of one tag. */
  public Histogram merged(String tag) {
    Histogram sum = histogram();
    entries.stream().filter(e -> e.tag().equals(tag)).forEach(e -> sum.add(e.histogram()));
    return sum;
  }

  /** How many samples the log holds. */
  public long samples() {
    return entries.stream().mapToLong(e -> e.histogram().getTotalCount()).sum();
  }

  /**
   * Writes the log.
   *
   * @param title a comment for people, one line
   * @param intervalMillis how long each interval is
   */
  public void write(Path file, String title, long intervalMillis) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    HistogramLogWriter writer = new HistogramLogWriter(bytes);
    writer.outputComment("[" + title + "; nanoseconds]");
    writer.outputLogFormatVersion();
    writer.outputLegend();
    for (Entry entry : entries) {
      Histogram histogram = entry.histogram();
      histogram.setTag(entry.tag().isEmpty() ? null : entry.tag());
      writer.outputIntervalHistogram(
          entry.startSeconds(),
          entry.startSeconds() + intervalMillis / 1000.0,
          histogram,
          NANOS_PER_MILLI);
    }
    writer.outputComment("[End: " + entries.size() + " histograms, " + samples() + " samples]");
    writer.close();
    Files.write(file, bytes.toByteArray());
  }

  /**
   * Reads a log strictly.
   *
   * @throws IOException when it is missing, truncated or malformed; the message names the file
   */
  public static IntervalLog read(Path file) throws IOException {
    String name = file.getFileName().toString();
    byte[] bytes = bytes(file, name);
    Matcher footer = FOOTER.matcher(lastLine(bytes));
    if (!footer.matches()) {
      throw new IOException(name + " is truncated: its last line is missing");
    }
    IntervalLog log = new IntervalLog(entries(bytes, name));
    if (log.entries.size() != Long.parseLong(footer.group(1))
        || log.samples() != Long.parseLong(footer.group(2))) {
      throw new IOException(
          name
              + " does not hold what its last line says: "
              + log.entries.size()
              + " histograms, "
              + log.samples()
              + " samples");
    }
    return log;
  }

  private static byte[] bytes(Path file, String name) throws IOException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException(name + " is too large");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException(name + " is missing", e);
    }
  }

  private static String lastLine(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (!text.endsWith("\n")) {
      return "";
    }
    String body = text.substring(0, text.length() - 1);
    return body.substring(body.lastIndexOf('\n') + 1).strip();
  }

  private static List<Entry> entries(byte[] bytes, String name) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(bytes))) {
      while (reader.hasNext()) {
        EncodableHistogram read = reader.nextIntervalHistogram();
        if (read == null) {
          break; // Only comments were left; the footer's counts tell whether it was all.
        }
        if (!(read instanceof Histogram histogram)) {
          throw new IOException(name + " holds a line that is no histogram");
        }
        @Nullable String tag = histogram.getTag();
        entries.add(
            new Entry(tag == null ? "" : tag, histogram.getStartTimeStamp() / 1000.0, histogram));
      }
    } catch (RuntimeException e) {
      throw new IOException(name + " is not a readable interval log: " + e.getMessage(), e);
    }
    return entries;
  }
}
