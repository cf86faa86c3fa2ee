package dev.plumbline.server.era;

import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.protocol.RequestId;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the runner granted to one message: a permit and a deadline. */
public interface Lease {
  /** No runner: no deadline, nothing to count. */
  Lease UNBOUNDED =
      new Lease() {
        @Override
        public void id(@Nullable RequestId id) {}

        @Override
        public void extend(Duration atMost) {}

        @Override
        public Optional<Refusal> last() {
          return Optional.empty();
        }
      };

  /** When the message was complete, by {@link System#nanoTime()}. */
  default long arrivedNanos() {
    return System.nanoTime();
  }

  /** The id to answer with when the deadline passes. */
  void id(@Nullable RequestId id);

  /** Starts the deadline anew with this length, because the request waits for its client. */
  void extend(Duration atMost);

  /**
   * Turns the message into a lasting one, such as a stream: no deadline, and its permit is
   * exchanged for a stream's.
   *
   * @return why not, when no stream permit is free: refuse the message
   */
  Optional<Refusal> last();
}
