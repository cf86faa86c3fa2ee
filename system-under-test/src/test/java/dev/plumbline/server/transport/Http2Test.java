package dev.plumbline.server.transport;

import static dev.plumbline.server.support.RawHttp2.lawful;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.support.RawHttp2;
import dev.plumbline.server.support.RawHttp2.Frame;
import dev.plumbline.server.support.RawHttp2.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP/2 with prior knowledge, frame by frame. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Http2Test {
  private static final int CANCEL = 8;
  private static final int ENHANCE_YOUR_CALM = 11;
  private static final int REFUSED_STREAM = 7;
  private static final int INITIAL_WINDOW = 4;
  private static final String ABOUT = "\"name\":\"about\"";

  private final TestServer server = TestServer.onEveryWire();

  @AfterAll
  void stop() {
    server.close();
  }

  private RawHttp2 connect(int... settings) throws IOException {
    return new RawHttp2(server.port(), settings);
  }

  private static String pause(int millis) {
    return "\"name\":\"pause\",\"arguments\":{\"millis\":" + millis + "}";
  }

  private static String payload(int bytes) {
    return "\"name\":\"payload\",\"arguments\":{\"bytes\":" + bytes + "}";
  }

  private static byte[] code(int error) {
    return ByteBuffer.allocate(4).putInt(error).array();
  }

  private static void assertServes(RawHttp2 client) throws IOException {
    assertThat(client.response(client.modern("1", "tools/call", ABOUT)).status()).isEqualTo(200);
  }

  @Test
  void servesBothErasOnOneConnection() throws IOException {
    try (RawHttp2 client = connect()) {
      assertServes(client);
      int first = client.post(Requests.initialize("2025-11-25"));
      Frame head = client.await(RawHttp2.HEADERS);
      assertThat(head.stream()).isEqualTo(first);
      String session = client.fields(head).get("mcp-session-id").toString();
      assertThat(client.response(first).body()).contains("\"protocolVersion\":\"2025-11-25\"");
      int second = client.post(Requests.INITIALIZED, "mcp-session-id", session);
      assertThat(client.response(second).status()).isEqualTo(202);
      int third = client.post(Requests.legacy("3", "tools/list", ""), "mcp-session-id", session);
      assertThat(client.response(third).json().path("result").has("tools")).isTrue();
    }
  }

  @Test
  void manyStreamsAreAnsweredEachWithItsOwnId() throws IOException {
    try (RawHttp2 client = connect()) {
      int[] streams = new int[50];
      for (int i = 0; i < streams.length; i++) {
        streams[i] = client.modern(String.valueOf(i), "tools/call", ABOUT);
      }
      for (int seen = 0; seen < streams.length; ) {
        Frame frame = client.read();
        if (frame.type() == RawHttp2.HEADERS) {
          client.fields(frame);
        } else if (frame.type() == RawHttp2.DATA) {
          int index = (frame.stream() - 1) / 2;
          assertThat(new String(frame.payload(), StandardCharsets.UTF_8))
              .startsWith("{\"jsonrpc\":\"2.0\",\"id\":" + index + ",");
          seen++;
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"localhost,200", "LOCALHOST,200", "127.0.0.1,0", "evil.example,0"})
  void aHostBesideTheAuthorityMustSayTheSame(String host, int status) throws IOException {
    try (RawHttp2 client = connect()) {
      Response answer = client.response(client.modern("1", "tools/call", ABOUT, "host", host));
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.reset().isPresent()).isEqualTo(status == 0);
      assertServes(client);
    }
  }

  @Test
  void refusesAForeignAuthority() throws IOException {
    try (RawHttp2 client = connect()) {
      String[] fields = lawful();
      fields[7] = "evil.example";
      assertThat(client.response(client.open(true, fields)).status()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "connection,keep-alive",
    "keep-alive,timeout=5",
    "proxy-connection,close",
    "transfer-encoding,chunked",
    "upgrade,websocket",
    "te,gzip",
    "Upper-Case,1",
    ":unknown,1",
    ":method,GET"
  })
  void refusesFieldsThatHttp2DoesNotHave(String name, String value) throws IOException {
    try (RawHttp2 client = connect()) {
      Response refused = client.response(client.open(true, lawful(name, value)));
      assertThat(refused.status() == 0 || refused.status() == 400).as(refused.toString()).isTrue();
      assertServes(client);
    }
  }

  @Test
  void aWebSocketIsNotOpenedOverHttp2() throws IOException {
    try (RawHttp2 client = connect()) {
      int stream =
          client.open(
              true, ":method", "GET", ":scheme", "http", ":path", "/ws", ":authority", "localhost");
      assertThat(client.response(stream).status()).isEqualTo(426);
      int connect = client.open(true, ":method", "CONNECT", ":authority", "localhost");
      assertThat(client.response(connect).status()).isNotEqualTo(200);
      assertServes(client);
    }
  }

  @Test
  void aResetCancelsACallOfTheStatelessEra() throws IOException {
    int before = server.core().runner().permits().held();
    try (RawHttp2 client = connect()) {
      int stream = client.modern("1", "tools/call", pause(10_000));
      await().until(() -> server.core().runner().permits().held() > before);
      client.frame(RawHttp2.RST_STREAM, 0, stream, code(CANCEL));
      await().until(() -> server.core().runner().permits().held() == before);
      assertServes(client);
    }
  }

  @Test
  void aResetDoesNotCancelACallOfASession() throws IOException {
    String session = server.session().substring("MCP-Session-Id: ".length());
    int before = server.core().runner().permits().held();
    try (RawHttp2 client = connect()) {
      String call = Requests.legacy("1", "tools/call", pause(600));
      int stream = client.post(call, "mcp-session-id", session);
      await().until(() -> server.core().runner().permits().held() > before);
      client.frame(RawHttp2.RST_STREAM, 0, stream, code(CANCEL));
      // A later request on the connection is answered while the abandoned one works on.
      assertServes(client);
      assertThat(server.core().runner().permits().held()).isGreaterThan(before);
      await().until(() -> server.core().runner().permits().held() == before);
    }
  }

  @Test
  void aBodyBeyondTheCapIsRefusedAndTheConnectionGoesOn() throws IOException {
    try (RawHttp2 client = connect()) {
      String length = String.valueOf(JsonLimits.MAX_MESSAGE_BYTES + 1);
      int stream = client.open(false, lawful("content-length", length));
      assertThat(client.response(stream).status()).isEqualTo(413);
      client.data(stream, false, new byte[1_000]);
      assertServes(client);
      assertThat(client.await(RawHttp2.RST_STREAM).errorCode()).isZero();
    }
  }

  @Test
  void aSlowReaderHoldsUpItsOwnStreamAlone() throws IOException {
    try (RawHttp2 client = connect(INITIAL_WINDOW, 1_000)) {
      client.allow(0, 10_000_000);
      int slow = client.modern("1", "tools/call", payload(100_000));
      int quick = client.modern("2", "tools/call", ABOUT);
      assertThat(client.response(quick).status()).isEqualTo(200);
      client.allow(slow, 200_000);
      StringBuilder rest = new StringBuilder();
      Frame frame = client.await(RawHttp2.DATA);
      while (!frame.has(RawHttp2.END_STREAM)) {
        rest.append(new String(frame.payload(), StandardCharsets.UTF_8));
        frame = client.await(RawHttp2.DATA);
      }
      assertThat(rest.length()).isGreaterThan(90_000);
    }
  }

  @Test
  void aStreamBeyondTheLimitIsRefusedAndTheOthersGoOn() throws IOException {
    try (RawHttp2 client = connect()) {
      for (int i = 0; i < Http2Pipeline.MAX_STREAMS; i++) {
        client.open(false, lawful());
      }
      client.frame(RawHttp2.PING, 0, 0, new byte[8]);
      client.await(RawHttp2.PING);
      int oneMore = client.open(true, lawful());
      Frame reset = client.await(RawHttp2.RST_STREAM);
      assertThat(reset.stream()).isEqualTo(oneMore);
      assertThat(reset.errorCode()).isEqualTo(REFUSED_STREAM);
      client.data(1, true, Requests.initialize("2025-11-25").getBytes(StandardCharsets.UTF_8));
      assertThat(client.response(1).status()).isEqualTo(200);
    }
  }

  @Test
  void aHeaderListBeyondTheLimitIsRefusedAndTheConnectionGoesOn() throws IOException {
    try (RawHttp2 client = connect()) {
      byte[] block = client.block(lawful("x-long", "v".repeat(70_000)));
      client.frame(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, Arrays.copyOf(block, 16_000));
      for (int from = 16_000; from < block.length; from += 16_000) {
        int to = Math.min(block.length, from + 16_000);
        int flags = to == block.length ? RawHttp2.END_HEADERS : 0;
        client.frame(RawHttp2.CONTINUATION, flags, 1, Arrays.copyOfRange(block, from, to));
      }
      assertThat(client.response(1).status()).isEqualTo(431);
    }
  }

  /** Something a hostile client says again and again without reading what is answered. */
  private interface Flood {
    void once(RawHttp2 client, int round) throws IOException;
  }

  private void assertEnds(Flood flood, int rounds) throws IOException {
    try (RawHttp2 client = connect()) {
      try {
        for (int i = 0; i < rounds; i++) {
          flood.once(client, i);
        }
      } catch (IOException e) {
        // The server has closed already.
      }
      try {
        assertThat(client.await(RawHttp2.GOAWAY).errorCode()).isEqualTo(ENHANCE_YOUR_CALM);
      } catch (IOException e) {
        // Our own bytes in flight met the closed socket; the goodbye is lost in the reset.
        assertThat(e).isNotInstanceOf(java.net.SocketTimeoutException.class);
      }
      assertThat(client.connection().ended()).isTrue();
    }
    // What was begun before the end still has its permits for a moment.
    await().until(() -> server.core().runner().permits().held() == 0);
    try (RawHttp2 twin = connect()) {
      assertServes(twin);
    }
  }

  @Test
  void endsAConnectionThatResetsItsStreamsRapidly() throws IOException {
    assertEnds(
        (client, _) -> {
          int stream = client.open(true, lawful());
          client.frame(RawHttp2.RST_STREAM, 0, stream, code(CANCEL));
        },
        5 * Http2Pipeline.MAX_RESETS);
  }

  @Test
  void endsAConnectionThatContinuesItsHeadersForEver() throws IOException {
    assertEnds(
        (client, round) ->
            client.frame(
                round == 0 ? RawHttp2.HEADERS : RawHttp2.CONTINUATION,
                0,
                1,
                new byte[round == 0 ? 0 : 1]),
        1_000);
  }

  @Test
  void endsAConnectionThatSendsEmptyDataForEver() throws IOException {
    assertEnds(
        (client, round) -> {
          if (round == 0) {
            client.open(false, lawful());
          } else {
            client.frame(RawHttp2.DATA, 0, 1, new byte[0]);
          }
        },
        1_000);
  }

  @Test
  void endsAConnectionThatPingsAndDoesNotRead() throws IOException {
    assertEnds((client, _) -> client.frame(RawHttp2.PING, 0, 0, new byte[8]), 1_000_000);
  }

  @Test
  void endsAConnectionThatChangesItsSettingsAndDoesNotRead() throws IOException {
    assertEnds((client, _) -> client.frame(RawHttp2.SETTINGS, 0, 0, new byte[0]), 1_000_000);
  }

  @Test
  void aStreamOfEventsIsOpenUntilItIsReset() throws IOException {
    String session = server.session().substring("MCP-Session-Id: ".length());
    int before = server.core().runner().lasting();
    try (RawHttp2 client = connect()) {
      int stream =
          client.open(
              true,
              ":method",
              "GET",
              ":scheme",
              "http",
              ":path",
              "/mcp",
              ":authority",
              "localhost",
              "accept",
              "text/event-stream",
              "mcp-session-id",
              session);
      Frame head = client.await(RawHttp2.HEADERS);
      assertThat(client.fields(head).get("content-type").toString()).isEqualTo("text/event-stream");
      assertThat(server.core().runner().lasting()).isGreaterThan(before);
      client.frame(RawHttp2.RST_STREAM, 0, stream, code(CANCEL));
      await().until(() -> server.core().runner().lasting() == before);
      assertServes(client);
    }
  }

  @Test
  void saysGoodbyeWhenTheServerStopsAndFinishesWhatItTook() throws Exception {
    try (TestServer stopping = new TestServer(UnaryOperator.identity());
        RawHttp2 client = new RawHttp2(stopping.port())) {
      int stream = client.modern("1", "tools/call", pause(300));
      await().until(() -> stopping.core().runner().permits().held() > 0);
      Thread stop =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      stopping.http().stop();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      Frame goodbye = client.await(RawHttp2.GOAWAY);
      assertThat(goodbye.errorCode()).isZero();
      assertThat(ByteBuffer.wrap(goodbye.payload()).getInt()).isGreaterThanOrEqualTo(stream);
      assertThat(client.response(stream).status()).isEqualTo(200);
      stop.join();
      while (true) {
        try {
          assertThat(List.of(RawHttp2.GOAWAY, RawHttp2.SETTINGS)).contains(client.read().type());
        } catch (IOException e) {
          break;
        }
      }
    }
  }
}
