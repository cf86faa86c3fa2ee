package dev.plumbline.server.session;

import dev.plumbline.server.protocol.RequestId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** The requests of one peer that are being worked on, so that a cancellation finds them. */
public final class InFlight {
  /** One running request. */
  public static final class Running {
    private final Thread thread = Thread.currentThread();
    private final AtomicBoolean cancelled = new AtomicBoolean();

    private Running() {}

    private void cancel() {
      if (cancelled.compareAndSet(false, true)) {
        thread.interrupt();
      }
    }

    /** True once the client cancelled it: it must not be answered. */
    public boolean cancelled() {
      return cancelled.get();
    }
  }

  private final ConcurrentMap<RequestId, Running> running = new ConcurrentHashMap<>();

  /** Requests that have arrived, and whether they were cancelled since. */
  private final ConcurrentMap<RequestId, Boolean> expected = new ConcurrentHashMap<>();

  /**
   * A request has arrived and a thread will begin it. Said in the order of arrival, so that a
   * cancellation that comes right behind is not lost.
   */
  public void expect(RequestId id) {
    expected.putIfAbsent(id, false);
  }

  /** Nothing is to come of the request any more. */
  public void forget(RequestId id) {
    expected.remove(id);
  }

  /** Registers the calling thread as the one that works on the request. */
  public Running begin(RequestId id) {
    Running entry = new Running();
    running.put(id, entry);
    if (expected.getOrDefault(id, false)) {
      cancel(id);
    }
    return entry;
  }

  /** Ends what {@link #begin} began. */
  public void end(RequestId id, Running entry) {
    running.remove(id, entry);
  }

  /** Interrupts the request's thread; an id that is not running is ignored (cancellation page). */
  public void cancel(RequestId id) {
    var _ = expected.computeIfPresent(id, (_, _) -> true);
    Running entry = running.get(id);
    if (entry != null) {
      entry.cancel();
    }
  }

  /** True while a request with this id is worked on. */
  public boolean runs(RequestId id) {
    return running.containsKey(id);
  }

  /** True while a request with this id has arrived or is worked on. */
  public boolean knows(RequestId id) {
    return expected.containsKey(id) || runs(id);
  }

  /** Interrupts every request, because nobody waits for an answer any more. */
  public void cancelAll() {
    running.values().forEach(Running::cancel);
  }

  /** How many requests are running. */
  public int count() {
    return running.size();
  }
}
