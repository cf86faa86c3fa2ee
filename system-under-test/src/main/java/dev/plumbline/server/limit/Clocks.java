package dev.plumbline.server.limit;

import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Time and chance, so that a test can hold both.
 *
 * @param ticker a monotonic clock in nanoseconds
 * @param wall the time of day, for what people read
 * @param chance numbers from 0 to below 1
 */
public record Clocks(LongSupplier ticker, InstantSource wall, DoubleSupplier chance) {
  /** The given monotonic clock, the time of day and real chance. */
  public static Clocks of(LongSupplier ticker) {
    return new Clocks(
        ticker, InstantSource.system(), () -> ThreadLocalRandom.current().nextDouble());
  }

  long nanos() {
    return ticker.getAsLong();
  }

  double random() {
    return chance.getAsDouble();
  }
}
