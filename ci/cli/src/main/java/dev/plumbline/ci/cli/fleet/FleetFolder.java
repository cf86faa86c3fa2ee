package dev.plumbline.ci.cli.fleet;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.ci.cli.run.Causes;
import dev.plumbline.evidence.model.HarnessException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The folder of several runs: named by kind and time, made new. */
public final class FleetFolder {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int MAX_A_SECOND = 1_000;

  private FleetFolder() {}

  /**
   * Makes the folder.
   *
   * @param kind what its name begins with, as in {@code grid-2026-11-21T10-00-00}
   * @throws UsageException when it cannot be made
   */
  public static Path create(Path out, String kind, Instant now) throws UsageException {
    try {
      Files.createDirectories(out);
      for (int i = 1; i <= MAX_A_SECOND; i++) {
        Path folder = out.resolve(kind + "-" + NAME.format(now) + (i == 1 ? "" : "-" + i));
        if (claim(folder)) {
          return folder;
        }
      }
      throw new UsageException(out + " holds too many runs of this second; use another --out");
    } catch (FileAlreadyExistsException e) {
      throw new UsageException(out + " is a file, not a folder; use another --out", e);
    } catch (IOException e) {
      throw new UsageException(
          "cannot write to "
              + out
              + " ("
              + Causes.reason(e)
              + "); make it writable or use another --out",
          e);
    }
  }

  private static boolean claim(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false; // another of this second was faster
    }
  }

  /**
   * Writes a page or its data.
   *
   * @throws HarnessException when it cannot be written; the bundles stay
   */
  public static void write(Path file, String text) throws HarnessException {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new HarnessException(
          "cannot write "
              + file
              + ": "
              + (Causes.isDiskFull(e) ? "the disk is full; free space" : Causes.reason(e))
              + "; the bundles beside it are kept",
          e);
    }
  }
}
