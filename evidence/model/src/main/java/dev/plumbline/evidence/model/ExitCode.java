package dev.plumbline.evidence.model;

/** How a command tells its outcome to the shell. */
public enum ExitCode {
  GO(0),
  NO_GO(1),
  USAGE(2),
  INCONCLUSIVE(3),
  HARNESS_FAULT(4);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The process exit status. */
  public int code() {
    return code;
  }
}
