package dev.plumbline.conformance.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One HTTP/1.1 connection on a plain or TLS socket, kept alive between exchanges and dialled again
 * when the peer closed it. Sends what it is told, byte for byte. For one thread at a time.
 */
final class HttpWire implements HttpExchanges {
  /** Larger requests are written beside the reading, since a peer may answer before it read all. */
  private static final int INLINE_WRITE_BYTES = 32 * 1024;

  /** No more of a stream is wanted. */
  private static final class EnoughException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private EnoughException() {
      super(null, null, false, false);
    }
  }

  private final Dial dial;
  private final Recorder recorder;
  private volatile @Nullable Socket socket;
  private @Nullable TimedInput input;

  /**
   * @param url the endpoint; scheme http or https
   * @param dial where to connect instead of the URL's own host and port
   * @param recorder whose clock stamps events
   */
  HttpWire(URI url, Optional<InetSocketAddress> dial, Recorder recorder) {
    this.dial = new Dial(url, dial);
    this.recorder = recorder;
  }

  @Override
  public Seen exchange(
      Outbound out,
      Optional<JsonNode> awaited,
      Duration limit,
      Consumer<JsonNode> onMessage,
      Predicate<SseEvent> enough)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean reused = isUsable();
    Seen seen = attempt(out, awaited, deadline, onMessage, enough);
    // RFC 9112 §9.3.1: a kept connection may die before it carries the request; dial once more.
    boolean lost = seen.end() == End.CLOSED && seen.received() instanceof Inbound.Nothing;
    return reused && lost ? attempt(out, awaited, deadline, onMessage, enough) : seen;
  }

  private Seen attempt(
      Outbound out,
      Optional<JsonNode> awaited,
      long deadline,
      Consumer<JsonNode> onMessage,
      Predicate<SseEvent> enough)
      throws InterruptedException {
    long start = System.nanoTime();
    Socket open;
    TimedInput in;
    try {
      open = connected(deadline);
      in = java.util.Objects.requireNonNull(input);
    } catch (IOException e) {
      close();
      Inbound why = new Inbound.Unparsed(Bytes.EMPTY, Dial.reason(e));
      return new Seen(why, End.CONNECT_FAILED, start, -1, System.nanoTime());
    }
    long sentAt = System.nanoTime();
    in.begin(deadline);
    boolean head = out instanceof Outbound.HttpRequest r && r.method().equals("HEAD");
    HttpReader reader =
        new HttpReader(
            in,
            head,
            recorder::now,
            event -> {
              boolean last = HttpExchanges.isLast(event, awaited, onMessage);
              if (enough.test(event)) {
                throw new EnoughException();
              }
              return last;
            });
    End end;
    String problem = "";
    try {
      write(open, bytes(out));
      reader.read();
      boolean unanswered = reader.streaming() && awaited.isPresent() && !reader.answered();
      end = unanswered ? End.CLOSED : End.COMPLETE;
    } catch (EnoughException e) {
      close();
      end = End.COMPLETE;
    } catch (HttpReader.MalformedException e) {
      end = End.MALFORMED;
      problem = Dial.reason(e);
    } catch (SocketTimeoutException e) {
      end = End.TIMED_OUT;
      problem = "incomplete when the deadline passed";
    } catch (InterruptedIOException e) {
      close();
      Thread.interrupted();
      throw new InterruptedException("stopped while waiting for an answer");
    } catch (EOFException e) {
      end = End.CLOSED;
      problem = "incomplete when the connection was closed";
    } catch (IOException e) {
      end = End.CLOSED;
      problem = Dial.reason(e);
    }
    if (Thread.interrupted()) {
      close();
      throw new InterruptedException("stopped while waiting for an answer");
    }
    long endedAt = reader.answered() ? reader.answeredAt() : System.nanoTime();
    boolean raw = out instanceof Outbound.Raw;
    if (end != End.COMPLETE || !reader.reusable() || raw || in.hasLeftovers()) {
      close();
    }
    return new Seen(reader.inbound(problem), end, sentAt, in.firstByteNanoTime(), endedAt);
  }

  private boolean isUsable() {
    if (socket == null || input == null) {
      return false;
    }
    if (socket.isClosed() || isStale(input)) {
      close();
      return false;
    }
    return true;
  }

  /** Under load the look, which takes a millisecond, would be measured: dialling again must do. */
  private boolean isStale(TimedInput in) {
    return recorder.isKeeping() ? in.isStale() : in.hasLeftovers();
  }

  private Socket connected(long deadline) throws IOException {
    if (socket != null && input != null) {
      return socket;
    }
    long until = Math.min(deadline, System.nanoTime() + CONNECT_TIMEOUT.toNanos());
    socket = dial.connect(until);
    input = new TimedInput(socket);
    return socket;
  }

  private static void write(Socket to, byte[] bytes) throws IOException {
    OutputStream out = to.getOutputStream();
    if (bytes.length <= INLINE_WRITE_BYTES) {
      try {
        out.write(bytes);
        out.flush();
      } catch (SocketException e) {
        // The peer may have answered before it closed; reading tells.
        return;
      }
    } else {
      Thread.startVirtualThread(
          () -> {
            try {
              out.write(bytes);
              out.flush();
            } catch (IOException e) {
              // As above: reading tells what came of it, and closing the socket ends this thread.
              return;
            }
          });
    }
  }

  /** The bytes on the wire. */
  static byte[] bytes(Outbound out) {
    return switch (out) {
      case Outbound.Raw raw -> raw.bytes().toArray();
      case Outbound.HttpRequest request -> {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder();
        head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
        for (Header header : request.headers()) {
          head.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        all.writeBytes(request.body().toArray());
        yield all.toByteArray();
      }
      case Outbound.Line line -> throw new IllegalArgumentException("a line needs a process");
      case Outbound.Listening listening -> new byte[0];
    };
  }

  /** Closes the connection; the next exchange dials again. */
  @Override
  public void close() {
    Socket open = socket;
    socket = null;
    input = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // The socket is of no use any more, whatever closing says.
        return;
      }
    }
  }
}
