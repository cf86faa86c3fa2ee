package dev.plumbline.server;

import static dev.plumbline.server.support.Requests.INITIALIZED;
import static dev.plumbline.server.support.Requests.initialize;
import static dev.plumbline.server.support.Requests.legacy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.control.port.ControlSetup;
import dev.plumbline.server.domain.FailureDomain;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.fixture.DemoCatalog;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.registry.LeakDetector;
import dev.plumbline.server.support.ControlClient;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.TestServer;
import dev.plumbline.server.transport.HttpSetup;
import dev.plumbline.server.transport.Network;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class KillPointsTest {
  private final TestServer server = TestServer.onEveryWire();
  private final ControlClient control = server.controlClient();

  @AfterEach
  void stop() {
    server.core().killPoints().calm();
    server.close();
  }

  private int post(String path, String body) throws IOException {
    return control.ask("POST", path, body).status();
  }

  @Test
  void aDomainIsKilledAndRestartsOverTheControlPort() throws IOException {
    assertThat(post("/domains/session-3/kill", "")).isEqualTo(202);
    FailureDomain killed = server.core().domains().find("session-3").orElseThrow();
    await().until(killed::runs);
    assertThat(post("/transports/tcp/kill", "")).isEqualTo(202);
    FailureDomain tcp = server.core().domains().find("tcp").orElseThrow();
    await().until(tcp::runs);
  }

  @Test
  void aSessionIsKilledAndAHandlerFails() throws IOException {
    String session = server.session();
    String id = session.substring(session.indexOf(' ') + 1);
    assertThat(post("/failpoints/handler", "{\"fault\":\"error\",\"session\":\"" + id + "\"}"))
        .isEqualTo(202);
    assertThat(server.post(legacy("1", "ping", ""), session).errorCode()).isEqualTo(-32603);
    assertThat(post("/sessions/" + id + "/kill", "")).isEqualTo(202);
    assertThat(server.post(legacy("2", "ping", ""), session).status()).isEqualTo(404);
    assertThat(control.ask("DELETE", "/failpoints", "").status()).isEqualTo(202);
  }

  @Test
  void whatIsNotThereOrMakesNoSenseIsATypedError() throws IOException {
    assertThat(post("/domains/nobody/kill", "")).isEqualTo(404);
    assertThat(post("/transports/session-0/kill", "")).isEqualTo(404);
    assertThat(post("/sessions/nobody/kill", "")).isEqualTo(404);
    assertThat(post("/domains/session-0/reset", "")).isEqualTo(409);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "[]", "{\"fault\":\"nonsense\"}", "{\"fault\":\"error\",\"times\":0}"})
  void aFaultThatIsNoneIsRefused(String body) throws IOException {
    assertThat(post("/failpoints/handler", body)).isEqualTo(400);
  }

  @Test
  void nothingCanBeBrokenWithoutTheOption() throws IOException {
    try (ServerCore core = core();
        HttpServer plain = new HttpServer(core, listeners(), ControlSetup.onLoopback(0))) {
      ControlClient other =
          new ControlClient(plain.control().getPort(), plain.controlToken().secret());
      for (String path :
          new String[] {
            "/domains/session-0/kill",
            "/transports/http/kill",
            "/sessions/x/kill",
            "/failpoints/handler"
          }) {
        assertThat(other.ask("POST", path, "{\"fault\":\"error\"}").status())
            .as(path)
            .isEqualTo(404);
      }
      assertThat(other.ask("POST", "/domains/session-0/restart", "").status()).isEqualTo(202);
    }
  }

  private static ServerCore core() {
    return new ServerCore(
        DemoCatalog.server(new ServerCard("plain", "Plain", "1", "For tests.")),
        ServerContext.standard(),
        UnaryOperator.identity());
  }

  private static Network.Listeners listeners() {
    return new Network.Listeners(0, HttpSetup.PLAIN, OptionalInt.empty());
  }

  /** R185: five seconds after the peer is gone nothing of its session is left. */
  @Test
  void aPeerThatVanishesLeavesNothingBehind() throws IOException {
    assertThat(Limits.HALF_CLOSE_DRAIN).isLessThan(LeakDetector.GRACE);
    try (RawConnection line = new RawConnection(server.tcpPort())) {
      line.send(initialize("2025-11-25") + "\n" + INITIALIZED + "\n");
      assertThat(line.line()).contains("result");
      String pause = "\"name\":\"pause\",\"arguments\":{\"millis\":9000}";
      line.send(legacy("1", "tools/call", pause) + "\n");
      await().until(() -> server.core().runner().permits().held() == 1);
      assertThat(server.core().sessions().count()).isOne();
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                server.core().sessions().count() == 0
                    && server.core().runner().permits().held() == 0);
    assertThat(server.core().leaks().found()).isZero();
  }
}
