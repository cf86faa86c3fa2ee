package dev.plumbline.conformance.wire;

import java.time.Duration;
import java.util.concurrent.Future;

/** The other side of a conversation in which either side may speak at any time. */
interface DuplexPeer extends AutoCloseable {
  /** The messages it sent. */
  LineInbox inbox();

  /** One message as this transport carries it. */
  byte[] framed(byte[] message);

  /** Writes in the background, in order; a peer that does not read must not stall us. */
  Future<?> write(byte[] bytes);

  /** Ends our direction once everything handed to {@link #write} is written. */
  void closeInput();

  /** Waits for its end. Whether it ended in time. */
  boolean awaitEnd(Duration time) throws InterruptedException;

  /** Takes what it said beside its messages since the last call. */
  Bytes takeStderr();

  /** Ends it; never throws, returns in bounded time. */
  @Override
  void close();
}
