package dev.plumbline.server.config;

import java.util.List;

/** A change that only a restart could bring; nothing was changed. */
public final class RestartNeededException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> paths;

  RestartNeededException(List<String> paths) {
    super(
        "needs a restart: "
            + String.join(", ", paths)
            + "; restart the server, or leave these as they are");
    this.paths = List.copyOf(paths);
  }

  /** The settings that would need it. */
  public List<String> paths() {
    return paths;
  }
}
