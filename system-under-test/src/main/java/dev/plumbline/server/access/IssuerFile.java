package dev.plumbline.server.access;

import dev.plumbline.server.protocol.JsonLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A file with what an authorization server publishes, as a setting names it. */
final class IssuerFile {
  private static final int MOST_BYTES = 262_144;

  private IssuerFile() {}

  /** The text as JSON. */
  static JsonNode json(String text) {
    try {
      return JsonLimits.mapper().readTree(text);
    } catch (JacksonException e) {
      throw new UnusableFileException("this is no JSON");
    }
  }

  /**
   * What its text is read as.
   *
   * @throws UnusableFileException with the setting and the file, when it cannot be used
   */
  static <T> T read(String setting, String file, Function<String, T> parse) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new UnusableFileException("this has more than " + MOST_BYTES + " bytes");
      }
      return parse.apply(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException | InvalidPathException e) {
      throw new UnusableFileException(setting + ": cannot read " + file);
    } catch (UnusableFileException e) {
      throw new UnusableFileException(setting + ": " + file + ": " + e.getMessage());
    }
  }
}
