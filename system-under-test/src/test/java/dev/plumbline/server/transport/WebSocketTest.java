package dev.plumbline.server.transport;

import static dev.plumbline.server.support.Requests.INITIALIZED;
import static dev.plumbline.server.support.Requests.initialize;
import static dev.plumbline.server.support.Requests.legacy;
import static dev.plumbline.server.support.Requests.modern;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.RawWebSocket;
import dev.plumbline.server.support.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebSocketTest {
  private static final int TEXT = 0x81;
  private static final int PING = 0x89;
  private static final int PONG = 0x8A;
  private static final int CLOSE = 0x88;

  private final TestServer server = TestServer.onEveryWire();

  @AfterAll
  void stop() {
    server.close();
  }

  private RawWebSocket open(String... headerLines) throws IOException {
    return new RawWebSocket(server.port(), headerLines);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  @Test
  void provesThatItReadTheKeyAndChoosesTheSubprotocol() throws IOException {
    try (RawWebSocket socket = open("Sec-WebSocket-Protocol: chat, mcp")) {
      assertThat(socket.opened().status()).isEqualTo(101);
      assertThat(socket.opened().headers())
          .containsEntry("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
          .containsEntry("sec-websocket-protocol", "mcp");
    }
    try (RawWebSocket socket = open("Sec-WebSocket-Protocol: chat")) {
      assertThat(socket.opened().headers()).doesNotContainKey("sec-websocket-protocol");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Upgrade: websocket,X: y,426",
    "Connection: Upgrade,Connection: keep-alive,426",
    "Version: 13,Version: 8,426",
    "GET /ws,POST /ws,415",
    "GET /ws,DELETE /ws,405",
    "Host: localhost,Host: evil.example,403",
    "Host: localhost,Host: localhost\\r\\nOrigin: http://evil.example,403",
    "dGhlIHNhbXBsZSBub25jZQ==,c2hvcnQ=,400",
    "dGhlIHNhbXBsZSBub25jZQ==,???,400"
  })
  void refusesOtherOpenings(String lawful, String changed, int status) throws IOException {
    String request = RawWebSocket.opening().replace(lawful, changed.replace("\\r\\n", "\r\n"));
    try (RawConnection connection = new RawConnection(server.port())) {
      Response response = connection.send(request).read();
      assertThat(response.status()).isEqualTo(status);
    }
  }

  @Test
  void isNotThereUnlessAskedFor() throws IOException {
    try (TestServer plain = new TestServer();
        RawConnection connection = new RawConnection(plain.port())) {
      assertThat(connection.send(RawWebSocket.opening()).read().status()).isEqualTo(404);
    }
  }

  @Test
  void servesBothErasOnOneConnection() throws IOException {
    try (RawWebSocket socket = open()) {
      socket.send(modern("\"m\"", "server/discover", ""));
      assertThat(socket.read().json().path("result").has("resultType")).isTrue();
      socket.send(initialize("2025-11-25"));
      assertThat(socket.read().json().has("result")).isTrue();
      socket.send(INITIALIZED).send(legacy("1", "tools/list", ""));
      assertThat(socket.read().json().path("result").has("tools")).isTrue();
    }
  }

  @Test
  void putsAFragmentedMessageTogetherAndAnswersPingsInBetween() throws IOException {
    byte[] request = utf8(modern("7", "tools/list", ""));
    try (RawWebSocket socket = open()) {
      socket.send(0x01, Arrays.copyOfRange(request, 0, 10));
      socket.send(PING, utf8("are you there"));
      RawWebSocket.Frame pong = socket.read();
      assertThat(pong.first()).isEqualTo(PONG);
      assertThat(pong.text()).isEqualTo("are you there");
      socket.send(0x00, new byte[0]);
      socket.send(0x80, Arrays.copyOfRange(request, 10, request.length));
      RawWebSocket.Frame answer = socket.read();
      assertThat(answer.first()).isEqualTo(TEXT);
      assertThat(answer.json().path("id").asInt()).isEqualTo(7);
    }
  }

  @Test
  void readsFramesThatArriveByteByByte() throws IOException {
    try (RawWebSocket socket = open()) {
      for (byte b : RawWebSocket.frame(TEXT, utf8(modern("7", "tools/list", "")))) {
        socket.connection().send(new byte[] {b});
      }
      assertThat(socket.read().json().path("id").asInt()).isEqualTo(7);
    }
  }

  @Test
  void brokenJsonIsAnsweredAndTheNextMessageIsServed() throws IOException {
    try (RawWebSocket socket = open()) {
      assertThat(socket.send("{").read().json().path("error").path("code").asInt())
          .isEqualTo(-32700);
      assertThat(socket.send(modern("1", "tools/list", "")).read().json().has("result")).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "8101,1002,a frame that is not masked",
    "c18000000000,1002,a reserved bit",
    "838000000000,1002,an unknown opcode",
    "8b8000000000,1002,an unknown control opcode",
    "808000000000,1002,a continuation of nothing",
    "098000000000,1002,a fragmented ping",
    "89fe007e00000000,1002,a ping that is too long",
    "81fe000100000000,1002,a length that is not the shortest",
    "81ff000000000000000100000000,1002,a 64-bit length that is not the shortest",
    "81ff800000000000000000000000,1002,a negative length",
    "01810000000061818100000000,1002,a message within a message",
    "828000000000,1003,binary",
    "828100000000ff,1003,binary with a payload",
    "818200000000c328,1007,text that is not UTF-8",
    "818300000000eda080,1007,a surrogate",
    "81ff0000000000a0000100000000,1009,one byte more than a message may have",
    "888100000000aa,1002,half a close code",
    "888200000000000a,1002,a close code nobody may send",
    "88820000000003ed,1002,a reserved close code",
    "88840000000003e8c328,1007,a close reason that is not UTF-8",
    "88820000000003e8,1000,a lawful close",
    "8882000000000bb8,3000,a lawful close of a library",
    "888000000000,1000,a close without a code"
  })
  void closesWithTheCodeOfTheRfc(String frame, int code, String why) throws IOException {
    try (RawWebSocket socket = open()) {
      socket.connection().send(hex(frame));
      RawWebSocket.Frame answer = socket.read();
      assertThat(answer.first()).as(why).isEqualTo(CLOSE);
      assertThat(answer.closeCode()).as(why).isEqualTo(code);
      assertThat(socket.connection().ended()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void takesTheLargestMessageAndRefusesOneByteMore(int fragments) throws IOException {
    byte[] request = new byte[JsonLimits.MAX_MESSAGE_BYTES];
    Arrays.fill(request, (byte) ' ');
    byte[] json = utf8(modern("1", "tools/list", ""));
    System.arraycopy(json, 0, request, 0, json.length);
    int part = request.length / fragments + 1;
    try (RawWebSocket socket = open()) {
      for (int from = 0; from < request.length; from += part) {
        int to = Math.min(request.length, from + part);
        int first = (from == 0 ? 0x01 : 0x00) | (to == request.length ? 0x80 : 0x00);
        socket.send(first, Arrays.copyOfRange(request, from, to));
      }
      assertThat(socket.read().json().has("result")).isTrue();
      socket.send(0x01, request).send(0x80, new byte[1]);
      assertThat(socket.read().closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void theSessionEndsWithItsConnection() throws IOException {
    int before = server.core().sessions().count();
    try (RawWebSocket socket = open()) {
      socket.send(initialize("2025-11-25")).read();
      assertThat(server.core().sessions().count()).isGreaterThan(before);
    }
    await().until(() -> server.core().sessions().count() <= before);
  }

  @Test
  void saysThatItGoesAwayWhenTheServerStops() throws Exception {
    try (TestServer stopping = TestServer.onEveryWire();
        RawWebSocket socket = new RawWebSocket(stopping.port())) {
      stopping.http().stop();
      assertThat(socket.read().closeCode()).isEqualTo(1001);
    }
  }
}
