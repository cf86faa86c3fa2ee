package dev.plumbline.perf.reliability.overload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.plumbline.perf.load.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LaneTest {
  private static final String TOKEN = "sesame";

  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private HttpServer server;

  LaneTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    server.createContext(
        "/",
        exchange -> {
          String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + token);
          boolean known = !exchange.getRequestURI().getPath().contains("unknown");
          exchange.sendResponseHeaders(known ? 202 : 404, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Lane lane(double perSecond, Lane.Source source) {
    URI control = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new Lane(
        "test",
        perSecond,
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        new ControlClient(control, TOKEN, Duration.ofSeconds(5)),
        source,
        response -> response.status() / 100 == 2,
        Ticker.system());
  }

  @Test
  void asksAsOftenAsPlannedWithTheToken() throws InterruptedException {
    Lane.Seen seen = lane(40, () -> Optional.of(new Lane.Ask("GET", "/livez"))).call();

    assertThat(seen.record()).isEqualTo(new Lane.Counts("test", 20, 20, 0, 0, List.of()));
    assertThat(seen.latency().samples()).isEqualTo(20);
    assertThat(asked).hasSize(20).containsOnly("GET /livez Bearer " + TOKEN);
  }

  @Test
  void countsWhatIsNotAnsweredAsItMustBeAndWhatCouldNotBeAsked() throws InterruptedException {
    Queue<String> ids = new ArrayDeque<>(List.of("a", "unknown", "b"));
    Lane.Seen seen =
        lane(
                10,
                () ->
                    Optional.ofNullable(ids.poll())
                        .map(id -> new Lane.Ask("POST", "/tasks/" + id + "/cancel")))
            .call();

    assertThat(seen.record().right()).isEqualTo(2);
    assertThat(seen.record().lost()).isEqualTo(1);
    assertThat(seen.record().skipped()).isEqualTo(2);
    assertThat(seen.record().details()).containsExactly("404 ");
    assertThat(seen.latency().samples()).isEqualTo(2);
  }

  @Test
  void aServerThatIsGoneLosesEveryRequest() throws InterruptedException {
    stop();
    Lane.Seen seen = lane(10, () -> Optional.of(new Lane.Ask("GET", "/livez"))).call();

    assertThat(seen.record().lost()).isEqualTo(5);
    assertThat(seen.record().right()).isZero();
  }

  @Test
  void warmingUpCountsNothing() throws InterruptedException {
    Lane lane = lane(10, () -> Optional.of(new Lane.Ask("GET", "/livez")));
    lane.warmUp();

    assertThat(asked).hasSize(Lane.WARM_UP);
    assertThat(lane.call().record().due()).isEqualTo(5);
  }
}
