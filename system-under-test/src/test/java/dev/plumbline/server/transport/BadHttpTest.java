package dev.plumbline.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client does to its connection: half of it closed, too slow, too much, not HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadHttpTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final String LIST = Requests.modern("1", "tools/list", "");
  private static final String LAWFUL = Requests.post(LIST, Requests.mirrored("tools/list", ""));
  private static final String SLOW_PARAMS = "\"name\":\"pause\",\"arguments\":{\"millis\":300}";

  private final TestServer server = TestServer.onEveryWire();

  @AfterAll
  void stop() {
    server.close();
  }

  private static TestServer with(HttpSetup setup) {
    return new TestServer(
        UnaryOperator.identity(), 8, new Network.Listeners(0, setup, OptionalInt.empty()));
  }

  private static TestServer impatient() {
    return with(HttpSetup.PLAIN.withPatience(Patience.STANDARD.withRead(SHORT)));
  }

  private static String head(String... lines) {
    return "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/list\r\n"
        + String.join("\r\n", lines)
        + "\r\n\r\n";
  }

  private static String chunk(String data) {
    return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
  }

  /** A lawful message that is padded with spaces to this length. */
  private static String padded(int length) {
    return LIST + " ".repeat(length - LIST.length());
  }

  private static Response finalAnswer(RawConnection connection) throws IOException {
    Response response = connection.read();
    while (response.status() == 100) {
      response = connection.read();
    }
    return response;
  }

  @Test
  void aClientThatSaidEverythingStillGetsItsAnswer() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(LAWFUL).endOutput();
      assertThat(finalAnswer(connection).status()).isEqualTo(200);
      assertThat(connection.ended()).isTrue();
    }
  }

  @Test
  void itsAnswerMayTakeAWhile() throws IOException {
    String request =
        Requests.post(
            Requests.modern("7", "tools/call", SLOW_PARAMS),
            Requests.mirrored("tools/call", SLOW_PARAMS));
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(request).endOutput();
      Response answer = finalAnswer(connection);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().path("id").asInt()).isEqualTo(7);
      assertThat(connection.ended()).isTrue();
    }
  }

  @Test
  void everyPipelinedRequestIsAnsweredAfterTheEndOfInput() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(LAWFUL + LAWFUL + LAWFUL).endOutput();
      for (int i = 0; i < 3; i++) {
        assertThat(finalAnswer(connection).status()).isEqualTo(200);
      }
      assertThat(connection.ended()).isTrue();
    }
  }

  @Test
  void aRequestWhoseBodyNeverComesIsRefused() throws IOException {
    for (String framing : new String[] {"Content-Length: 10", "Transfer-Encoding: chunked"}) {
      try (RawConnection connection = new RawConnection(server.port())) {
        connection.send(head(framing) + "2\r\n").endOutput();
        assertThat(connection.read().status()).as(framing).isEqualTo(400);
        assertThat(connection.ended()).isTrue();
      }
    }
  }

  @Test
  void aHeadThatNeverEndsIsNotAnsweredWithSuccess() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send("POST /mcp HTTP/1.1\r\nHost: loc").endOutput();
      assertThat(connection.tryRead().map(Response::status).orElse(400)).isEqualTo(400);
      assertThat(connection.ended()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"Content-Length: 10,{", "Transfer-Encoding: chunked,5", "Content-Length: 9,''"})
  void aBodyThatTakesTooLongIsRefused(String framing, String begun) throws IOException {
    try (TestServer impatient = impatient();
        RawConnection connection = new RawConnection(impatient.port())) {
      connection.send(head(framing) + begun);
      assertThat(connection.tryRead().map(Response::status).orElse(408)).isEqualTo(408);
      assertThat(connection.ended()).isTrue();
    }
  }

  @Test
  void theBodyOfAPipelinedRequestHasItsDeadlineToo() throws IOException {
    try (TestServer impatient = impatient();
        RawConnection connection = new RawConnection(impatient.port())) {
      connection.send(LAWFUL + head("Content-Length: 10") + "{");
      assertThat(connection.read().status()).isEqualTo(200);
      assertThat(connection.read().status()).isEqualTo(408);
      assertThat(connection.ended()).isTrue();
    }
  }

  @Test
  void takesTheLargestBody() throws IOException {
    String body = padded(JsonLimits.MAX_MESSAGE_BYTES);
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(head("Content-Length: " + body.length())).send(body);
      assertThat(connection.read().status()).isEqualTo(200);
      connection.send(head("Transfer-Encoding: chunked"));
      connection.send(chunk(body) + "0\r\n\r\n");
      assertThat(connection.read().status()).isEqualTo(200);
      assertThat(connection.send(LAWFUL).read().status()).isEqualTo(200);
    }
  }

  @Test
  void theRefusalOfOneByteMoreReachesAClientThatSendsItAll() throws IOException {
    String body = padded(JsonLimits.MAX_MESSAGE_BYTES + 1);
    // Sending it all takes a busy machine as long as it takes.
    Patience patience = Patience.STANDARD.withLinger(Duration.ofMinutes(1));
    try (TestServer patient = with(HttpSetup.PLAIN.withPatience(patience))) {
      for (int i = 0; i < 5; i++) {
        try (RawConnection connection = new RawConnection(patient.port())) {
          connection.send(head("Content-Length: " + body.length())).send(body);
          assertThat(connection.read().status()).isEqualTo(413);
          connection.endOutput();
          assertThat(connection.ended()).isTrue();
        }
      }
    }
  }

  @Test
  void bodiesBeyondWhatIsHeldAtOnceAreRefusedAndGiveTheirRoomBack() throws IOException {
    try (TestServer small = with(HttpSetup.PLAIN.withBodyBytes(1_000))) {
      String large = padded(1_001);
      for (int i = 0; i < 5; i++) {
        try (RawConnection declared = new RawConnection(small.port());
            RawConnection chunked = new RawConnection(small.port());
            RawConnection gone = new RawConnection(small.port())) {
          Response refused = declared.send(head("Content-Length: 1001")).read();
          assertThat(refused.status()).isEqualTo(503);
          assertThat(refused.headers()).containsKey("retry-after");
          chunked.send(head("Transfer-Encoding: chunked") + chunk(large));
          assertThat(chunked.read().status()).isEqualTo(503);
          gone.send(head("Content-Length: 900") + "{".repeat(300));
        }
      }
      // Each connection is closed in its turn; its room comes back with it.
      org.awaitility.Awaitility.await()
          .until(() -> small.raw(head("Content-Length: 990") + padded(990)).status() == 200);
      org.awaitility.Awaitility.await().until(() -> small.raw(LAWFUL).status() == 200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-A: 1\r\n folded",
        "X-A: 1\r\n\tfolded",
        " X-A: 1",
        "X-A: 1\nX-B: 2",
        "X-A: 1\rX-B: 2",
        "X-A: a\u0000b",
        "X A: 1",
        "X-A\t: 1",
        "Content-Length: 2\r\nContent-Length: 3",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"
      })
  void refusesHeadsThatCouldBeReadInTwoWays(String lines) throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(LAWFUL.replace("Host:", lines + "\r\nHost:"));
      assertThat(connection.read().status()).isEqualTo(400);
      assertThat(connection.ended()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /mcp HTTP/1.1 ",
        "POST /mcp",
        "POST /mcp HTTP/11",
        "POST /m cp HTTP/1.1",
        "PO(ST /mcp HTTP/1.1"
      })
  void refusesOtherRequestLines(String line) throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(LAWFUL.replace("POST /mcp HTTP/1.1", line));
      assertThat(connection.read().status()).isBetween(400, 499);
    }
  }

  @Test
  void refusesLinesThatEndWithALineFeedAlone() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(LAWFUL.replace("\r\n", "\n"));
      assertThat(connection.read().status()).isEqualTo(400);
      assertThat(connection.ended()).isTrue();
    }
  }

  @Test
  void boundsTheHeaderSectionHoweverSmallItsFields() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(LAWFUL.replace("Host:", "X-Many: 0123456789\r\n".repeat(4_000) + "Host:"));
      assertThat(connection.read().status()).isEqualTo(431);
      assertThat(connection.ended()).isTrue();
    }
  }

  @Test
  void ignoresEmptyLinesBetweenRequests() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(LAWFUL + "\r\n" + LAWFUL);
      assertThat(connection.read().status()).isEqualTo(200);
      assertThat(connection.read().status()).isEqualTo(200);
    }
  }

  @Test
  void ignoresTrailersAndChunkExtensions() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(head("Transfer-Encoding: chunked"));
      connection.send(Integer.toHexString(LIST.length()) + ";a=b\r\n" + LIST + "\r\n");
      connection.send("0\r\nHost: evil.example\r\nMcp-Method: x\r\n\r\n");
      assertThat(connection.read().status()).isEqualTo(200);
      assertThat(connection.send(LAWFUL).read().status()).isEqualTo(200);
    }
  }

  @Test
  void theBodyOfARefusedOpeningOfAWebSocketIsForgotten() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(LAWFUL.replace("POST /mcp", "POST /ws"));
      assertThat(connection.read().status()).isEqualTo(405);
      assertThat(connection.send(LAWFUL).read().status()).isEqualTo(200);
    }
  }

  @Test
  void refusesATunnel() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send("CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(connection.read().status()).isBetween(400, 499);
      assertThat(connection.ended()).isTrue();
    }
  }

  @Test
  void answersHeadWithoutABodyEvenWhenItRefusesInTheMiddle() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(
          "HEAD /mcp HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 99999999\r\n\r\n");
      assertThat(connection.readHead().status()).isEqualTo(403);
      assertThat(connection.ended()).isTrue();
    }
  }
}
