package dev.plumbline.server.session;

import dev.plumbline.server.domain.Unit;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcError;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The requests of one peer that are being worked on, so that a cancellation finds them. */
public final class InFlight {
  /** One running request. */
  public static final class Running {
    private final Thread thread = Thread.currentThread();
    private final Optional<Unit> unit = Unit.current();
    private final AtomicReference<@Nullable End> end = new AtomicReference<>();

    private Running() {}

    private void end(End how) {
      if (end.compareAndSet(null, how)) {
        unit.ifPresent(work -> how.why().ifPresentOrElse(work::end, work::endSilently));
        thread.interrupt();
      }
    }

    /** True once it was told to end, by its client or because its session ends. */
    public boolean cancelled() {
      return end.get() != null;
    }

    /**
     * Why it was told to end, where its client waits for an answer and did not ask for the end
     * itself.
     */
    public Optional<RpcError> why() {
      End how = end.get();
      return how == null ? Optional.empty() : how.why();
    }
  }

  /** How requests end before their time: without a word, or with an error. */
  private record End(Optional<RpcError> why) {
    private static final End SILENT = new End(Optional.empty());
  }

  private final ConcurrentMap<RequestId, Running> running = new ConcurrentHashMap<>();

  /** Requests that have arrived, and whether they were cancelled since. */
  private final ConcurrentMap<RequestId, Boolean> expected = new ConcurrentHashMap<>();

  private volatile @Nullable End over;

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
    // Whoever ends all says so first and looks for requests then: one of us sees the other.
    End all = over;
    if (all != null) {
      entry.end(all);
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
      entry.end(End.SILENT);
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

  /**
   * Interrupts every request, and what may begin yet.
   *
   * @param why what their client is told; empty when nobody waits for an answer any more
   */
  public void endAll(Optional<RpcError> why) {
    End how = new End(why);
    over = how;
    running.values().forEach(request -> request.end(how));
  }

  /** How many requests are running. */
  public int count() {
    return running.size();
  }
}
