package dev.plumbline.ci.cli.run;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.evidence.model.RunFolder;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The new folder of one run, below the output folder.
 *
 * @param id its name: the UTC time of the start, made unique
 * @param folder the folder itself
 * @param createdParent whether the output folder was made for it
 */
public record OutputFolder(String id, RunFolder folder, boolean createdParent) {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int MAX_RUNS_A_SECOND = 1_000;

  /**
   * Makes the folder and proves that it can be written to.
   *
   * @param out the output folder; made when missing
   * @throws UsageException when it cannot be made or written
   */
  public static OutputFolder create(Path out, Instant now) throws UsageException {
    Path existing = out.toAbsolutePath();
    boolean missing = !Files.exists(existing);
    try {
      Files.createDirectories(existing);
      for (int i = 1; i <= MAX_RUNS_A_SECOND; i++) {
        String id = NAME.format(now) + (i == 1 ? "" : "-" + i);
        if (claim(existing.resolve(id))) {
          return new OutputFolder(id, new RunFolder(existing.resolve(id)), missing);
        }
      }
      throw new UsageException(out + " holds too many runs of this second; use another --out");
    } catch (FileAlreadyExistsException e) {
      throw new UsageException(out + " is a file, not a folder; use another --out", e);
    } catch (IOException e) {
      throw new UsageException(
          "cannot write to " + out + " (" + reason(e) + "); make it writable or use another --out",
          e);
    }
  }

  private static boolean claim(Path folder) throws IOException {
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    Files.createDirectory(new RunFolder(folder).raw());
    Files.createDirectory(new RunFolder(folder).results());
    return true;
  }

  /** Removes the folder of a run that recorded nothing. */
  public void discard() {
    try {
      delete(folder.root());
      Path parent = folder.root().getParent();
      if (createdParent && parent != null) {
        Files.deleteIfExists(parent);
      }
    } catch (DirectoryNotEmptyException | NoSuchFileException e) {
      return; // another run began in it, or somebody was faster
    } catch (IOException e) {
      return; // an empty folder left behind harms nobody; the reason for the run's end is told
    }
  }

  private static void delete(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static String reason(IOException e) {
    return Causes.reason(e);
  }
}
