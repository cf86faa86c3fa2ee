package dev.plumbline.server.control.port;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The connections of the control port, bounded in number: when all seats are taken, whoever asks
 * for nothing gives way to whoever comes, so that a probe is always let in. Belongs to the one
 * event loop of the port.
 */
final class Seats {
  private final int max;
  private final LongSupplier nanos;
  private final Set<Seat> taken = new LinkedHashSet<>();

  /**
   * Seats for so many connections.
   *
   * @param nanos a monotonic clock
   */
  Seats(int max, LongSupplier nanos) {
    this.max = max;
    this.nanos = nanos;
  }

  /** What a connection does. */
  private enum Doing {
    /** Nothing: no request has begun. */
    IDLE,
    /** A request has begun and is not there as a whole. */
    READING,
    /** A request is answered, or a stream runs. */
    ANSWERING
  }

  /** One connection. */
  final class Seat {
    private final Channel channel;
    private Doing doing = Doing.IDLE;
    private boolean known;
    private long since = nanos.getAsLong();

    private Seat(Channel channel) {
      this.channel = channel;
    }

    /** It does nothing from now on. */
    void idle() {
      doing = Doing.IDLE;
      since = nanos.getAsLong();
    }

    /** A request begins. */
    void reading() {
      doing = Doing.READING;
      since = nanos.getAsLong();
    }

    /** A request is there as a whole. */
    void answering() {
      doing = Doing.ANSWERING;
    }

    /** It showed the token. */
    void recognized() {
      known = true;
    }

    /** True when it showed the token. */
    boolean known() {
      return known;
    }

    /** Who goes first: strangers that do nothing, then who showed the token, then half requests. */
    private int rank() {
      return switch (doing) {
        case IDLE -> known ? 1 : 0;
        case READING -> known ? 3 : 2;
        case ANSWERING -> throw new IllegalStateException("it is answered");
      };
    }

    private boolean mayGo() {
      return doing != Doing.ANSWERING;
    }
  }

  /**
   * A seat for a new connection; whoever waited longest without a request gives up another one.
   * Empty when every connection is being answered.
   */
  Optional<Seat> take(Channel channel) {
    if (taken.size() >= max && !free()) {
      return Optional.empty();
    }
    Seat seat = new Seat(channel);
    taken.add(seat);
    var _ = channel.closeFuture().addListener((ChannelFutureListener) _ -> taken.remove(seat));
    return Optional.of(seat);
  }

  private boolean free() {
    long now = nanos.getAsLong();
    Optional<Seat> first =
        taken.stream()
            .filter(Seat::mayGo)
            .min(
                Comparator.comparingInt(Seat::rank)
                    .thenComparing(Comparator.comparingLong((Seat s) -> now - s.since).reversed()));
    first.ifPresent(
        seat -> {
          taken.remove(seat);
          var _ = seat.channel.close();
        });
    return first.isPresent();
  }
}
