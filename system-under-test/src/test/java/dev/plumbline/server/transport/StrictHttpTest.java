package dev.plumbline.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each refused request is the lawful one with a single change. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrictHttpTest {
  private static final String INIT = Requests.initialize("2025-11-25");
  private static final String LAWFUL = Requests.post(INIT);

  private final TestServer server = new TestServer();

  @AfterAll
  void stop() {
    server.close();
  }

  private static String chunked() {
    return String.join(
        "\r\n",
        "POST /mcp HTTP/1.1",
        "Host: localhost",
        "Content-Type: application/json",
        "Transfer-Encoding: chunked",
        "",
        "");
  }

  private int status(String request) {
    return server.raw(request).status();
  }

  @Test
  void takesTheLawfulRequest() {
    assertThat(status(LAWFUL)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1:80",
        "localhost",
        "LOCALHOST:1",
        "[::1]:8080",
        "127.8.9.1"
      })
  void takesLoopbackHosts(String host) {
    assertThat(status(LAWFUL.replace("Host: 127.0.0.1", "Host: " + host))).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.example:127",
        "localhost@evil.example",
        "0.0.0.0",
        "10.0.0.1",
        "[::2]",
        "localhost/x",
        "a b"
      })
  void refusesForeignHosts(String host) {
    assertThat(status(LAWFUL.replace("Host: 127.0.0.1", "Host: " + host))).isEqualTo(403);
  }

  @Test
  void aServedHostDoesNotServeTheNextOne() {
    for (int turn = 0; turn < 2; turn++) {
      assertThat(status(LAWFUL)).isEqualTo(200);
      assertThat(status(LAWFUL.replace("Host: 127.0.0.1", "Host: evil.example"))).isEqualTo(403);
    }
  }

  @Test
  void refusesMissingAndRepeatedHosts() {
    assertThat(status(LAWFUL.replace("Host: 127.0.0.1\r\n", ""))).isEqualTo(400);
    assertThat(status(LAWFUL.replace("Host: 127.0.0.1", "Host: 127.0.0.1\r\nHost: 127.0.0.1")))
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:3000,200",
    "https://127.0.0.1,200",
    "http://[::1]:9,200",
    "http://evil.example,403",
    "http://localhost.evil.example,403",
    "null,403",
    "localhost,403",
    "file://localhost,403",
    "http://localhost@evil.example,403",
    "http://localhost/path,403"
  })
  void checksTheOrigin(String origin, int expected) {
    assertThat(server.post(INIT, "Origin: " + origin).status()).isEqualTo(expected);
  }

  @Test
  void refusesASecondOrigin() {
    assertThat(
            server.post(INIT, "Origin: http://localhost", "Origin: http://evil.example").status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "/mcp,200",
    "/mcp?x=1,200",
    "http://127.0.0.1/mcp,200",
    "http://evil.example/mcp,403",
    "/,404",
    "/mcp/,404",
    "/MCP,404",
    "/%6dcp,404",
    "//mcp,404",
    "/x/../mcp,404",
    "*,404"
  })
  void knowsOnePath(String target, int expected) {
    assertThat(status(LAWFUL.replace("POST /mcp", "POST " + target))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "PATCH", "OPTIONS", "HEAD", "TRACE"})
  void answersOtherMethodsWith405(String method) {
    Response response = server.raw(method + " /mcp HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers()).containsEntry("allow", "GET, POST, DELETE");
  }

  @Test
  void refusesOtherVersionsOfHttp() {
    assertThat(status(LAWFUL.replace("HTTP/1.1", "HTTP/1.0"))).isEqualTo(505);
    assertThat(status("PRI * HTTP/2.0\r\nHost: localhost\r\n\r\n")).isEqualTo(505);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5, 6",
        "Content-Length: -1",
        "Content-Length: +5",
        "Content-Length: 0x5",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: xchunked",
        "Bad Header: 1",
        "X-A : 1",
        "X-Ctl: a\u0001b",
        ": 1",
        "NoColon"
      })
  void refusesAmbiguousFraming(String lines) throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(
          "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + lines
              + "\r\n\r\n0\r\n\r\n");
      assertThat(connection.read().status()).isEqualTo(400);
      assertThat(connection.ended()).as("closed").isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n", "-5\r\nhello", "5\nhello\r\n", "FFFFFFFFFFFFFFFFF\r\n"})
  void refusesBrokenChunks(String chunk) {
    assertThat(status(chunked() + chunk)).isEqualTo(400);
  }

  @Test
  void refusesGarbageInsteadOfARequest() {
    assertThat(status("\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n")).isEqualTo(400);
    assertThat(status("hello\r\n\r\n")).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"-1,404", "0,404", "1,414", "5000,414"})
  void boundsTheTarget(int over, int expected) {
    String target = "/" + "a".repeat(Limits.MAX_URI_BYTES - 1 + over);
    assertThat(status(LAWFUL.replace("/mcp", target))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"-1,200", "0,200", "1,431", "100000,431"})
  void boundsHeaderValues(int over, int expected) {
    String value = "v".repeat(Limits.MAX_HEADER_VALUE_BYTES + over);
    assertThat(server.post(INIT, "X-Long: " + value).status()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json,200",
    "application/json; charset=utf-8,200",
    "Application/JSON,200",
    "text/plain,415",
    "application/jsonx,415",
    "application/x-www-form-urlencoded,415"
  })
  void checksTheContentType(String type, int expected) {
    assertThat(status(LAWFUL.replace("Type: application/json", "Type: " + type)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "*/*,200",
    "application/*,200",
    "application/json,200",
    "text/event-stream,406",
    "text/html,406"
  })
  void checksWhatTheClientTakes(String accept, int expected) {
    assertThat(
            status(
                LAWFUL.replace("Accept: application/json, text/event-stream", "Accept: " + accept)))
        .isEqualTo(expected);
  }

  @Test
  void refusesABodyBeyondTheCapByItsDeclaration() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(
          "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Length: "
              + (JsonLimits.MAX_MESSAGE_BYTES + 1)
              + "\r\n\r\n{");
      assertThat(connection.read().status()).isEqualTo(413);
      assertThat(connection.ended()).isTrue();
    }
  }

  @Test
  void refusesABodyBeyondTheCapWhileReadingChunks() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(chunked());
      String chunk = "100000\r\n" + " ".repeat(0x100000) + "\r\n";
      for (int sent = 0; sent < JsonLimits.MAX_MESSAGE_BYTES; sent += 0x100000) {
        connection.send(chunk);
      }
      connection.send("1\r\n \r\n");
      assertThat(connection.read().status()).isEqualTo(413);
    }
  }

  @Test
  void takesABodyInManySmallChunks() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(chunked());
      for (int i = 0; i < INIT.length(); i++) {
        connection.send("1\r\n" + INIT.charAt(i) + "\r\n");
      }
      assertThat(connection.send("0\r\n\r\n").read().status()).isEqualTo(200);
    }
  }

  @Test
  void keepsTheConnectionAfterRefusalsAndAnswersPipelinedRequestsInOrder() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 20; i++) {
        requests.append(LAWFUL);
        requests.append(LAWFUL.replace("/mcp", "/nope"));
      }
      connection.send(requests.toString());
      for (int i = 0; i < 20; i++) {
        assertThat(connection.read().status()).isEqualTo(200);
        assertThat(connection.read().status()).isEqualTo(404);
      }
    }
  }

  @Test
  void closesWhenTheClientAsksForIt() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      Response response =
          connection.send(LAWFUL.replace("Host:", "Connection: close\r\nHost:")).read();
      assertThat(response.headers()).containsEntry("connection", "close");
      assertThat(connection.ended()).isTrue();
    }
  }

  @Test
  void tellsAWaitingClientToGoOn() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      String head = LAWFUL.substring(0, LAWFUL.length() - INIT.length());
      connection.send(head.replace("Host:", "Expect: 100-continue\r\nHost:"));
      assertThat(connection.read().status()).isEqualTo(100);
      assertThat(connection.send(INIT).read().status()).isEqualTo(200);
    }
  }
}
