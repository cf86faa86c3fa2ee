package dev.plumbline.conformance.rule;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What was heard beside a script and not looked at yet, in order. How much an exchange brings at
 * most is the driver's bound.
 *
 * @param <T> what is heard
 */
public final class Inbox<T> {
  private final BlockingQueue<T> waiting = new LinkedBlockingQueue<>();

  /** Takes down what was heard. Any thread. */
  public void add(T heard) {
    waiting.add(heard);
  }

  /** Whether everything was looked at. */
  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Waits for what is wanted, and passes over everything else; empty when none came in time. */
  public Optional<T> await(Predicate<T> wanted, Duration time) throws InterruptedException {
    long until = System.nanoTime() + time.toNanos();
    while (true) {
      T next = waiting.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        return Optional.empty();
      }
      if (wanted.test(next)) {
        return Optional.of(next);
      }
    }
  }
}
