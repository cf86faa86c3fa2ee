package dev.plumbline.ci.cli.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The text of a settings file, bounded and UTF-8. */
final class SettingsText {
  private static final long MAX_BYTES = 1 << 20;

  private SettingsText() {}

  /**
   * Reads a file.
   *
   * @param option the option that names it, for the message
   * @throws UsageException when it cannot be read
   */
  static String read(Path file, String option) throws UsageException {
    try {
      if (Files.isDirectory(file)) {
        throw new UsageException(file + ": is a folder, not a file; check " + option);
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new UsageException(file + ": larger than 1 MiB; check " + option);
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new UsageException(file + ": no such file; check " + option, e);
    } catch (CharacterCodingException e) {
      throw new UsageException(file + ": not UTF-8 text; save it as UTF-8", e);
    } catch (IOException e) {
      throw new UsageException(file + ": cannot be read; check its permissions", e);
    }
  }
}
