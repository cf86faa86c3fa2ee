package dev.plumbline.perf.reliability.raw;

import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * How one of the server's own measurements ran, beside the lines it printed: {@code run.json}.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param main its main class
 * @param arguments its arguments
 * @param exit its exit status
 * @param seconds how long it took
 * @param lastWords the last line of its standard error
 * @param lines how many lines it printed; written last, so that a truncated file is refused
 */
public record MeasureRecord(
    String schema,
    String main,
    List<String> arguments,
    int exit,
    double seconds,
    String lastWords,
    int lines) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/reliability-measure/v1";

  /** The file's name. */
  public static final String FILE = "run.json";

  /** What it printed: one JSON object a line. */
  public static final String LINES = "figures.jsonl";

  /** A larger print is refused. */
  private static final long MAX_BYTES = 4L * 1024 * 1024;

  /** It ran, and found that the server breaks its promise. */
  private static final int BROKEN = 1;

  /**
   * @throws IllegalArgumentException when the form is unknown
   */
  public MeasureRecord {
    arguments = List.copyOf(arguments);
    if (!SCHEMA.equals(schema)) {
      throw new IllegalArgumentException("unknown form " + schema);
    }
  }

  /** Whether it ran to its end, whatever it found. */
  public boolean ended() {
    return lines > 0 && (exit == 0 || exit == BROKEN);
  }

  /** Whether it says itself that the server breaks its promise. */
  public boolean complains() {
    return exit != 0;
  }

  /**
   * Reads what it printed.
   *
   * @throws IOException when the file is missing, cut short, or holds a line that is no JSON object
   */
  public List<JsonNode> read(Path folder) throws IOException {
    Path file = folder.resolve(LINES);
    List<JsonNode> read = new ArrayList<>();
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException(LINES + " is too large");
      }
      for (String line : Files.readString(file, StandardCharsets.UTF_8).lines().toList()) {
        JsonNode node = Json.parse(line);
        if (!node.isObject()) {
          throw new IOException(LINES + " holds a line that is no object");
        }
        read.add(node);
      }
    } catch (NoSuchFileException e) {
      throw new IOException(LINES + " is missing", e);
    }
    if (read.size() != lines) {
      throw new IOException(LINES + " holds " + read.size() + " lines, " + lines + " were printed");
    }
    return read;
  }
}
