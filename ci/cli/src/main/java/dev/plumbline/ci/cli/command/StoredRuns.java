package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.ci.cli.run.Causes;
import dev.plumbline.evidence.bundle.StoredRun;
import dev.plumbline.evidence.model.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Folders of earlier runs, as users name them. */
final class StoredRuns {
  private StoredRuns() {}

  /** Whether a folder looks like that of a run. */
  static boolean isRun(Path folder) {
    return Files.isRegularFile(new RunFolder(folder).run());
  }

  /**
   * Reads a run's folder.
   *
   * @throws UsageException when it is none, or was never sealed; one line
   */
  static StoredRun read(Path folder) throws UsageException {
    if (!isRun(folder)) {
      throw new UsageException(
          folder
              + ": not the folder of a run; name one below plumbline-out, as in plumbline-out/RUN");
    }
    try {
      return StoredRun.read(folder);
    } catch (NoSuchFileException e) {
      throw new UsageException(folder + ": was never sealed, the run died; run again", e);
    } catch (IOException e) {
      throw new UsageException(folder + ": " + Causes.oneLine(e), e);
    }
  }
}
