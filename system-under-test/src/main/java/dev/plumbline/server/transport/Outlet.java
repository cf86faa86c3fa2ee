package dev.plumbline.server.transport;

import java.util.concurrent.CompletableFuture;

/** The way out of a duplex wire: messages leave in the order they are given. */
interface Outlet {
  /** True while the peer can be reached. */
  boolean open();

  /**
   * Hands a message over; never waits.
   *
   * @return true once it is written, false when the peer is gone
   */
  CompletableFuture<Boolean> write(byte[] message);
}
