package dev.plumbline.server.limit;

import dev.plumbline.server.config.RateSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How often one client may ask (C10). A token bucket gives what was saved, up to the burst, and
 * refills evenly; a fixed window counts anew every second. Which of them, and how much, may change
 * at any time: what was taken counts on in the new measure. One atomic step for each request, no
 * thread, no timer. Safe for any number of threads.
 */
public final class RateGate {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int WINDOW_SHIFT = 32;

  private final Supplier<RateSettings> settings;
  private final LongSupplier nanos;
  private final long began;

  private volatile Bucket bucket = new Bucket(1, Integer.MAX_VALUE, 0);

  /** The number of the window in the upper half, what was granted in it in the lower. */
  private final AtomicLong window = new AtomicLong();

  /** A bucket in the measure of some settings; others have another. */
  private static final class Bucket {
    /** In the place of a time: what was taken is in another bucket by now. */
    private static final long POURED_OUT = Long.MAX_VALUE;

    /** Nanoseconds until one more request is granted. */
    private final long each;

    private final int burst;

    /** When it will be full again, since the beginning: the virtual scheduling time. */
    private final AtomicLong fullAt;

    private Bucket(long each, int burst, long fullAt) {
      this.each = each;
      this.burst = burst;
      this.fullAt = new AtomicLong(fullAt);
    }

    private boolean fits(long otherEach, int otherBurst) {
      return each == otherEach && burst == otherBurst;
    }
  }

  RateGate(Supplier<RateSettings> settings, LongSupplier nanos) {
    this.settings = settings;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  /** Takes leave for so many requests at once, or says why not and how long to wait. */
  public Optional<Refusal> take(int requests) {
    RateSettings rate = settings.get();
    return refusal(rate, wait(rate, requests, true));
  }

  /** What {@link #take} would say about one request, taking nothing. */
  public Optional<Refusal> look() {
    RateSettings rate = settings.get();
    return refusal(rate, wait(rate, 1, false));
  }

  private static Optional<Refusal> refusal(RateSettings rate, long wait) {
    if (wait == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            Refusal.Reason.RATE,
            "rate",
            rate.perSecond(),
            rate.perSecond(),
            Duration.ofNanos(wait),
            "Too many requests"));
  }

  /** How long to wait, in nanoseconds; 0 for leave. */
  private long wait(RateSettings rate, int requests, boolean take) {
    long now = nanos.getAsLong() - began;
    return switch (rate.kind()) {
      case OFF -> 0;
      case TOKEN_BUCKET -> bucket(rate, now, requests, take);
      case FIXED_WINDOW -> window(rate, now, requests, take);
    };
  }

  private long bucket(RateSettings rate, long now, int requests, boolean take) {
    // Upwards: rounding must not grant more.
    long each = Math.ceilDiv(SECOND, rate.perSecond());
    long most = each * rate.burst();
    long cost = each * Math.min(requests, rate.burst());
    while (true) {
      Bucket held = measured(each, rate.burst(), now);
      long seen = held.fullAt.get();
      if (seen == Bucket.POURED_OUT) {
        // Waits for whoever does it.
        var _ = poured(each, rate.burst(), now);
        continue;
      }
      long next = Math.max(seen, now) + cost;
      if (next - now > most) {
        return next - now - most;
      }
      if (!take || held.fullAt.compareAndSet(seen, next)) {
        return 0;
      }
    }
  }

  /** The bucket of these settings; one of other settings is poured into it, to the last request. */
  private Bucket measured(long each, int burst, long now) {
    Bucket known = bucket;
    return known.fits(each, burst) ? known : poured(each, burst, now);
  }

  private synchronized Bucket poured(long each, int burst, long now) {
    Bucket before = bucket;
    if (before.fits(each, burst)) {
      return before;
    }
    long lacking = Math.max(0, before.fullAt.getAndSet(Bucket.POURED_OUT) - now);
    long requests = Math.min(Math.ceilDiv(lacking, before.each), burst);
    Bucket after = new Bucket(each, burst, now + requests * each);
    bucket = after;
    return after;
  }

  private long window(RateSettings rate, long now, int requests, boolean take) {
    long number = now / SECOND;
    int wanted = Math.min(requests, rate.perSecond());
    while (true) {
      long seen = window.get();
      int granted = seen >>> WINDOW_SHIFT == number ? (int) seen : 0;
      if (granted + wanted > rate.perSecond()) {
        return (number + 1) * SECOND - now;
      }
      if (!take || window.compareAndSet(seen, (number << WINDOW_SHIFT) | (granted + wanted))) {
        return 0;
      }
    }
  }
}
