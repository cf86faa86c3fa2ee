package dev.plumbline.server.observe;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounded lines on standard error. Holds no header, no argument and no message text: what a peer
 * sent never reaches the log.
 */
public final class Log {
  private static final int MAX_LINES = 1_000;
  private static final AtomicInteger LINES = new AtomicInteger();

  private Log() {}

  /** One line for a failure of ours: its class and the line of code, nothing a peer sent. */
  public static void failure(String where, Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    String at = trace.length == 0 ? "unknown" : trace[0].toString();
    line(where + ": " + failure.getClass().getName() + " at " + at);
  }

  /** One line. */
  public static void line(String text) {
    int count = LINES.incrementAndGet();
    PrintStream err = System.err;
    if (count < MAX_LINES) {
      err.println(text);
    } else if (count == MAX_LINES) {
      err.println("further log lines are dropped");
    }
  }
}
