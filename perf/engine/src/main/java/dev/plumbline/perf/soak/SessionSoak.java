package dev.plumbline.perf.soak;

import dev.plumbline.perf.client.RawConnection;
import dev.plumbline.perf.process.LiveHeap;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Short sessions, one in ten with an event stream, in batches; between batches the server's live
 * heap is measured.
 */
final class SessionSoak {
  private static final int AT_ONCE = 16;
  private static final int BATCHES = 15;

  /** The first batches load classes and fill pools; they say nothing about growth. */
  private static final int WARM_UP = 5;

  private static final int STREAM_EVERY = 10;

  /** The server watches ended sessions for five seconds, and looks every second at the most. */
  private static final Duration LOOKED_AT = Duration.ofSeconds(7);

  private SessionSoak() {}

  /**
   * Runs the sessions.
   *
   * @return bytes of live heap a session
   */
  static Slope run(URI endpoint, long pid, int sessions, Report report)
      throws IOException, InterruptedException {
    int batch = Math.max(AT_ONCE, sessions / BATCHES);
    List<Slope.Sample> samples = new ArrayList<>();
    long worked = 0;
    for (int i = 0; i < BATCHES; i++) {
      long begun = System.nanoTime();
      Workers.run(AT_ONCE, index -> share(endpoint, batch / AT_ONCE));
      worked += System.nanoTime() - begun;
      if (i < WARM_UP) {
        continue;
      }
      // What has just ended is still being looked at for what it may have left behind.
      Thread.sleep(LOOKED_AT);
      long live = LiveHeap.bytes(pid);
      long done = (i + 1L) * (batch / AT_ONCE) * AT_ONCE;
      report.heap(done, live);
      samples.add(new Slope.Sample(done, live));
    }
    report.line("short sessions", (long) BATCHES * (batch / AT_ONCE) * AT_ONCE, worked);
    return Slope.of(samples);
  }

  private static void share(URI endpoint, int sessions) throws IOException {
    try (RawConnection connection = new RawConnection(endpoint);
        RawConnection listening = new RawConnection(endpoint)) {
      for (int i = 0; i < sessions; i++) {
        String session = Dialogue.open(connection);
        boolean stream = i % STREAM_EVERY == 0;
        if (stream) {
          listening.send("GET", session, "");
        }
        Dialogue.handshakeCall(connection, session, "s" + i);
        Dialogue.end(connection, session);
        if (stream) {
          // The end of the session is the end of its streams. A GET that comes after it finds none.
          int status = listening.receive().status();
          if (status != 200 && status != 404) {
            throw new IOException("the stream of an ended session was answered with " + status);
          }
        }
      }
    }
  }
}
