package dev.plumbline.evidence.bundle.release;

import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Raw data of one JSON object a line. Judges refuse what was cut short; here what can be read is
 * told, and a line that cannot be read ends it.
 */
final class RawLines {
  private static final long MAX_BYTES = 64L * 1024 * 1024;

  private RawLines() {}

  static List<JsonNode> read(Path file) throws IOException {
    List<JsonNode> read = new ArrayList<>();
    for (String line : text(file)) {
      try {
        read.add(Json.parse(line));
      } catch (IOException e) {
        return read; // cut short
      }
    }
    return read;
  }

  /** The lines of a file; none when it is missing or beyond all measure. */
  static List<String> text(Path file) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= MAX_BYTES
        ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()
        : List.of();
  }
}
