package dev.plumbline.server.client.auth.user;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Prints the authorization request for a person to open, and waits on the loopback interface until
 * the browser comes back (RFC 8252 §7.3). The port is chosen once and kept: authorization servers
 * compare redirect URIs.
 */
public final class LoopbackUserAgent implements UserAgent {
  private static final String PATH = "/callback";
  private static final String PAGE =
      "<!doctype html><title>Done</title><p>You can close this window.";

  private final PrintStream out;
  private final Duration patience;
  private final AtomicInteger port = new AtomicInteger();

  /**
   * @param out where the person reads the URL
   * @param patience how long we wait for them
   */
  public LoopbackUserAgent(PrintStream out, Duration patience) {
    this.out = out;
    this.patience = patience;
  }

  @Override
  public Visit begin() throws IOException {
    HttpServer listener = bound(port.get());
    port.set(listener.getAddress().getPort());
    return new Listening(listener);
  }

  private static HttpServer bound(int preferred) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try {
      return HttpServer.create(new InetSocketAddress(loopback, preferred), 0);
    } catch (IOException e) {
      if (preferred == 0) {
        throw e;
      }
      return HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    }
  }

  private final class Listening implements Visit {
    private final HttpServer listener;
    private final BlockingQueue<URI> answers = new ArrayBlockingQueue<>(1);

    /** What the answer must carry; empty until there is a request, and then nothing matches. */
    private volatile String state = "";

    Listening(HttpServer listener) {
      this.listener = listener;
      listener.createContext("/", this::answer);
      listener.start();
    }

    @Override
    public URI redirectUri() {
      return URI.create("http://127.0.0.1:" + listener.getAddress().getPort() + PATH);
    }

    @Override
    public URI open(URI authorizationRequest) throws IOException, InterruptedException {
      state = parameter(authorizationRequest, "state");
      out.println("Open this address to give access: " + authorizationRequest);
      URI answer = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (answer == null) {
        throw new IOException("nobody came back within " + patience.toSeconds() + " s");
      }
      return answer;
    }

    /** Anyone on this machine can call; only the answer to our own request ends the wait. */
    private void answer(HttpExchange exchange) throws IOException {
      URI target = exchange.getRequestURI();
      boolean ours =
          exchange.getRequestMethod().equals("GET")
              && PATH.equals(target.getPath())
              && same(state, parameter(target, "state"));
      try (exchange) {
        byte[] page = (ours ? PAGE : "").getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(ours ? 200 : 404, page.length == 0 ? -1 : page.length);
        if (page.length > 0) {
          exchange.getResponseBody().write(page);
        }
      }
      // Only now: whoever waits closes the listener, and the page must be on its way by then.
      if (ours) {
        answers.offer(redirectUri().resolve(target.getRawPath() + "?" + target.getRawQuery()));
      }
    }

    @Override
    public void close() {
      listener.stop(0);
    }
  }

  private static String parameter(URI uri, String name) {
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    return "";
  }

  private static boolean same(String a, String b) {
    return !a.isEmpty() && MessageDigest.isEqual(a.getBytes(US_ASCII), b.getBytes(US_ASCII));
  }
}
