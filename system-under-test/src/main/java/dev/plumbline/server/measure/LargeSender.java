package dev.plumbline.server.measure;

import java.io.IOException;

/** Sends the same large message again and again over one connection. */
final class LargeSender implements Runnable {
  private static final int OK = 200;
  private static final int TOO_MANY = 429;

  private final int port;
  private final LargeKind kind;
  private final byte[] message;
  private volatile boolean over;
  private long answered;
  private long refused;
  private long failed;

  LargeSender(int port, LargeKind kind) {
    this.port = port;
    this.kind = kind;
    this.message = kind.message();
  }

  @Override
  public void run() {
    while (!over) {
      try (HttpWire wire = new HttpWire(port)) {
        while (!over && !wire.spent()) {
          send(wire);
        }
      } catch (IOException | RuntimeException e) {
        failed++;
        System.err.println(kind + ": " + e);
      }
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
    over = true;
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
