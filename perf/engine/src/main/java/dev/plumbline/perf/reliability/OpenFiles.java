package dev.plumbline.perf.reliability;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The limit on files that a process may have open, which a virtual machine cannot raise itself. */
final class OpenFiles {
  private static final Path SHELL = Path.of("/bin/sh");

  /** Up to the hard limit a virtual machine goes by itself; beyond, the machine's owner may. */
  private static final String RAISED =
      "h=$(ulimit -Hn); [ \"$h\" = unlimited ] || [ \"$h\" -ge \"$0\" ] || ulimit -n \"$0\" 2>/dev/null;"
          + " exec \"$@\"";

  private OpenFiles() {}

  /**
   * What stands before a command that needs so many: a shell that raises the limit where that is
   * allowed, goes on with what there is where it is not, and becomes the command. Empty when
   * nothing is needed, or where there is no shell.
   */
  static List<String> raised(long files) {
    return files > 0 && Files.isExecutable(SHELL)
        ? List.of(SHELL.toString(), "-c", RAISED, Long.toString(files))
        : List.of();
  }
}
