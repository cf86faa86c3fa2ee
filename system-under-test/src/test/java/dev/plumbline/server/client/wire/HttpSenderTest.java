package dev.plumbline.server.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.server.limit.Clocks;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a client does to a server that is not there (R160, FM-24). */
class HttpSenderTest {
  private final AtomicLong now = new AtomicLong(1);

  private HttpSender sender() {
    return new HttpSender(
        new HttpSettings(
            Map.of(), Authorizer.NONE, Duration.ofSeconds(30), HttpClient.Version.HTTP_1_1),
        new Reach(new Clocks(now::get, InstantSource.system(), () -> 0.5)));
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void get(HttpSender sender, URI at) throws IOException, InterruptedException {
    sender.send("GET", at, Map.of(), null).body().close();
  }

  @Test
  void aServerThatCannotBeReachedIsLeftAloneAndTriedAgainLater() throws Exception {
    int port = closedPort();
    URI at = URI.create("http://127.0.0.1:" + port + "/");
    try (HttpSender sender = sender()) {
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> get(sender, at)).isInstanceOf(ConnectException.class);
      }
      ServerAwayException away =
          catchThrowableOfType(ServerAwayException.class, () -> get(sender, at));
      assertThat(away.retryAfter()).isEqualTo(Duration.ofMillis(500));
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      server.createContext("/", exchange -> exchange.sendResponseHeaders(500, -1));
      server.start();
      try {
        assertThatThrownBy(() -> get(sender, at))
            .as("nothing is sent before its time")
            .isInstanceOf(ServerAwayException.class);
        now.addAndGet(Duration.ofMillis(500).toNanos());
        for (int i = 0; i < 10; i++) {
          get(sender, at);
        }
      } finally {
        server.stop(0);
      }
    }
  }
}
