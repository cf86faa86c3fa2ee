package dev.plumbline.server.session;

import java.util.concurrent.locks.ReentrantLock;

/** One connection that carries a stream, and how far it got. */
final class StreamCarrier {
  private final Outlet outlet;
  private final boolean followed;
  private final Runnable ready;

  /** Held by whoever writes, one message after the other. */
  private final ReentrantLock writing = new ReentrantLock();

  /** Guarded by the lock of the log. */
  private long told;

  /**
   * A connection.
   *
   * @param followed true when a thread of its own writes; otherwise whoever speaks writes
   * @param told the number of the last message that its client has
   * @param ready run whenever it can be told more
   */
  StreamCarrier(Outlet outlet, boolean followed, long told, Runnable ready) {
    this.outlet = outlet;
    this.followed = followed;
    this.told = told;
    this.ready = ready;
  }

  Outlet outlet() {
    return outlet;
  }

  boolean followed() {
    return followed;
  }

  ReentrantLock writing() {
    return writing;
  }

  long told() {
    return told;
  }

  void told(long upTo) {
    told = upTo;
  }

  /** It can be told more. */
  void ready() {
    ready.run();
  }
}
