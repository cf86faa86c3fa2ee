package dev.plumbline.server.control;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A handler that waits inside until it is opened. */
final class Gate implements ComponentHandler {
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);
  private final boolean stubborn;

  /** One that an interrupt opens, too. */
  Gate() {
    this(false);
  }

  /** One that may ignore interrupts. */
  Gate(boolean stubborn) {
    this.stubborn = stubborn;
  }

  @Override
  public ControlReply handle(ControlMessage message) throws InterruptedException {
    entered.countDown();
    boolean waits = true;
    while (waits) {
      try {
        waits = !open.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        if (!stubborn) {
          throw e;
        }
      }
    }
    return ControlReply.Acknowledged.done("through");
  }

  /** Waits until a call is inside. */
  void awaitEntered() throws InterruptedException {
    if (!entered.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("nobody came");
    }
  }

  void open() {
    open.countDown();
  }
}
