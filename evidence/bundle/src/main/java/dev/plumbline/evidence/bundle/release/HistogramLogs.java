package dev.plumbline.evidence.bundle.release;

import dev.plumbline.evidence.bundle.sign.FileTree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/** The interval logs of a bundle; all of them are in nanoseconds. */
public final class HistogramLogs {
  private static final String SUFFIX = ".hlog";
  private static final long MAX_BYTES = 128L * 1024 * 1024;
  private static final int DIGITS = 3;

  private HistogramLogs() {}

  /** The intervals of one log; those that could be read when it was cut short. */
  public static List<Histogram> read(Path file) throws IOException {
    List<Histogram> parts = new ArrayList<>();
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > MAX_BYTES) {
      return parts;
    }
    try (HistogramLogReader reader =
        new HistogramLogReader(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      while (reader.hasNext()) {
        EncodableHistogram read = reader.nextIntervalHistogram();
        if (read instanceof Histogram histogram) {
          parts.add(histogram);
        }
      }
    } catch (RuntimeException e) {
      return parts; // a log that was cut short: what was read is told
    }
    return parts;
  }

  /** All logs below a folder, by their path there, each by tag ({@code ""} without one). */
  static SortedMap<String, SortedMap<String, Histogram>> all(Path raw) throws IOException {
    SortedMap<String, SortedMap<String, Histogram>> all = new TreeMap<>();
    for (Map.Entry<String, Path> file : FileTree.files(raw).entrySet()) {
      if (file.getKey().endsWith(SUFFIX)) {
        SortedMap<String, Histogram> byTag = new TreeMap<>();
        for (Histogram part : read(file.getValue())) {
          String tag = part.getTag() == null ? "" : part.getTag();
          byTag.computeIfAbsent(tag, _ -> empty()).add(part);
        }
        all.put(file.getKey(), byTag);
      }
    }
    return all;
  }

  private static Histogram empty() {
    Histogram histogram = new Histogram(DIGITS);
    histogram.setAutoResize(true);
    return histogram;
  }
}
