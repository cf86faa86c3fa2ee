package dev.plumbline.server.transport;

import static dev.plumbline.server.support.Requests.INITIALIZED;
import static dev.plumbline.server.support.Requests.initialize;
import static dev.plumbline.server.support.Requests.legacy;
import static dev.plumbline.server.support.Requests.modern;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.TestServer;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TcpTest {
  private final TestServer server = TestServer.onEveryWire();

  @AfterAll
  void stop() {
    server.close();
  }

  private RawConnection connect() throws IOException {
    return new RawConnection(server.tcpPort());
  }

  private static RawConnection say(RawConnection connection, String... lines) throws IOException {
    return connection.send(String.join("\n", lines) + "\n");
  }

  private static JsonNode hear(RawConnection connection) throws IOException {
    return new JsonMapper().readTree(connection.line());
  }

  private static int code(JsonNode answer) {
    return answer.path("error").path("code").asInt(0);
  }

  @Test
  void servesBothErasOnOneConnection() throws IOException {
    try (RawConnection connection = connect()) {
      say(connection, modern("\"m\"", "server/discover", ""));
      assertThat(hear(connection).path("result").has("resultType")).isTrue();
      say(connection, initialize("2025-11-25"));
      assertThat(hear(connection).path("result").path("protocolVersion").asString())
          .isEqualTo("2025-11-25");
      say(connection, INITIALIZED, legacy("1", "tools/list", ""));
      assertThat(hear(connection).path("result").has("tools")).isTrue();
    }
  }

  @Test
  void keepsTheSessionsOfTwoConnectionsApart() throws IOException {
    try (RawConnection first = connect();
        RawConnection second = connect()) {
      say(first, initialize("2025-11-25"));
      hear(first);
      say(first, INITIALIZED);
      assertThat(code(hear(say(second, legacy("1", "tools/list", ""))))).isEqualTo(-32600);
      assertThat(hear(say(first, legacy("1", "tools/list", ""))).has("result")).isTrue();
    }
  }

  @Test
  void answersEveryRequestOfABurstOnce() throws IOException {
    int count = 50;
    try (RawConnection connection = connect()) {
      for (int i = 0; i < count; i++) {
        say(connection, modern(String.valueOf(i), "tools/list", ""));
      }
      Set<Integer> ids = new HashSet<>();
      for (int i = 0; i < count; i++) {
        ids.add(hear(connection).path("id").asInt());
      }
      assertThat(ids).hasSize(count);
    }
  }

  @Test
  void brokenLinesAreAnsweredAndTheNextLineIsServed() throws IOException {
    try (RawConnection connection = connect()) {
      say(connection, "{", "", "\r", "[]", modern("5", "tools/list", "") + "\r");
      assertThat(code(hear(connection))).isEqualTo(-32700);
      assertThat(code(hear(connection))).isEqualTo(-32600);
      assertThat(hear(connection).path("id").asInt()).isEqualTo(5);
    }
  }

  @Test
  void takesTheLargestMessageAndRefusesOneByteMore() throws IOException {
    String request = modern("1", "tools/list", "");
    int room = JsonLimits.MAX_MESSAGE_BYTES - request.length();
    try (RawConnection connection = connect()) {
      say(connection, request + " ".repeat(room));
      assertThat(hear(connection).has("result")).isTrue();
      say(connection, request + " ".repeat(room + 1));
      assertThat(code(hear(connection))).isEqualTo(-32600);
      assertThat(hear(say(connection, request)).has("result")).isTrue();
    }
  }

  @Test
  void answersWhatIsInFlightAfterTheClientSaidEverything() throws IOException {
    try (RawConnection connection = connect()) {
      say(connection, modern("1", "tools/list", "")).endOutput();
      assertThat(hear(connection).has("result")).isTrue();
      assertThat(connection.ended()).isTrue();
    }
  }

  @Test
  void aMessageCutOffByTheEndIsNotActedOn() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send(initialize("2025-11-25")).endOutput();
      assertThat(connection.ended()).isTrue();
    }
  }

  @Test
  void theSessionEndsWithItsConnection() throws IOException {
    int before = server.core().sessions().count();
    try (RawConnection connection = connect()) {
      hear(say(connection, initialize("2025-11-25")));
      assertThat(server.core().sessions().count()).isGreaterThan(before);
    }
    await().until(() -> server.core().sessions().count() <= before);
  }

  @Test
  void aBrowsersRequestIsRefusedBeforeItsBodyIsReadAsAMessage() throws IOException {
    try (RawConnection connection = connect()) {
      say(connection, "POST / HTTP/1.1", "Host: localhost", "", initialize("2025-11-25"));
      assertThat(code(hear(connection))).isEqualTo(-32700);
      assertThat(connection.ended()).isTrue();
    }
  }
}
