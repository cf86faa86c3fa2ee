package dev.plumbline.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.TargetException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConversationTest {
  private static final String PONG = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
  private static final String SSE_HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

  private static HttpConversation talk(Era era, URI url) {
    return new HttpConversation(
        era, url, Optional.empty(), List.of(), new Recorder(), Redactor.NONE);
  }

  private static Exchange ping(HttpConversation conversation) throws Exception {
    return conversation.send("ping", conversation.draft("ping"));
  }

  @Test
  void sendsStatelessRequestsWithTheirMetadataInBodyAndHeaders() throws Exception {
    try (RawServer server = RawServer.answering(RawServer.json(PONG));
        HttpConversation talk = talk(Era.STATELESS, server.url())) {
      Exchange exchange =
          talk.send("call", talk.draft("tools/call", Messages.object().put("name", "käse")));
      assertThat(exchange.accepted()).isTrue();
      assertThat(server.requests().getFirst())
          .startsWith("POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:")
          .contains("Accept: application/json, text/event-stream\r\n")
          .contains("Content-Type: application/json\r\n")
          .contains("MCP-Protocol-Version: 2026-07-28\r\n")
          .contains("Mcp-Method: tools/call\r\n")
          .contains("Mcp-Name: =?base64?a8Okc2U=?=\r\n")
          .contains("\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"")
          .contains("\"io.modelcontextprotocol/clientCapabilities\":{}")
          .doesNotContainIgnoringCase("session");
    }
  }

  @Test
  void carriesSessionAndNegotiatedRevisionAfterInitialize() throws Exception {
    String result =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-06-18\","
            + "\"capabilities\":{},\"serverInfo\":{\"name\":\"x\",\"version\":\"1\"}}}";
    String response = RawServer.json(result).replace("\r\n\r\n", "\r\nmcp-session-id: s-1\r\n\r\n");
    try (RawServer server = RawServer.answering(response)) {
      try (HttpConversation talk = talk(Era.HANDSHAKE, server.url())) {
        talk.open();
        assertThat(talk.session()).contains("s-1");
        assertThat(talk.revision()).isEqualTo("2025-06-18");
      }
      assertThat(server.requests()).hasSize(3);
      assertThat(server.requests().getFirst()).doesNotContain("MCP-Protocol-Version", "Session");
      assertThat(server.requests().get(1))
          .contains("notifications/initialized")
          .contains("MCP-Protocol-Version: 2025-06-18\r\n", "Mcp-Session-Id: s-1\r\n");
      assertThat(server.requests().get(2)).startsWith("DELETE /mcp").contains("s-1");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void sendsWhatNoLibraryWould() throws Exception {
    try (RawServer server = RawServer.answering(RawServer.json(PONG));
        HttpConversation talk = talk(Era.HANDSHAKE, server.url())) {
      Draft ping = talk.draft("ping");
      talk.send("twice", ping.addHeader("Host", "evil.example").addHeader("Origin", "null"));
      talk.send("bare", ping.withoutHeaders());
      talk.send("odd", ping.httpMethod("BREW").target("*").rawBody(Bytes.text("{oops")));
      talk.send("raw", ping.raw(Bytes.text("GET / HTTP/1.0\r\nX: \u00ff\r\n\r\n")));
      List<String> requests = server.requests();
      assertThat(requests.getFirst())
          .containsSubsequence("Host: 127", "Host: evil", "Origin: null");
      assertThat(requests.get(1)).isEqualTo("POST /mcp HTTP/1.1\r\n\r\n");
      assertThat(requests.get(2)).contains("BREW * HTTP/1.1", "Content-Length: 5", "{oops");
      assertThat(requests.get(3)).startsWith("GET / HTTP/1.0\r\nX: ");
    }
  }

  @Test
  void readsBodiesHoweverTheyAreDelimited() throws Exception {
    String chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5;x=y\r\n{\"jso\r\n"
            + Integer.toHexString(PONG.length() - 5)
            + "\r\n"
            + PONG.substring(5)
            + "\r\n0\r\nTrailer: x\r\n\r\n";
    try (RawServer server = RawServer.answering(chunked);
        HttpConversation talk = talk(Era.HANDSHAKE, server.url())) {
      assertThat(ping(talk).result()).isPresent();
      assertThat(ping(talk).end()).isEqualTo(End.COMPLETE);
      assertThat(server.connections()).isEqualTo(1);
    }
    RawServer.Behaviour untilClosed =
        peer -> {
          peer.readRequest();
          peer.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n" + PONG);
        };
    try (RawServer server = RawServer.start(untilClosed);
        HttpConversation talk = talk(Era.HANDSHAKE, server.url())) {
      Exchange exchange = ping(talk);
      assertThat(exchange.result()).isPresent();
      assertThat(exchange.header("x")).contains("a b");
    }
  }

  @Test
  void stopsReadingAStreamWhenTheResponseIsThere() throws Exception {
    RawServer.Behaviour open =
        peer -> {
          peer.readRequest();
          peer.write(SSE_HEAD);
          peer.chunk("id: 7\nretry: 9\ndata:\n\n: hello\nevent: message\r\nda");
          peer.chunk("ta: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}\r\n\r\n");
          peer.chunk("data: " + PONG.substring(0, 11) + "\ndata: " + PONG.substring(11) + "\n\n");
          peer.awaitClose();
        };
    try (RawServer server = RawServer.start(open);
        HttpConversation talk = talk(Era.HANDSHAKE, server.url())) {
      Exchange exchange = ping(talk);
      assertThat(exchange.end()).isEqualTo(End.COMPLETE);
      assertThat(exchange.accepted()).isTrue();
      assertThat(exchange.messages()).hasSize(2);
      Inbound.HttpResponse response = (Inbound.HttpResponse) exchange.received();
      assertThat(response.events()).extracting(SseEvent::id).containsExactly("7", "", "");
      assertThat(response.events().getFirst().retryMillis()).isEqualTo(9);
    }
  }

  @Test
  void answersRequestsThatArriveOnAStream() throws Exception {
    CountDownLatch answered = new CountDownLatch(2);
    RawServer.Behaviour asking =
        peer -> {
          String request = String.valueOf(peer.readRequest());
          if (!request.contains("\"method\"")) {
            answered.countDown();
            peer.write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
            return;
          }
          peer.write(SSE_HEAD);
          peer.chunk("data: {\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}\n\n");
          peer.chunk("data: {\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"roots/list\"}\n\n");
          await(answered);
          peer.chunk("data: " + PONG + "\n\n");
          peer.write("0\r\n\r\n");
        };
    try (RawServer server = RawServer.start(asking);
        HttpConversation talk = talk(Era.HANDSHAKE, server.url())) {
      assertThat(ping(talk).accepted()).isTrue();
      assertThat(server.requests())
          .anyMatch(r -> r.endsWith("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}}"))
          .anyMatch(r -> r.contains("\"id\":5,\"error\":{\"code\":-32601"));
      assertThat(talk.recording("x", Map.of()).exchanges())
          .extracting(Exchange::label)
          .containsExactly("answer", "answer-2", "ping");
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void dialsAgainWhenThePeerClosedTheIdleConnection() throws Exception {
    RawServer.Behaviour once =
        peer -> {
          peer.readRequest();
          peer.write(RawServer.json(PONG));
        };
    try (RawServer server = RawServer.start(once);
        HttpConversation talk = talk(Era.HANDSHAKE, server.url())) {
      for (int i = 0; i < 5; i++) {
        assertThat(ping(talk).end()).isEqualTo(End.COMPLETE);
      }
      assertThat(server.connections()).isEqualTo(5);
    }
  }

  @Test
  void tellsLateFromClosedFromUnreachable() throws Exception {
    try (RawServer server = RawServer.start(RawServer.Peer::awaitClose);
        HttpConversation talk = talk(Era.HANDSHAKE, server.url())) {
      Draft ping = talk.draft("ping").deadline(Duration.ofMillis(200));
      assertThat(talk.send("late", ping).end()).isEqualTo(End.TIMED_OUT);
    }
    try (RawServer server = RawServer.start(peer -> peer.readRequest());
        HttpConversation talk = talk(Era.HANDSHAKE, server.url())) {
      Exchange closed = ping(talk);
      assertThat(closed.end()).isEqualTo(End.CLOSED);
      assertThat(closed.received()).isEqualTo(new Inbound.Nothing());
      assertThat(closed.refused()).isFalse();
    }
    URI nobody = URI.create("http://127.0.0.1:1/");
    try (HttpConversation talk = talk(Era.HANDSHAKE, nobody)) {
      Exchange failed = ping(talk);
      assertThat(failed.end()).isEqualTo(End.CONNECT_FAILED);
      assertThat(failed.receivedText()).contains("refused");
    }
  }

  @Test
  void keepsWhatArrivedBeforeTheDeadline() throws Exception {
    RawServer.Behaviour half =
        peer -> {
          peer.readRequest();
          peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":");
          peer.awaitClose();
        };
    try (RawServer server = RawServer.start(half);
        HttpConversation talk = talk(Era.HANDSHAKE, server.url())) {
      Exchange exchange = talk.send("p", talk.draft("ping").deadline(Duration.ofMillis(300)));
      assertThat(exchange.end()).isEqualTo(End.TIMED_OUT);
      assertThat(exchange.status()).hasValue(200);
      assertThat(exchange.receivedText()).contains("{\"half\":", "no more within");
      assertThat(exchange.firstByteNanos()).isBetween(exchange.sentNanos(), exchange.endNanos());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.6\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n"
      })
  void callsUnreadableResponsesMalformed(String response) throws Exception {
    try (RawServer server = RawServer.answering(response);
        HttpConversation talk = talk(Era.HANDSHAKE, server.url())) {
      assertThat(ping(talk).end()).isEqualTo(End.MALFORMED);
    }
  }

  @Test
  void boundsTheHeaderSectionAndTheBody() throws Exception {
    String longHead = "HTTP/1.1 200 OK\r\nX: " + "x".repeat(HttpReader.MAX_HEAD_BYTES) + "\r\n\r\n";
    try (RawServer server = RawServer.answering(longHead);
        HttpConversation talk = talk(Era.HANDSHAKE, server.url())) {
      assertThat(ping(talk).end()).isEqualTo(End.MALFORMED);
    }
    RawServer.Behaviour endless =
        peer -> {
          peer.readRequest();
          peer.write("HTTP/1.1 200 OK\r\n\r\n");
          String piece = "x".repeat(1 << 20);
          for (int i = 0; i < 20; i++) {
            peer.write(piece);
          }
        };
    try (RawServer server = RawServer.start(endless);
        HttpConversation talk = talk(Era.HANDSHAKE, server.url())) {
      talk.deadline(Duration.ofSeconds(20));
      assertThat(ping(talk).end()).isEqualTo(End.MALFORMED);
    }
  }

  @Test
  void hearsAnEarlyRefusalOfALargeBody() throws Exception {
    RawServer.Behaviour early =
        peer -> {
          peer.write(RawServer.response("413 Content Too Large", "text/plain", "too much"));
          peer.awaitClose();
        };
    try (RawServer server = RawServer.start(early);
        HttpConversation talk = talk(Era.HANDSHAKE, server.url())) {
      Draft large = talk.draft("ping").rawBody(Bytes.of(new byte[12 * 1024 * 1024]));
      assertThat(talk.send("large", large).status()).hasValue(413);
    }
  }

  @Test
  void goesThroughAnotherAddressWithHostAndPathUnchanged() throws Exception {
    URI far = URI.create("http://mcp.invalid:8080/deep/mcp?x=1");
    try (RawServer server = RawServer.answering(RawServer.json(PONG));
        HttpConversation talk =
            new HttpConversation(
                Era.HANDSHAKE,
                far,
                Optional.of(server.address()),
                List.of(),
                new Recorder(),
                Redactor.NONE)) {
      assertThat(ping(talk).accepted()).isTrue();
      assertThat(server.requests().getFirst())
          .startsWith("POST /deep/mcp?x=1 HTTP/1.1\r\nHost: mcp.invalid:8080\r\n");
    }
  }

  @Test
  void reachesIpv6Addresses() throws Exception {
    ServerSocket six = new ServerSocket();
    try {
      six.bind(
          new InetSocketAddress(
              InetAddress.getByAddress(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}),
              0));
    } catch (IOException e) {
      Assumptions.abort("this machine has no IPv6 loopback");
    }
    try (RawServer server = RawServer.on(six, p -> p.write(RawServer.json(PONG)));
        HttpConversation talk =
            talk(Era.HANDSHAKE, URI.create("http://[::1]:" + six.getLocalPort() + "/"))) {
      assertThat(ping(talk).accepted()).isTrue();
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void stopsPromptlyWhenInterrupted() throws Exception {
    try (RawServer server = RawServer.start(RawServer.Peer::awaitClose);
        HttpConversation talk = talk(Era.HANDSHAKE, server.url())) {
      talk.deadline(Duration.ofSeconds(60));
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> ping(talk)).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void refusesToOpenOnARevisionNobodyKnows() throws Exception {
    String result =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"1900-01-01\"}}";
    try (RawServer server = RawServer.answering(RawServer.json(result));
        HttpConversation talk = talk(Era.HANDSHAKE, server.url())) {
      assertThatThrownBy(talk::open)
          .isInstanceOf(TargetException.class)
          .hasMessageContaining("1900-01-01");
      assertThat(talk.recording("x", Map.of()).exchanges()).hasSize(1);
    }
  }
}
