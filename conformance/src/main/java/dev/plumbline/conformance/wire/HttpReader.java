package dev.plumbline.conformance.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Reads one HTTP/1.1 response and keeps what arrived when it breaks off. RFC 9112; lenient where a
 * client may be, because what is wrong with a response is for rules to say.
 */
final class HttpReader {
  /** The longest header section read. */
  static final int MAX_HEAD_BYTES = 65_536;

  /** The longest body read: above the 10 MiB a message may have (C10). */
  static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

  /** The most events read from one stream. */
  static final int MAX_EVENTS = 10_000;

  /** How long the end of a stream is waited for once the response is there. */
  static final long END_GRACE_NANOS = 100_000_000;

  private static final int MAX_INTERIM = 10;

  /** What arrived is no response, or larger than we read. */
  static final class MalformedException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedException(String message) {
      super(message);
    }
  }

  private final TimedInput in;
  private final boolean bodiless;
  private final LongSupplier clock;
  private final Predicate<SseEvent> last;

  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final List<Header> headers = new ArrayList<>();
  private final List<SseEvent> events = new ArrayList<>();
  private int status;
  private String reason = "";
  private boolean headComplete;
  private boolean reusable;
  private boolean answered;
  private long answeredAt;
  private SseParser parser = new SseParser(() -> 0, e -> {});
  private boolean streaming;

  /**
   * @param bodiless whether the response cannot have a body, as to HEAD
   * @param clock tells the time an event arrived
   * @param last tells of each event whether the response awaited is in it
   */
  HttpReader(TimedInput in, boolean bodiless, LongSupplier clock, Predicate<SseEvent> last) {
    this.in = in;
    this.bodiless = bodiless;
    this.clock = clock;
    this.last = last;
  }

  /**
   * Reads to the end of the response, or until the awaited one arrived on a stream.
   *
   * @throws MalformedException when it is not HTTP or too large
   * @throws EOFException when the peer closed in the middle
   * @throws java.net.SocketTimeoutException when the deadline passed
   */
  void read() throws IOException {
    int interim = 0;
    do {
      if (interim++ > MAX_INTERIM) {
        throw new MalformedException("more than " + MAX_INTERIM + " interim responses");
      }
      head();
    } while (status >= 100 && status < 200 && status != 101);
    headComplete = true;
    body();
  }

  /** What arrived so far. */
  Inbound inbound(String problem) {
    if (headComplete) {
      return new Inbound.HttpResponse(
          status, reason, headers, Bytes.of(body.toByteArray()), events);
    }
    return head.size() == 0
        ? new Inbound.Nothing()
        : new Inbound.Unparsed(Bytes.of(head.toByteArray()), problem);
  }

  /** Whether the connection may carry another request. */
  boolean reusable() {
    return reusable;
  }

  /** Whether a stream carried the awaited response. */
  boolean answered() {
    return answered;
  }

  /** When that was, as {@link System#nanoTime()}. */
  long answeredAt() {
    return answeredAt;
  }

  /** Whether the response is an event stream. */
  boolean streaming() {
    return streaming;
  }

  private void head() throws IOException {
    headers.clear();
    head.reset();
    statusLine(headLine());
    while (true) {
      String line = headLine();
      if (line.isEmpty()) {
        return;
      }
      char first = line.charAt(0);
      if ((first == ' ' || first == '\t') && !headers.isEmpty()) {
        // RFC 9112 §5.2: obsolete folding continues the value before.
        Header before = headers.removeLast();
        headers.add(new Header(before.name(), (before.value() + " " + line.strip()).strip()));
        continue;
      }
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new MalformedException("a header line without a name: " + shown(line));
      }
      headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
  }

  private void statusLine(String line) throws MalformedException {
    String[] parts = line.split(" ", 3);
    if (parts.length < 2 || !parts[0].startsWith("HTTP/1.") || !parts[1].matches("[1-9][0-9]{2}")) {
      throw new MalformedException("not an HTTP/1.1 status line: " + shown(line));
    }
    status = Integer.parseInt(parts[1]);
    reason = parts.length == 3 ? parts[2] : "";
  }

  private String headLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("closed within the header section");
      }
      head.write(b);
      if (head.size() > MAX_HEAD_BYTES) {
        throw new MalformedException("a header section above " + MAX_HEAD_BYTES + " bytes");
      }
      if (b == '\n') {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      line.write(b);
    }
  }

  private void body() throws IOException {
    boolean keepAlive = !value("connection").toLowerCase(Locale.ROOT).contains("close");
    streaming = value("content-type").toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    if (streaming) {
      parser = new SseParser(clock, this::event);
    }
    if (bodiless || status == 204 || status == 304) {
      reusable = keepAlive;
    } else if (value("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked")) {
      reusable = chunks() && keepAlive;
    } else if (has("content-length")) {
      reusable = counted(contentLength()) && keepAlive;
    } else {
      untilClosed();
    }
  }

  private boolean has(String name) {
    return headers.stream().anyMatch(h -> h.isNamed(name));
  }

  private String value(String name) {
    return headers.stream().filter(h -> h.isNamed(name)).map(Header::value).findFirst().orElse("");
  }

  private long contentLength() throws MalformedException {
    List<String> values =
        headers.stream()
            .filter(h -> h.isNamed("content-length"))
            .map(Header::value)
            .distinct()
            .toList();
    // RFC 9112 §6.3: differing or invalid lengths make the message unrecoverable.
    if (values.size() != 1 || !values.getFirst().matches("[0-9]{1,18}")) {
      throw new MalformedException("not one valid Content-Length: " + values);
    }
    return Long.parseLong(values.getFirst());
  }

  private boolean counted(long length) throws IOException {
    byte[] piece = new byte[8_192];
    long left = length;
    while (left > 0) {
      int count = in.read(piece, (int) Math.min(piece.length, left));
      if (count < 0) {
        throw new EOFException("closed with " + left + " bytes of the body missing");
      }
      left -= count;
      append(piece, count);
      if (answered && left > 0) {
        return false;
      }
    }
    return true;
  }

  private void untilClosed() throws IOException {
    byte[] piece = new byte[8_192];
    int count;
    while (!answered && (count = in.read(piece, piece.length)) >= 0) {
      append(piece, count);
    }
  }

  /** Whether the last chunk was reached. */
  private boolean chunks() throws IOException {
    byte[] piece = new byte[8_192];
    while (true) {
      if (answered) {
        in.until(System.nanoTime() + END_GRACE_NANOS);
      }
      try {
        long left = chunkSize();
        if (left == 0) {
          while (!chunkLine().isEmpty()) {
            // Trailer fields are not evidence of anything we judge.
          }
          return true;
        }
        while (left > 0) {
          int count = in.read(piece, (int) Math.min(piece.length, left));
          if (count < 0) {
            throw new EOFException("closed within a chunk");
          }
          left -= count;
          append(piece, count);
        }
        if (!chunkLine().isEmpty()) {
          throw new MalformedException("a chunk longer than its size");
        }
      } catch (MalformedException e) {
        throw e;
      } catch (IOException e) {
        if (answered) {
          return false;
        }
        throw e;
      }
    }
  }

  private long chunkSize() throws IOException {
    String line = chunkLine();
    int semicolon = line.indexOf(';');
    String size = (semicolon < 0 ? line : line.substring(0, semicolon)).strip();
    if (!size.matches("[0-9A-Fa-f]{1,8}")) {
      throw new MalformedException("not a chunk size: " + shown(line));
    }
    return Long.parseLong(size, 16);
  }

  private String chunkLine() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("closed between chunks");
      }
      if (b == '\n') {
        return line.toString().replace("\r", "");
      }
      if (line.length() > 4_096) {
        throw new MalformedException("a chunk line above 4096 bytes");
      }
      line.append((char) b);
    }
  }

  private void append(byte[] piece, int count) throws MalformedException {
    body.write(piece, 0, count);
    if (body.size() > MAX_BODY_BYTES) {
      throw new MalformedException("a body above " + MAX_BODY_BYTES + " bytes");
    }
    if (streaming) {
      parser.feed(piece, count);
      if (events.size() > MAX_EVENTS) {
        throw new MalformedException("more than " + MAX_EVENTS + " events");
      }
    }
  }

  private void event(SseEvent event) {
    events.add(event);
    if (last.test(event) && !answered) {
      answered = true;
      answeredAt = System.nanoTime();
    }
  }

  private static String shown(String line) {
    return line.length() <= 80 ? line : line.substring(0, 80) + "…";
  }
}
