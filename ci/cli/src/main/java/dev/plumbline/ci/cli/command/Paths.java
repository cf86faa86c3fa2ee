package dev.plumbline.ci.cli.command;

import java.nio.file.Path;

/** Paths as people want to read and copy them. */
final class Paths {
  private Paths() {}

  /** Relative when it lies below the working directory, absolute otherwise. */
  static Path shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(here) && !absolute.equals(here)
        ? here.relativize(absolute)
        : absolute;
  }

  /** A word as a POSIX shell takes it. */
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
