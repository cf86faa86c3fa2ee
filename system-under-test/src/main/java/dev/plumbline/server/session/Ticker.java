package dev.plumbline.server.session;

/** A monotonic clock, injected so that tests decide what time it is. */
@FunctionalInterface
public interface Ticker {
  /** Nanoseconds since an arbitrary, fixed moment. */
  long nanos();
}
