package dev.plumbline.conformance.wire;

import java.time.Duration;
import java.util.concurrent.Future;

/** A process as a peer: its standard streams carry lines. */
record ProcessPeer(ChildProcess child) implements DuplexPeer {
  @Override
  public LineInbox inbox() {
    return child.inbox();
  }

  @Override
  public byte[] framed(byte[] message) {
    return Framing.LINES.framed(message);
  }

  @Override
  public Future<?> write(byte[] bytes) {
    return child.write(bytes);
  }

  @Override
  public void closeInput() {
    child.closeInput();
  }

  @Override
  public boolean awaitEnd(Duration time) throws InterruptedException {
    return child.awaitEnd(time);
  }

  @Override
  public Bytes takeStderr() {
    return child.takeStderr();
  }

  @Override
  public void close() {
    child.close();
  }
}
