package dev.plumbline.server.control.port;

import static dev.plumbline.server.support.Requests.modern;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProbesTest {
  private static final int CAP = 2;

  private final TestServer server = new TestServer(UnaryOperator.identity(), CAP);

  @AfterEach
  void stop() {
    server.close();
  }

  private Response control(String path) throws IOException {
    try (RawConnection connection = new RawConnection(server.control().getPort())) {
      return connection.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").read();
    }
  }

  private List<RawConnection> fill(int millis) throws IOException {
    List<RawConnection> busy = new ArrayList<>();
    String params = "\"name\":\"pause\",\"arguments\":{\"millis\":" + millis + "}";
    for (int i = 0; i < CAP; i++) {
      busy.add(
          new RawConnection(server.port())
              .send(
                  Requests.post(
                      modern("\"busy\"", "tools/call", params),
                      Requests.mirrored("tools/call", params))));
    }
    await().until(() -> server.core().runner().permits().held() == CAP);
    return busy;
  }

  @Test
  void tellsStateSessionsAndVersion() throws IOException {
    server.session();
    Response health = control("/health");
    assertThat(health.status()).isEqualTo(200);
    assertThat(health.json().toString())
        .isEqualTo(
            "{\"status\":\"up\",\"state\":\"active\",\"sessions\":1,\"inFlight\":0,"
                + "\"inFlightCap\":2,\"version\":\"1.2.3\","
                + "\"checks\":{\"lifecycle\":\"ok\",\"parts\":\"ok\"}}");
    assertThat(health.headers().get("server-timing"))
        .matches("dispatch;dur=\\d+\\.\\d{3}, plane;dur=\\d+\\.\\d{3}");
    assertThat(control("/ready").status()).isEqualTo(200);
    for (String probe : List.of("/livez", "/readyz", "/startupz")) {
      assertThat(control(probe).status()).isEqualTo(200);
      assertThat(control(probe).body()).isEqualTo("ok");
      assertThat(control(probe + "?verbose").body())
          .startsWith("[+]control-plane ok\n")
          .endsWith(probe.substring(1) + " check passed\n");
    }
    assertThat(control("/readyz?verbose").body()).contains("[+]lifecycle ok\n");
  }

  @Test
  void saysThatTheControlPlaneIsSwitchedOff() throws IOException {
    var client = server.controlClient();
    assertThat(client.ask("PUT", "/switches/controlPlane", "{\"on\":false}").status())
        .isEqualTo(200);
    Response alive = control("/livez?verbose");
    assertThat(alive.status()).isEqualTo(200);
    assertThat(alive.body())
        .startsWith("[-]control-plane off by its switch")
        .doesNotContain("[+]control-plane");
    client.ask("PUT", "/switches/controlPlane", "{\"on\":true}");
    assertThat(control("/livez?verbose").body()).startsWith("[+]control-plane ok\n");
  }

  @Test
  void answersWhileTheDataPlaneIsFullAndShedding() throws IOException {
    List<RawConnection> busy = fill(10_000);
    Response shed = server.modern("tools/list", "");
    assertThat(shed.status()).isEqualTo(429);
    assertThat(shed.headers()).containsEntry("retry-after", "1");
    assertThat(shed.errorCode()).isEqualTo(-31429);
    assertThat(shed.json().path("id").asInt()).isEqualTo(1);
    assertThat(control("/health").json().path("inFlight").asInt()).isEqualTo(CAP);
    // 2026-07-28 cancellation: a disconnect frees what it held.
    for (RawConnection connection : busy) {
      connection.close();
    }
    await().until(() -> server.core().runner().permits().held() == 0);
    assertThat(server.modern("tools/list", "").status()).isEqualTo(200);
  }

  @Test
  void drainingFinishesWhatIsInFlightAndTakesNothingNew() throws IOException {
    RawConnection idle = new RawConnection(server.port());
    idle.send(Requests.post(modern("1", "tools/list", ""), Requests.mirrored("tools/list", "")));
    assertThat(idle.read().status()).isEqualTo(200);
    List<RawConnection> busy = fill(1_500);
    CompletableFuture<Void> stopped =
        CompletableFuture.runAsync(
            () -> {
              try {
                server.http().stop();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    await().until(() -> !server.core().lifecycle().state().takesWork());
    assertThat(control("/ready").status()).isEqualTo(503);
    Response readyz = control("/readyz");
    assertThat(readyz.status()).isEqualTo(503);
    assertThat(readyz.body()).contains("[-]lifecycle the server is draining\n");
    assertThat(control("/livez").status()).isEqualTo(200);
    assertThat(control("/health").status()).isEqualTo(200);
    for (RawConnection connection : busy) {
      Response finished = connection.read();
      assertThat(finished.status()).isEqualTo(200);
      assertThat(finished.headers()).containsEntry("connection", "close");
    }
    stopped.join();
    assertThat(idle.tryRead()).isEmpty();
  }
}
