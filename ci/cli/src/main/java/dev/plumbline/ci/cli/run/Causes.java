package dev.plumbline.ci.cli.run;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What is behind a failure, as people would say it. */
public final class Causes {
  private static final int MAX_DEPTH = 16;

  private Causes() {}

  /** Why an operation on a file failed, without its path. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (e instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** Whether the disk, or the user's share of it, is full. */
  public static boolean isDiskFull(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
      String message = String.valueOf(cause.getMessage());
      // The texts of ENOSPC and EDQUOT; Java has no type for them.
      if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Whether a thread's interrupt is behind it. */
  public static boolean isInterrupt(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
      if (cause instanceof InterruptedException || cause instanceof ClosedByInterruptException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** One line about any failure. */
  public static String oneLine(Throwable failure) {
    String message = failure.getMessage();
    String first = message == null ? "" : message.lines().findFirst().orElse("").strip();
    return first.isEmpty() ? failure.getClass().getSimpleName() : first;
  }
}
