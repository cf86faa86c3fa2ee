package dev.plumbline.server.limit;

import dev.plumbline.server.protocol.JsonLimits;
import java.time.Duration;

/** The named limits of the server that are not limits of a JSON text. */
public final class Limits {
  /**
   * Bytes of messages held at once over all connections: 256 MiB, or what {@link #bodyBytes} allows
   * the heap of this process.
   */
  public static final long MAX_BODY_BYTES_HELD = bodyBytes(Runtime.getRuntime().maxMemory());

  /** Longest request target in bytes (C10). */
  public static final int MAX_URI_BYTES = 8_192;

  /** Longest header value in bytes (C10). */
  public static final int MAX_HEADER_VALUE_BYTES = 8_192;

  /** Longest header section in bytes. */
  public static final int MAX_HEADER_SECTION_BYTES = 65_536;

  /** What the store is told late (when a session was used last) is at most so old. */
  public static final Duration SESSION_FLUSH = Duration.ofSeconds(30);

  /**
   * What another process did to a session is known here after this even without a request of it: a
   * stream of a session that was deleted elsewhere ends within it.
   */
  public static final Duration SESSION_COMPARED = Duration.ofSeconds(5);

  /** How often idle sessions are looked for (C10: sweeps at most a second apart). */
  public static final Duration SWEEP = Duration.ofSeconds(1);

  /** A request is answered within this, with an error if need be. */
  public static final Duration REQUEST_DEADLINE = Duration.ofSeconds(30);

  /** A request must have been read within this. */
  public static final Duration READ_DEADLINE = Duration.ofSeconds(30);

  /** A connection without a request is closed after this. */
  public static final Duration CONNECTION_IDLE = Duration.ofSeconds(75);

  /** A peer that does not read its response for this long is cut off. */
  public static final Duration WRITE_STALL = Duration.ofSeconds(30);

  /** After a refusal in mid-body, input is thrown away for this long before the close. */
  public static final Duration LINGER = Duration.ofSeconds(2);

  /** An event stream on which nothing happens carries a comment this often. */
  public static final Duration SSE_KEEP_ALIVE = Duration.ofSeconds(15);

  /** Stopping waits this long for requests in flight. */
  public static final Duration DRAIN = Duration.ofSeconds(10);

  /** A process that handed over has this long to finish its tasks. */
  public static final Duration HANDOVER_TASKS = Duration.ofSeconds(30);

  /** Stopping waits this long for streams that end by themselves, after the requests. */
  public static final Duration STREAM_DRAIN = Duration.ofSeconds(1);

  /** After the end of standard input, requests in flight have this long to finish. */
  public static final Duration STDIO_DRAIN = Duration.ofSeconds(5);

  /** How long what lasts may take to say its last word then. */
  public static final Duration STDIO_FAREWELL = Duration.ofMillis(500);

  /**
   * A peer of TCP that has ended its half may have closed altogether, which looks the same; its
   * requests have this long, so that nothing of it is left five seconds later (R185).
   */
  public static final Duration HALF_CLOSE_DRAIN = Duration.ofSeconds(4);

  /** What a shed client is told to wait. */
  public static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** Tasks remembered at once for one session or one principal. */
  public static final int MAX_TASKS_PER_OWNER = 2_000;

  /** Questions one task may ask in its life. */
  public static final int MAX_TASK_QUESTIONS = 1_000;

  /** Notifications that wait in one task for a stream to carry them; the oldest give way. */
  public static final int MAX_TASK_NOTICES = 64;

  /** The shortest time to live that a client gets. */
  public static final Duration MIN_TASK_TTL = Duration.ofSeconds(1);

  /** The longest time to live that a client gets. */
  public static final Duration MAX_TASK_TTL = Duration.ofHours(1);

  /** How often a client is advised to look at a task. */
  public static final Duration TASK_POLL = Duration.ofMillis(200);

  /** Resource subscriptions of one session (C10). */
  public static final int MAX_SUBSCRIPTIONS = 1_000;

  /** How long the URIs of a session's subscriptions are together: each change stores them all. */
  public static final int MAX_SUBSCRIBED_CHARACTERS = 1 << 20;

  /** Streams of one session that a client opened to listen. */
  public static final int MAX_LISTENING = 16;

  /** Streams of one session that are over and kept for a client that comes back. */
  public static final int MAX_KEPT_STREAMS = 32;

  /** Events of one stream that are kept for a client that comes back. */
  public static final int MAX_KEPT_EVENTS = 1_000;

  /** Bytes of one stream that are kept, one event apart: the newest is kept whatever its size. */
  public static final int MAX_KEPT_BYTES = 1_048_576;

  /** Bytes of all streams together that are kept. */
  public static final long MAX_KEPT_BYTES_IN_ALL = 268_435_456;

  /** Messages that wait for a session to listen. */
  public static final int MAX_WAITING_MESSAGES = 100;

  /** Bytes of JSON that are kept of what a client says of itself. */
  public static final int MAX_CLIENT_BYTES = 16_384;

  /** Values and members in it: each takes more memory than its bytes. */
  public static final int MAX_CLIENT_VALUES = 512;

  /** Requests of the server that one session has not answered. */
  public static final int MAX_ASKS = 64;

  /** URL mode elicitations of one session whose completion can be announced. */
  public static final int MAX_ELICITATIONS = 64;

  /** A client, and the person behind it, answers a request of the server within this. */
  public static final Duration CLIENT_ANSWER = Duration.ofMinutes(5);

  /** What a client is told to wait before it comes back to a stream. */
  public static final Duration RECONNECT = Duration.ofMillis(500);

  /** The same when another process is there already and goes on with the stream. */
  public static final Duration RECONNECT_ELSEWHERE = Duration.ofMillis(50);

  /** A stream on which nothing is said gets a sign of life this often. */
  public static final Duration STREAM_BEAT = Duration.ofSeconds(20);

  private Limits() {}

  /**
   * Bytes of messages that may be held at once: an eighth of the heap, since text and tree of a
   * message take several times its bytes; never more than 256 MiB, and never less than one message.
   *
   * @param heap the most bytes the heap may have
   */
  static long bodyBytes(long heap) {
    return Math.clamp(heap / 8, JsonLimits.MAX_MESSAGE_BYTES, 268_435_456L);
  }
}
