package dev.plumbline.server.era;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.ServerContext;
import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.RateKind;
import dev.plumbline.server.config.RateSettings;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.observe.Telemetry;
import dev.plumbline.server.support.MessageWire;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** How often who may ask; on a clock that stands still, so that only the burst is granted. */
class PaceTest {
  private static final String[] LIST = Requests.mirrored("tools/list", "");

  private final TestServer server =
      TestServer.onEveryWire(
          new ServerContext(
              new Live<>(
                  ServerConfig.standard().withRate(new RateSettings(RateKind.TOKEN_BUCKET, 1, 2))),
              Telemetry.create(),
              () -> 0));

  @AfterEach
  void stop() {
    server.close();
  }

  private Response ask(RawConnection connection, String... headers) throws IOException {
    return connection.send(Requests.post(Requests.modern("7", "tools/list", ""), headers)).read();
  }

  @ParameterizedTest
  @EnumSource(MessageWire.Kind.class)
  void aConnectionWithoutCredentialsHasItsOwnRate(MessageWire.Kind kind) throws IOException {
    byte[] list = Requests.modern("7", "tools/list", "").getBytes(StandardCharsets.UTF_8);
    try (MessageWire wire = kind.connect(server);
        MessageWire other = kind.connect(server)) {
      for (int i = 0; i < 2; i++) {
        wire.send(list);
        assertThat(wire.hear().path("result").isMissingNode()).isFalse();
      }
      wire.send(list);
      JsonNode refusal = wire.hear();
      assertThat(refusal.path("id").asInt()).isEqualTo(7);
      assertThat(refusal.path("error").path("code").asInt()).isEqualTo(-31429);
      assertThat(refusal.path("error").path("data").path("reason").asString()).isEqualTo("rate");
      other.send(list);
      assertThat(other.hear().path("result").isMissingNode()).isFalse();
    }
  }

  @Test
  void overHttpItIs429WithTheRealWait() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      ask(connection, LIST);
      ask(connection, LIST);
      Response refusal = ask(connection, LIST);
      assertThat(refusal.status()).isEqualTo(429);
      assertThat(refusal.headers()).containsEntry("retry-after", "1");
      assertThat(refusal.json().path("error").path("data").path("retryAfterMs").asInt())
          .isBetween(1, 1_000);
    }
  }

  @Test
  void aSessionHasItsRateWhateverConnectionItUses() throws IOException {
    String session = server.session();
    String other = server.session();
    for (int i = 0; i < 2; i++) {
      assertThat(server.post(Requests.legacy("" + i, "ping", ""), session).status()).isEqualTo(200);
    }
    assertThat(server.post(Requests.legacy("9", "ping", ""), session).status()).isEqualTo(429);
    assertThat(server.post(Requests.legacy("9", "ping", ""), other).status()).isEqualTo(200);
  }

  @Test
  void aNotificationIsNeverTooFast() throws IOException {
    String session = server.session();
    for (int i = 0; i < 5; i++) {
      assertThat(server.post(Requests.INITIALIZED, session).status()).isEqualTo(202);
    }
  }

  @Test
  void aPrincipalHasItsRateWhateverConnectionItUses() throws IOException {
    String[] alice = {LIST[0], LIST[1], "Authorization: Bearer alice"};
    String[] bob = {LIST[0], LIST[1], "Authorization: Bearer bob"};
    String list = Requests.modern("7", "tools/list", "");
    assertThat(server.post(list, alice).status()).isEqualTo(200);
    assertThat(server.post(list, alice).status()).isEqualTo(200);
    assertThat(server.post(list, alice).status()).isEqualTo(429);
    assertThat(server.post(list, bob).status()).isEqualTo(200);
  }

  @Test
  void everyRequestOfABatchCounts() throws IOException {
    String session = server.session("2025-03-26");
    String ping = Requests.legacy("1", "ping", "");
    Response refused =
        server.post("[" + ping + "," + Requests.legacy("2", "ping", "") + "]", session);
    assertThat(refused.status()).isEqualTo(200);
    assertThat(server.post("[" + ping + "]", session).status()).isEqualTo(429);
  }
}
