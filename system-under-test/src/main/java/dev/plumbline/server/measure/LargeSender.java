package dev.plumbline.server.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sends the same large message again and again over one connection, at most one a second. */
final class LargeSender implements Runnable {
  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final long BETWEEN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int port;
  private final LargeKind kind;
  private final Duration offset;
  private final byte[] message;
  private final CountDownLatch over = new CountDownLatch(1);
  private long answered;
  private long refused;
  private long failed;

  /**
   * @param offset when in a second its message is due
   */
  LargeSender(int port, LargeKind kind, Duration offset) {
    this.port = port;
    this.offset = offset;
    this.kind = kind;
    this.message = kind.message();
  }

  @Override
  public void run() {
    long due = System.nanoTime() + offset.toNanos();
    while (isDue(due)) {
      try (HttpWire wire = new HttpWire(port)) {
        do {
          send(wire);
          due += BETWEEN_NANOS;
        } while (!wire.spent() && isDue(due));
      } catch (IOException | RuntimeException e) {
        failed++;
        due += BETWEEN_NANOS;
        System.err.println(kind + ": " + e);
      }
    }
  }

  /** Waits for the time; false when it is to end before. */
  private boolean isDue(long due) {
    try {
      return !over.await(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void send(HttpWire wire) throws IOException {
    HttpWire.Head head =
        wire.ask("POST", HttpWire.JSON + StatelessCall.fields(kind.tool()), message);
    String body = wire.body(head);
    if (head.status() == OK && body.contains("\"result\"") && body.length() >= kind.leastAnswer()) {
      answered++;
    } else if (head.status() == TOO_MANY) {
      refused++;
    } else {
      failed++;
      System.err.println(kind + ": answered " + head.status());
    }
  }

  /** It ends after the message it has begun. */
  void stop() {
    over.countDown();
  }

  /** How many got their answer. Read these when it has ended. */
  long answered() {
    return answered;
  }

  /** How many were told that there is no room. */
  long refused() {
    return refused;
  }

  /** How many got neither. */
  long failed() {
    return failed;
  }

  /** How many bytes the server took in. */
  long bytes() {
    return answered * message.length;
  }
}
