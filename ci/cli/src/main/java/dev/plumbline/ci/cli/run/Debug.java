package dev.plumbline.ci.cli.run;

/** Stack traces, for people who work on Plumbline and set {@code PLUMBLINE_DEBUG=1}. */
public final class Debug {
  private Debug() {}

  /** Prints the trace when asked for by the environment. */
  public static void trace(Throwable failure) {
    if ("1".equals(System.getenv("PLUMBLINE_DEBUG"))) {
      failure.printStackTrace();
    }
  }
}
