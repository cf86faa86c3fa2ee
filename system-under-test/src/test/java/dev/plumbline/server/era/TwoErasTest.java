package dev.plumbline.server.era;

import static dev.plumbline.server.support.Requests.INITIALIZED;
import static dev.plumbline.server.support.Requests.initialize;
import static dev.plumbline.server.support.Requests.legacy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.feature.Change;
import dev.plumbline.server.support.EventReader;
import dev.plumbline.server.support.InProcess;
import dev.plumbline.server.support.InProcess.Exchange;
import dev.plumbline.server.support.Modern;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Old and new clients share one endpoint and one connection; nothing of one leaks into the other.
 */
class TwoErasTest {
  private static final String LISTEN = "'notifications':{'toolsListChanged':true}";

  private static void assertModern(JsonNode result) {
    assertThat(result.path("resultType").asString()).isEqualTo("complete");
    assertThat(result.at("/_meta/io.modelcontextprotocol~1serverInfo").isObject()).isTrue();
  }

  private static void assertOld(JsonNode result) {
    assertThat(result.isObject()).isTrue();
    assertThat(result.has("resultType") || result.has("ttlMs") || result.has("cacheScope"))
        .isFalse();
    assertThat(result.at("/_meta/io.modelcontextprotocol~1serverInfo").isMissingNode()).isTrue();
  }

  @Test
  void interleaveOnOneDuplexWire() {
    try (InProcess server = new InProcess(McpServer.named("two", "1"))) {
      assertModern(server.duplex(Modern.of("tools/list", "").json()).result());
      assertOld(server.duplex(initialize("2025-11-25")).result());
      server.inOrder(INITIALIZED);
      assertOld(server.duplex(legacy("2", "tools/list", "")).result());
      assertModern(server.duplex(Modern.of("tools/list", "").json()).result());
      assertOld(server.duplex(legacy("3", "ping", "")).result());
      assertThat(server.duplex(Modern.of("ping", "").json()).errorCode()).isEqualTo(-32601);
      assertThat(server.duplex(Modern.of("initialize", "").json()).errorCode()).isEqualTo(-32601);
      assertThat(server.duplex(legacy("4", "server/discover", "")).errorCode()).isEqualTo(-32601);
      assertOld(server.duplex(legacy("5", "tools/list", "")).result());
    }
  }

  @Test
  void aModernRequestOpensNoSession() {
    try (InProcess server = new InProcess(McpServer.named("two", "1"))) {
      assertModern(server.duplex(Modern.of("tools/list", "").json()).result());
      assertThat(server.core().sessions().count()).isZero();
      assertThat(server.duplex(legacy("1", "tools/list", "")).errorCode()).isNotZero();
    }
  }

  @Test
  void aSubscriptionHearsNothingOfTheSession() throws InterruptedException {
    McpServer offer = McpServer.named("two", "1");
    try (InProcess server = new InProcess(offer)) {
      server.duplex(initialize("2025-11-25")).result();
      server.inOrder(INITIALIZED);
      Exchange stream = server.duplex(Modern.of("subscriptions/listen", LISTEN).id("'s'").json());
      stream.next();
      assertOld(server.duplex(legacy("9", "tools/list", "")).result());
      offer.tool("t", "d", (_, _) -> "x");
      assertThat(stream.next().path("method").asString())
          .isEqualTo("notifications/tools/list_changed");
      assertThat(stream.rest()).isEmpty();
      stream.clientLeaves();
    }
  }

  @Test
  void shareOneHttpConnection() throws IOException {
    try (TestServer server = new TestServer();
        RawConnection connection = new RawConnection(server.port())) {
      Modern modern = Modern.of("tools/list", "");
      String ours = Requests.post(modern.json(), modern.headerLines());
      assertModern(connection.send(ours).read().json().path("result"));
      Response opened = connection.send(Requests.post(initialize("2025-11-25"))).read();
      assertOld(opened.json().path("result"));
      String session = "MCP-Session-Id: " + opened.headers().get("mcp-session-id");
      connection.send(Requests.post(INITIALIZED, session)).read();
      Response between = connection.send(ours).read();
      assertModern(between.json().path("result"));
      assertThat(between.headers()).doesNotContainKey("mcp-session-id");
      assertOld(
          connection
              .send(Requests.post(legacy("2", "tools/list", ""), session))
              .read()
              .json()
              .path("result"));
    }
  }

  @Test
  void headersOfTheOldEraMeanNothingInTheNew() {
    try (TestServer server = new TestServer()) {
      Modern modern =
          Modern.of("tools/list", "")
              .header("MCP-Session-Id", "stale")
              .header("Last-Event-ID", "17-3");
      Response response = server.post(modern.json(), modern.headerLines());
      assertThat(response.status()).isEqualTo(200);
      assertModern(response.json().path("result"));
    }
  }

  @Test
  void aStreamLivesAndDiesWithItsHttpConnection() throws IOException {
    try (TestServer server = new TestServer()) {
      Modern listen = Modern.of("subscriptions/listen", LISTEN).id("'http'");
      try (EventReader stream = new EventReader(server.port(), listen)) {
        assertThat(stream.head()).startsWith("HTTP/1.1 200").contains("text/event-stream");
        assertThat(stream.head()).containsIgnoringCase("X-Accel-Buffering: no");
        assertThat(stream.next().path("method").asString())
            .isEqualTo("notifications/subscriptions/acknowledged");
        assertThat(open(server)).isEqualTo(1);
        server.core().parts().features().offerings().announce(new Change.ToolsListChanged());
        JsonNode told = stream.next();
        assertThat(told.path("method").asString()).isEqualTo("notifications/tools/list_changed");
        assertThat(told.at("/params/_meta/io.modelcontextprotocol~1subscriptionId").asString())
            .isEqualTo("http");
      }
      await().until(() -> open(server) == 0);
    }
  }

  @Test
  void aStoppingServerTakesLeaveOfItsListeners() throws IOException, InterruptedException {
    try (TestServer server = new TestServer()) {
      Modern listen = Modern.of("subscriptions/listen", LISTEN).id("7");
      try (EventReader stream = new EventReader(server.port(), listen)) {
        stream.next();
        server.http().stop();
        assertThat(stream.next().at("/params/requestId").asInt()).isEqualTo(7);
        JsonNode last = stream.next();
        assertThat(last.path("id").asInt()).isEqualTo(7);
        assertThat(last.at("/result/resultType").asString()).isEqualTo("complete");
      }
    }
  }

  private static int open(TestServer server) {
    return server.core().parts().stateless().subscriptions().count();
  }
}
