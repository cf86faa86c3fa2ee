package dev.plumbline.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawWebSocket;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A peer that asks for much and reads nothing is cut off, whatever carries its messages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StalledPeerTest {
  private static final int CALLS = 40;
  private static final String PARAMS = "\"name\":\"payload\",\"arguments\":{\"bytes\":1000000}";

  private final TestServer server =
      new TestServer(
          UnaryOperator.identity(),
          64,
          new Network.Listeners(
              0,
              HttpSetup.PLAIN
                  .withWebSocket(true)
                  .withPatience(Patience.STANDARD.withWriteStall(Duration.ofMillis(300))),
              OptionalInt.of(0)));

  @AfterAll
  void stop() {
    server.close();
  }

  private static String call(int id) {
    return Requests.modern(String.valueOf(id), "tools/call", PARAMS);
  }

  private void assertCutOff() {
    await().until(() -> server.http().connectionCount() == 0);
    await().until(() -> server.core().runner().permits().held() == 0);
    assertThat(server.modern("tools/list", "").status()).isEqualTo(200);
  }

  @Test
  void overHttp() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      for (int i = 0; i < CALLS; i++) {
        connection.send(Requests.post(call(i), Requests.mirrored("tools/call", PARAMS)));
      }
      assertCutOff();
    }
  }

  @Test
  void overTcp() throws IOException {
    try (RawConnection connection = new RawConnection(server.tcpPort())) {
      for (int i = 0; i < CALLS; i++) {
        connection.send(call(i) + "\n");
      }
      assertCutOff();
    }
  }

  @Test
  void overWebSocket() throws IOException {
    try (RawWebSocket socket = new RawWebSocket(server.port())) {
      for (int i = 0; i < CALLS; i++) {
        socket.send(0x81, call(i).getBytes(StandardCharsets.UTF_8));
      }
      assertCutOff();
    }
  }
}
