package dev.plumbline.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.config.Roles;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.config.SwitchSettings;
import dev.plumbline.server.limit.RolePermits;
import dev.plumbline.server.machine.BreakerState;
import dev.plumbline.server.support.ControlClient;
import dev.plumbline.server.support.MessageWire;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The bound on connections: one for all listeners, taken before a connection is taken in. */
@Timeout(60)
class ConnectionLimitTest {
  private static final int CAP = 3;
  private static final String LIST = Requests.modern("1", "tools/list", "");

  private final TestServer server = TestServer.onEveryWire();
  private final RolePermits permits = server.core().restraint().roles().role(Roles.CONNECTION);
  private final ControlClient control = server.controlClient();
  private final List<RawConnection> open = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    for (RawConnection connection : open) {
      connection.close();
    }
    server.close();
  }

  private RawConnection connected() throws IOException {
    RawConnection connection = new RawConnection(server.port());
    open.add(connection);
    return connection;
  }

  /** Connects until so many are open. */
  private void fill(int count) throws IOException {
    for (int held = permits.held(); held < count; held++) {
      assertThat(isServed(connected())).isTrue();
    }
    assertThat(permits.held()).isEqualTo(count);
  }

  private static boolean isServed(RawConnection connection) throws IOException {
    return connection.send(Requests.post(LIST, Requests.mirrored("tools/list", ""))).read().status()
        == 200;
  }

  private boolean nextIsRefused() throws IOException {
    return connected().ended();
  }

  private JsonNode queue() {
    return control.get("/queues/connection").json();
  }

  /** The value of a series of the metrics, as a scraper reads it. */
  private double metric(String series) {
    return control
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(-1);
  }

  @Test
  void asManyAreServedAsMayBeAndOneMoreIsClosedWithoutAWordAndCounted() throws Exception {
    permits.setCap(CAP);
    fill(CAP - 1);
    assertThat(queue().path("rejected").asInt()).isZero();
    fill(CAP);
    assertThat(nextIsRefused()).isTrue();
    for (int i = 0; i < CAP; i++) {
      assertThat(isServed(open.get(i))).as("connection " + i).isTrue();
    }
    JsonNode queue = queue();
    assertThat(queue.path("depth").asInt()).isEqualTo(CAP);
    assertThat(queue.path("limit").asInt()).isEqualTo(CAP);
    assertThat(queue.path("max").asInt()).isEqualTo(CAP);
    assertThat(queue.path("rejected").asInt()).isOne();
    assertThat(queue.path("capacity_exceeded").asInt()).isOne();
  }

  @Test
  void thePlaceOfAConnectionThatIsClosedIsFreeAgain() throws Exception {
    permits.setCap(CAP);
    fill(CAP);
    open.getFirst().close();
    await().until(() -> permits.held() == CAP - 1);
    fill(CAP);
    assertThat(nextIsRefused()).isTrue();
    for (RawConnection connection : open) {
      connection.close();
    }
    await().until(() -> permits.held() == 0);
  }

  /** Whoever closes it, and however far it came, a connection gives its permit back once. */
  @Test
  void everyEndOfAConnectionGivesItsPermitBack() throws Exception {
    try (RawConnection silent = new RawConnection(server.port());
        RawConnection refused = new RawConnection(server.port());
        RawConnection leaving = new RawConnection(server.port());
        RawConnection half = new RawConnection(server.tcpPort());
        RawConnection line = new RawConnection(server.tcpPort())) {
      await().until(() -> permits.held() == 5);
      assertThat(refused.send("no request\r\n\r\n").read().status()).isEqualTo(400);
      assertThat(refused.ended()).isTrue();
      assertThat(
              leaving
                  .send(
                      Requests.post(LIST, Requests.mirrored("tools/list", ""))
                          .replaceFirst("\r\n", "\r\nConnection: close\r\n"))
                  .read()
                  .status())
          .isEqualTo(200);
      assertThat(leaving.ended()).isTrue();
      half.endOutput();
      assertThat(half.ended()).isTrue();
      line.send(LIST + "\n");
      assertThat(line.line()).contains("result");
      await().until(() -> permits.held() == 2);
      server.core().killPoints().killTransport("tcp");
      assertThat(line.ended()).isTrue();
      await().until(() -> permits.held() == 1);
      silent.send("GET ");
    }
    await().until(() -> permits.held() == 0);
  }

  @ParameterizedTest
  @EnumSource(
      value = MessageWire.Kind.class,
      names = {"HTTP_1", "HTTP_2", "TCP", "WEB_SOCKET"})
  void oneBoundHoldsForAllListeners(MessageWire.Kind kind) throws Exception {
    permits.setCap(1);
    try (MessageWire wire = kind.connect(server)) {
      wire.send(LIST.getBytes(StandardCharsets.UTF_8));
      assertThat(wire.hear().has("result")).isTrue();
      assertThat(permits.held()).isOne();
      assertThat(nextIsRefused()).isTrue();
      try (RawConnection line = new RawConnection(server.tcpPort())) {
        assertThat(line.ended()).isTrue();
      }
      assertThat(permits.rejected()).isEqualTo(2);
    }
    await().until(() -> permits.held() == 0);
  }

  @Test
  void pipesTakeNoPlace() throws Exception {
    permits.setCap(0);
    try (MessageWire pipes = MessageWire.Kind.STDIO.connect(server)) {
      pipes.send(LIST.getBytes(StandardCharsets.UTF_8));
      assertThat(pipes.hear().has("result")).isTrue();
    }
  }

  @Test
  void theControlPortIsReachedWhenNoConnectionIsTakenAndRaisesTheCap() throws Exception {
    permits.setCap(0);
    assertThat(nextIsRefused()).isTrue();
    assertThat(control.ask("PUT", "/queues/connection", "{\"limit\":1}").status()).isEqualTo(200);
    fill(1);
    assertThat(nextIsRefused()).isTrue();
    Response raised = control.ask("POST", "/config/reload", "queues: {caps: {connection: 2}}");
    assertThat(raised.status()).isEqualTo(200);
    fill(2);
    assertThat(nextIsRefused()).isTrue();
  }

  @Test
  void aLimitBelowWhatIsOpenIsRefused() throws Exception {
    fill(2);
    Response below = control.ask("PUT", "/queues/connection", "{\"limit\":1}");
    assertThat(below.status()).isEqualTo(409);
    assertThat(below.body()).contains("2 are held");
    assertThat(permits.cap()).isEqualTo(10_000);
    assertThat(control.ask("PUT", "/queues/connection", "{\"limit\":2}").status()).isEqualTo(200);
    assertThat(nextIsRefused()).isTrue();
  }

  @Test
  void whatIsOpenAndWhatIsRefusedCanBeScraped() throws Exception {
    permits.setCap(2);
    fill(2);
    assertThat(nextIsRefused()).isTrue();
    assertThat(metric("plumbline_queue_depth{role=\"connection\"}")).isEqualTo(2);
    assertThat(metric("plumbline_queue_limit{role=\"connection\"}")).isEqualTo(2);
    assertThat(metric("plumbline_queue_max_depth{role=\"connection\"}")).isEqualTo(2);
    assertThat(metric("plumbline_queue_rejected_total{role=\"connection\"}")).isOne();
    assertThat(metric("plumbline_queue_exceeded_total{role=\"connection\"}")).isOne();
    assertThat(metric("plumbline_connections{listener=\"http\"}")).isEqualTo(2);
    assertThat(metric("plumbline_connections_refused_total{listener=\"http\"}")).isOne();
  }

  @Test
  void nineInTenDegradeHealthAndAFullHouseTripsTheBreaker() throws Exception {
    // The monitor looks when it is told to, and not by itself in between.
    assertThat(control.ask("POST", "/config/reload", "overload: {check: 1h}").status())
        .isEqualTo(200);
    permits.setCap(10);
    fill(9);
    server.core().restraint().monitor().check();
    assertThat(control.get("/health-check").body()).contains("\"queue:connection\":\"degraded\"");
    fill(10);
    server.core().restraint().monitor().check();
    assertThat(control.get("/health-check").body()).contains("\"queue:connection\":\"critical\"");
    assertThat(server.core().restraint().breakers().named("role:connection").state())
        .isEqualTo(BreakerState.OPEN);
    assertThat(isServed(open.getFirst())).as("what is open is served").isTrue();
    assertThat(control.get("/readyz").status()).as("busy is not broken").isEqualTo(200);
    for (int i = 0; i < 3; i++) {
      open.removeFirst().close();
    }
    // Below the level at which alerts end it is tried again, without the wait of the breaker.
    await().until(() -> permits.held() == 7);
    assertThat(isServed(connected())).isTrue();
  }

  @Test
  void behindABreakerThatIsHeldOpenNobodyIsTakenThoughThereIsRoom() throws Exception {
    server.core().restraint().breakers().named("role:connection").forceOpen();
    assertThat(nextIsRefused()).isTrue();
    assertThat(permits.held()).isZero();
    assertThat(permits.rejected()).isOne();
    assertThat(permits.exceeded()).isZero();
    server.core().restraint().breakers().named("role:connection").reset();
    fill(1);
  }

  @Test
  void withTheLimitsSwitchedOffConnectionsAreCountedAndNotRefused() throws Exception {
    permits.setCap(1);
    ServerConfig config = server.core().context().config().get();
    server
        .core()
        .context()
        .config()
        .set(config.withSwitches(new SwitchSettings(true, false, true)));
    fill(3);
    assertThat(permits.rejected()).isZero();
    assertThat(permits.exceeded()).isEqualTo(2);
  }

  /** However they come and go, never more are open than may be, and none is left behind. */
  @Test
  void aStormOfConnectionsLeavesNothingBehind() throws Exception {
    permits.setCap(8);
    List<Future<?>> storms = new ArrayList<>();
    try (ExecutorService peers = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < 16; i++) {
        storms.add(
            peers.submit(
                () -> {
                  for (int j = 0; j < 25; j++) {
                    try (RawConnection connection = new RawConnection(server.port())) {
                      connection.send("GET /");
                    } catch (IOException e) {
                      // Refused while it was said.
                    }
                  }
                }));
      }
      for (Future<?> storm : storms) {
        storm.get();
      }
    }
    assertThat(permits.max()).isLessThanOrEqualTo(8);
    await()
        .until(
            () ->
                metric("plumbline_connections_opened_total{listener=\"http\"}")
                        + metric("plumbline_connections_refused_total{listener=\"http\"}")
                    == 16 * 25);
    await().until(() -> permits.held() == 0);
  }
}
