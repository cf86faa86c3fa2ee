package dev.plumbline.server.transport;

import static dev.plumbline.server.support.Requests.INITIALIZED;
import static dev.plumbline.server.support.Requests.initialize;
import static dev.plumbline.server.support.Requests.legacy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LegacySseTest {
  private static final String OPENING =
      "GET /sse HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";

  private final TestServer server = TestServer.onEveryWire();

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void noSessionIsLeft() {
    await().until(() -> server.core().sessions().count() == 0);
  }

  private RawConnection open() throws IOException {
    RawConnection connection = new RawConnection(server.port()).send(OPENING);
    Response head = connection.readHead();
    assertThat(head.headers())
        .containsEntry("content-type", "text/event-stream")
        .containsEntry("cache-control", "no-store")
        .containsEntry("x-accel-buffering", "no");
    return connection;
  }

  private static String address(RawConnection stream) throws IOException {
    assertThat(stream.chunkLine()).isEqualTo("event: endpoint");
    String data = stream.chunkLine();
    assertThat(data).matches("data: /sse/messages\\?stream=[A-Za-z0-9_-]{43}");
    assertThat(stream.chunkLine()).isEmpty();
    return data.substring("data: ".length());
  }

  private static JsonNode message(RawConnection stream) throws IOException {
    assertThat(stream.chunkLine()).isEqualTo("event: message");
    String data = stream.chunkLine();
    assertThat(stream.chunkLine()).isEmpty();
    return new JsonMapper().readTree(data.substring("data: ".length()));
  }

  private Response post(String address, String json) {
    return server.raw(Requests.post(json).replace("POST /mcp", "POST " + address));
  }

  @Test
  void answersOnTheStreamWhatIsPostedToItsAddress() throws IOException {
    try (RawConnection stream = open()) {
      String address = address(stream);
      Response accepted = post(address, initialize("2024-11-05"));
      assertThat(accepted.status()).isEqualTo(202);
      assertThat(accepted.body()).isEmpty();
      assertThat(message(stream).path("result").path("protocolVersion").asString())
          .isEqualTo("2024-11-05");
      assertThat(post(address, INITIALIZED).status()).isEqualTo(202);
      assertThat(post(address, legacy("1", "tools/list", "")).status()).isEqualTo(202);
      assertThat(message(stream).path("result").has("tools")).isTrue();
    }
  }

  @Test
  void theAddressAndTheSessionEndWithTheStream() throws IOException {
    String address;
    int before = server.core().sessions().count();
    try (RawConnection stream = open()) {
      address = address(stream);
      post(address, initialize("2024-11-05"));
      message(stream);
      assertThat(server.core().sessions().count()).isGreaterThan(before);
    }
    await().until(() -> post(address, INITIALIZED).status() == 404);
    await().until(() -> server.core().sessions().count() <= before);
  }

  @Test
  void refusesOtherAddressesAndMethods() {
    assertThat(post("/sse/messages?stream=guess", INITIALIZED).status()).isEqualTo(404);
    assertThat(post("/sse/messages", INITIALIZED).status()).isEqualTo(404);
    Response refused = post("/sse", INITIALIZED);
    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.headers()).containsEntry("allow", "GET");
    assertThat(server.raw(OPENING.replace("localhost", "evil.example")).status()).isEqualTo(403);
    assertThat(
            server
                .raw(OPENING.replace("Accept:", "Origin: http://evil.example\r\nAccept:"))
                .status())
        .isEqualTo(403);
  }

  @Test
  void isNotThereUnlessAskedFor() {
    try (TestServer plain = new TestServer()) {
      assertThat(plain.raw(OPENING).status()).isEqualTo(404);
    }
  }

  @Test
  void aStreamOnWhichNothingHappensCarriesComments() throws IOException {
    HttpSetup setup = HttpSetup.PLAIN.withLegacySse(true).withKeepAlive(Duration.ofMillis(20));
    try (TestServer quick =
            new TestServer(
                UnaryOperator.identity(), 2, new Network.Listeners(0, setup, OptionalInt.empty()));
        RawConnection stream = new RawConnection(quick.port()).send(OPENING)) {
      stream.readHead();
      address(stream);
      assertThat(stream.chunkLine()).isEqualTo(":");
      assertThat(stream.chunkLine()).isEmpty();
      assertThat(stream.chunkLine()).isEqualTo(":");
    }
  }
}
