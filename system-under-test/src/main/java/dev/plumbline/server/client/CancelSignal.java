package dev.plumbline.server.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets somebody else end a request that is under way. Interrupting the thread that waits does the
 * same.
 */
public final class CancelSignal {
  private final List<Consumer<String>> waiting = new ArrayList<>();
  private @Nullable String reason;

  /**
   * Ends what is under way with this signal and what begins with it later; only the first reason
   * counts.
   */
  public void cancel(String why) {
    List<Consumer<String>> told;
    synchronized (waiting) {
      if (reason != null) {
        return;
      }
      reason = why;
      told = List.copyOf(waiting);
    }
    told.forEach(each -> each.accept(why));
  }

  /** Tells the consumer at once when the signal was given, otherwise when it is. */
  void register(Consumer<String> told) {
    String given;
    synchronized (waiting) {
      given = reason;
      if (given == null) {
        waiting.add(told);
      }
    }
    if (given != null) {
      told.accept(given);
    }
  }

  void unregister(Consumer<String> told) {
    synchronized (waiting) {
      waiting.remove(told);
    }
  }
}
