package dev.plumbline.server.measure;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One client that opens a session and pings, on one wire, until it is told to stop. */
final class Pinger implements Runnable {
  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":\"init\",\"method\":\"initialize\",\"params\":{"
          + "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
          + "\"clientInfo\":{\"name\":\"pinger\",\"version\":\"1\"}}}";
  private static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

  /** How a client reaches the server. */
  enum Kind {
    /** Streamable HTTP. */
    HTTP,
    /** A line per message. */
    TCP,
    /** A frame per message. */
    WEB_SOCKET
  }

  /**
   * A ping.
   *
   * @param sentNanos when it was sent
   * @param doneNanos when it was answered, or failed
   * @param failure what came instead of a result: an error's code, or how the wire broke; empty
   *     when it was answered
   */
  record Ping(long sentNanos, long doneNanos, String failure) {
    boolean answered() {
      return failure.isEmpty();
    }
  }

  private static final Pattern CODE = Pattern.compile("\"code\":(-?\\d+)");

  private final Kind kind;
  private final int port;
  private final Duration interval;
  private final List<Ping> pings = new ArrayList<>();
  private @Nullable PingWire wire;
  private @Nullable String session;
  private long ids;
  private volatile boolean over;

  Pinger(Kind kind, int port, Duration interval) {
    this.kind = kind;
    this.port = port;
    this.interval = interval;
  }

  Kind kind() {
    return kind;
  }

  /** Its session's id, when it travels with every request. */
  Optional<String> session() {
    return Optional.ofNullable(session);
  }

  /** What it saw; read once its thread has ended. */
  List<Ping> pings() {
    return pings;
  }

  void stop() {
    over = true;
  }

  /** Connects and shakes hands; goes on with the session when it has one that lives. */
  void open() throws IOException {
    PingWire fresh =
        switch (kind) {
          case HTTP -> new PingWire.Http(port, session);
          case TCP -> new PingWire.Lines(port);
          case WEB_SOCKET -> new PingWire.Frames(port);
        };
    wire = fresh;
    if (session == null) {
      fresh.say(INITIALIZE, true);
      fresh.say(INITIALIZED, false);
      if (fresh instanceof PingWire.Http http) {
        session = http.session();
      }
    }
  }

  @Override
  public void run() {
    Duration pause = FIRST_PAUSE;
    try {
      while (!over) {
        boolean answered = ping();
        pause = answered ? FIRST_PAUSE : min(pause.multipliedBy(2));
        Thread.sleep(answered ? interval : pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      drop();
    }
  }

  private static Duration min(Duration pause) {
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private boolean ping() {
    long sent = System.nanoTime();
    String failure = "";
    try {
      if (wire == null) {
        open();
      }
      String answer = tell();
      failure = failure(answer);
      if (answer.contains("no such session")) {
        session = null;
        drop();
      }
    } catch (IOException e) {
      failure = e.getClass().getSimpleName();
      drop();
    }
    pings.add(new Ping(sent, System.nanoTime(), failure));
    return failure.isEmpty();
  }

  private static String failure(String answer) {
    if (answer.contains("\"result\"")) {
      return "";
    }
    Matcher code = CODE.matcher(answer);
    return code.find() ? code.group(1) : "no result";
  }

  private String tell() throws IOException {
    PingWire now = wire;
    if (now == null) {
      throw new IOException("not connected");
    }
    ids++;
    return now.say("{\"jsonrpc\":\"2.0\",\"id\":" + ids + ",\"method\":\"ping\"}", true);
  }

  private void drop() {
    PingWire now = wire;
    wire = null;
    if (now != null) {
      try {
        now.close();
      } catch (IOException e) {
        // It is gone either way.
      }
    }
  }
}
