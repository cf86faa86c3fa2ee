package dev.plumbline.conformance.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One HTTP/1.1 connection on a plain or TLS socket, kept alive between exchanges and dialled again
 * when the peer closed it. Sends what it is told, byte for byte. For one thread at a time.
 */
final class HttpWire implements AutoCloseable {
  /** How long a connection, TLS included, may take to come up. */
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Larger requests are written beside the reading, since a peer may answer before it read all. */
  private static final int INLINE_WRITE_BYTES = 32 * 1024;

  /** What an exchange looked like; times are {@link System#nanoTime()}, first byte -1 if none. */
  record Seen(Inbound received, End end, long sentAt, long firstByteAt, long endedAt) {}

  private final URI url;
  private final Optional<InetSocketAddress> dial;
  private final Recorder recorder;
  private @Nullable Socket socket;
  private @Nullable TimedInput input;

  /**
   * @param url the endpoint; scheme http or https
   * @param dial where to connect instead of the URL's own host and port
   * @param recorder whose clock stamps events
   */
  HttpWire(URI url, Optional<InetSocketAddress> dial, Recorder recorder) {
    this.url = url;
    this.dial = dial;
    this.recorder = recorder;
  }

  /** What belongs into the Host field: RFC 9110 §7.2. */
  static String authority(URI url) {
    int port = url.getPort();
    boolean usual = port < 0 || port == (isSecure(url) ? 443 : 80);
    return usual ? url.getHost() : url.getHost() + ":" + port;
  }

  /** The request target in origin form: RFC 9112 §3.2.1. */
  static String target(URI url) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  private static boolean isSecure(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }

  /**
   * Sends and waits.
   *
   * @param awaited the id that ends an event stream when its response arrived
   * @param onRequest gets each request the peer sends on the stream, while the stream is open
   */
  Seen exchange(
      Outbound out, Optional<JsonNode> awaited, Duration limit, Consumer<JsonNode> onRequest)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean reused = isUsable();
    Seen seen = attempt(out, awaited, deadline, onRequest);
    // RFC 9112 §9.3.1: a kept connection may die before it carries the request; dial once more.
    boolean lost = seen.end() == End.CLOSED && seen.received() instanceof Inbound.Nothing;
    return reused && lost ? attempt(out, awaited, deadline, onRequest) : seen;
  }

  private Seen attempt(
      Outbound out, Optional<JsonNode> awaited, long deadline, Consumer<JsonNode> onRequest)
      throws InterruptedException {
    long start = System.nanoTime();
    Socket open;
    TimedInput in;
    try {
      open = connected(deadline);
      in = java.util.Objects.requireNonNull(input);
    } catch (IOException e) {
      close();
      Inbound why = new Inbound.Unparsed(Bytes.EMPTY, reason(e));
      return new Seen(why, End.CONNECT_FAILED, start, -1, System.nanoTime());
    }
    long sentAt = System.nanoTime();
    in.begin(deadline);
    boolean head = out instanceof Outbound.HttpRequest r && r.method().equals("HEAD");
    HttpReader reader =
        new HttpReader(in, head, recorder::now, event -> isLast(event, awaited, onRequest));
    End end;
    String problem = "";
    try {
      write(open, bytes(out));
      reader.read();
      boolean unanswered = reader.streaming() && awaited.isPresent() && !reader.answered();
      end = unanswered ? End.CLOSED : End.COMPLETE;
    } catch (HttpReader.MalformedException e) {
      end = End.MALFORMED;
      problem = reason(e);
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
      problem = reason(e);
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

  private static boolean isLast(
      SseEvent event, Optional<JsonNode> awaited, Consumer<JsonNode> onRequest) {
    boolean last = false;
    for (JsonNode message : event.json().map(Messages::flatten).orElse(List.of())) {
      if (Messages.isRequest(message)) {
        onRequest.accept(message);
      }
      last |=
          awaited.isPresent()
              && (Messages.answers(message, awaited.get())
                  || Messages.isAnonymousResponse(message));
    }
    return last;
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
    Socket plain = dialled(until);
    try {
      plain.setTcpNoDelay(true);
      socket = isSecure(url) ? secured(plain, until) : plain;
      input = new TimedInput(socket);
      return socket;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private Socket dialled(long until) throws IOException {
    List<InetSocketAddress> addresses = dial.map(List::of).orElse(null);
    if (addresses == null) {
      String host = url.getHost().replaceAll("[\\[\\]]", "");
      int port = url.getPort() >= 0 ? url.getPort() : isSecure(url) ? 443 : 80;
      addresses =
          java.util.Arrays.stream(InetAddress.getAllByName(host))
              .map(a -> new InetSocketAddress(a, port))
              .toList();
    }
    IOException last = new ConnectException("no address");
    for (InetSocketAddress address : addresses) {
      Socket candidate = new Socket();
      try {
        candidate.connect(address, millisUntil(until));
        return candidate;
      } catch (IOException e) {
        candidate.close();
        last = e;
      }
    }
    throw last;
  }

  private Socket secured(Socket plain, long until) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    String host = url.getHost().replaceAll("[\\[\\]]", "");
    SSLSocket tls = (SSLSocket) factory.createSocket(plain, host, plain.getPort(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (!host.contains(":") && !host.matches("[0-9.]+")) {
      parameters.setServerNames(List.of(new SNIHostName(host)));
    }
    tls.setSSLParameters(parameters);
    tls.setSoTimeout(millisUntil(until));
    tls.startHandshake();
    return tls;
  }

  private static int millisUntil(long nanoTime) throws SocketTimeoutException {
    long left = (nanoTime - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException("connect timed out");
    }
    return (int) left;
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

  private static byte[] bytes(Outbound out) {
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

  private static String reason(IOException e) {
    String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return switch (e) {
      case UnknownHostException unknown -> "unknown host";
      case SocketTimeoutException slow -> "connect timed out";
      case ConnectException refused -> text.toLowerCase(Locale.ROOT);
      case SSLException tls -> "TLS failed: " + text;
      default -> text;
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
