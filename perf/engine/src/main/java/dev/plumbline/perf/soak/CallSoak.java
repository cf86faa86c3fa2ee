package dev.plumbline.perf.soak;

import dev.plumbline.perf.client.RawConnection;
import java.io.IOException;
import java.net.URI;

/**
 * Calls in both eras, alternating on the same connections: first all on one, then on many at once.
 * Every answer is compared with its own question.
 */
final class CallSoak {
  /** Connections that call at the same time. */
  static final int AT_ONCE = 200;

  private CallSoak() {}

  /**
   * Runs the calls.
   *
   * @param calls how many on each of the two ways
   * @throws IOException at the first answer that is wrong
   */
  static void run(URI endpoint, int calls, Report report) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    try (RawConnection warm = new RawConnection(endpoint)) {
      mixed(warm, "warm", calls);
    }
    report.line("calls on one warm connection", calls, System.nanoTime() - begun);
    long next = System.nanoTime();
    Workers.run(
        AT_ONCE,
        index -> {
          int share = calls / AT_ONCE + (index < calls % AT_ONCE ? 1 : 0);
          try (RawConnection own = new RawConnection(endpoint)) {
            mixed(own, "w" + index, share);
          }
        });
    report.line("calls, " + AT_ONCE + " at once", calls, System.nanoTime() - next);
  }

  private static void mixed(RawConnection connection, String name, int calls) throws IOException {
    String session = Dialogue.open(connection);
    for (int i = 0; i < calls; i++) {
      String mark = name + "-" + i;
      if (i % 2 == 0) {
        Dialogue.handshakeCall(connection, session, mark);
      } else {
        Dialogue.statelessCall(connection, mark);
      }
    }
    Dialogue.end(connection, session);
  }
}
