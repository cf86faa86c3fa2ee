package dev.plumbline.server.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** How an experiment lets a handler fail. Only with {@code --failpoints}. */
public enum HandlerFault {
  /** Throws an exception: a plain failure. */
  EXCEPTION,
  /** Throws an {@code Error} of no particular kind. */
  ERROR,
  /** Throws what the machine throws when memory is short; nothing is allocated. */
  OUT_OF_MEMORY,
  /** Overflows the stack, really. */
  STACK_OVERFLOW,
  /** Throws what a class that cannot be linked throws. */
  LINKAGE,
  /** Throws what a broken assertion throws. */
  ASSERTION,
  /** Interrupts itself and goes on. */
  INTERRUPT,
  /** Waits for ever, but can be interrupted. */
  HANG,
  /** Waits for ever and ignores interrupts, until the experiment is over. */
  STUCK;

  /** The fault with this name in lower case; empty for any other text. */
  public static Optional<HandlerFault> of(String name) {
    for (HandlerFault fault : values()) {
      if (fault.wire().equals(name)) {
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  /** The name in requests. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Happens to the calling thread. */
  void strike(CountDownLatch over) throws InterruptedException {
    switch (this) {
      case EXCEPTION -> throw new IllegalStateException("failpoint");
      case ERROR -> throw new Error("failpoint");
      case OUT_OF_MEMORY -> throw new OutOfMemoryError("failpoint");
      case STACK_OVERFLOW -> deeper(1);
      case LINKAGE -> throw new NoClassDefFoundError("failpoint");
      case ASSERTION -> throw new AssertionError("failpoint");
      case INTERRUPT -> Thread.currentThread().interrupt();
      case HANG -> over.await();
      case STUCK -> awaitIgnoring(over);
    }
  }

  @SuppressWarnings("InfiniteRecursion") // on purpose
  private static long deeper(long depth) {
    return deeper(depth + 1) + depth;
  }

  private static void awaitIgnoring(CountDownLatch over) {
    while (over.getCount() > 0) {
      try {
        over.await();
      } catch (InterruptedException e) {
        // This is what it is for.
      }
    }
  }
}
