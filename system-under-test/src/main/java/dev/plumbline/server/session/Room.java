package dev.plumbline.server.session;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.Refusal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The memory that sessions may take together, as far as it can be told beforehand: what is measured
 * comes too late when thousands are opened within a second. Safe for any number of threads.
 */
final class Room {
  /** A session with its lifecycle, its place in the registry and in the store, about. */
  private static final int SESSION_BYTES = 6_144;

  /** Of the heap, which has more to hold than sessions. */
  private static final double SHARE = 0.4;

  private static final int KIBI = 1_024;

  private final long most;
  private final AtomicLong taken = new AtomicLong();
  private volatile Supplier<Optional<Refusal>> measured = Optional::empty;

  /** A share of the heap of this process. */
  Room() {
    this((long) (Runtime.getRuntime().maxMemory() * SHARE));
  }

  Room(long most) {
    this.most = most;
  }

  /** Asked before anything else: what was measured. */
  void measured(Supplier<Optional<Refusal>> by) {
    measured = by;
  }

  /** Why nothing lasting may begin now; empty when it may. */
  Optional<Refusal> refusal() {
    return measured.get();
  }

  /** Why this client gets no session now; empty when there is room for it. */
  Optional<Refusal> refusal(ClientProfile client) {
    Optional<Refusal> now = measured.get();
    if (now.isPresent()) {
      return now;
    }
    long before = taken.get();
    return before + size(client) <= most
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                Refusal.Reason.CAPACITY,
                "session_kibibytes",
                kibibytes(most),
                kibibytes(before),
                Limits.RETRY_AFTER,
                "No memory is left for another session, try again later"));
  }

  /** A session is here. */
  void took(ClientProfile client) {
    taken.addAndGet(size(client));
  }

  /** A session is gone. */
  void left(ClientProfile client) {
    taken.addAndGet(-size(client));
  }

  private static long size(ClientProfile client) {
    return SESSION_BYTES + (long) client.footprint();
  }

  private static int kibibytes(long bytes) {
    return Math.toIntExact(bytes / KIBI);
  }
}
