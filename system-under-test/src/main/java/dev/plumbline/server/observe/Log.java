package dev.plumbline.server.observe;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounded lines on standard error. Holds no header, no argument and no message text: what a peer
 * sent never reaches the log.
 */
public final class Log {
  private static final int MAX_LINES = 1_000;
  private static final AtomicInteger LINES = new AtomicInteger();
  private static final AtomicLong SURVIVED = new AtomicLong();

  private Log() {}

  /** One line for a failure of ours: its class and the line of code, nothing a peer sent. */
  public static void failure(String where, Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    String at = trace.length == 0 ? "unknown" : trace[0].toString();
    line(where + ": " + failure.getClass().getName() + " at " + at);
  }

  /**
   * The same for a loop that must not end, whatever it met: does not throw, even where there is no
   * memory to say it with. Errors of the JVM for want of memory are counted.
   */
  public static void survived(String where, Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      SURVIVED.incrementAndGet();
    }
    try {
      failure(where, failure);
    } catch (OutOfMemoryError e) {
      // It is counted.
      SURVIVED.incrementAndGet();
    }
  }

  /** How often a loop ran out of memory and went on. */
  public static long survived() {
    return SURVIVED.get();
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
