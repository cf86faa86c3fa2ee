package dev.plumbline.server.observe;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The newest notices, and who hears of new ones. Bounded: the oldest give way. Safe for any number
 * of threads.
 */
public final class EventLog {
  /** How many notices are kept. */
  public static final int CAPACITY = 1_000;

  private final InstantSource clock;
  private final Deque<Notice> kept = new ArrayDeque<>();
  private final List<Consumer<Notice>> listeners = new CopyOnWriteArrayList<>();

  /** An empty log. */
  public EventLog(InstantSource clock) {
    this.clock = clock;
  }

  /** Adds a notice of now. Listeners are called on this thread and must not block. */
  public void add(
      Severity severity, String source, String subject, String text, Map<String, String> facts) {
    Notice notice = new Notice(clock.instant(), severity, source, subject, text, facts);
    synchronized (kept) {
      if (kept.size() == CAPACITY) {
        kept.removeFirst();
      }
      kept.addLast(notice);
    }
    listeners.forEach(listener -> listener.accept(notice));
  }

  /** The newest notices, oldest first. */
  public List<Notice> recent(int atMost) {
    synchronized (kept) {
      return kept.stream().skip(Math.max(0, kept.size() - atMost)).toList();
    }
  }

  /** Adds a listener; run the result to remove it. */
  public Runnable follow(Consumer<Notice> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
