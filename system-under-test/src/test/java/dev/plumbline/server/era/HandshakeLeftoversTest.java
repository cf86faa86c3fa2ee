package dev.plumbline.server.era;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.support.RecordedSink;
import dev.plumbline.server.support.SessionClient;
import dev.plumbline.server.support.SessionClient.Exchange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class HandshakeLeftoversTest {
  private static final int SESSIONS = 10_000;

  private static McpServer offered() {
    return McpServer.named("test", "1")
        .resource("test://one", "one", "text/plain", "1")
        .tool(
            "ask",
            "Asks its client, which never answers.",
            (_, call) ->
                call.ask("k", new ClientRequest("ping", JsonNodeFactory.instance.objectNode()))
                    .toString());
  }

  @Test
  void tenThousandShortSessionsLeaveNothingBehind() {
    try (SessionClient client = new SessionClient(offered())) {
      Deque<Session> last = new ArrayDeque<>();
      for (int i = 0; i < SESSIONS; i++) {
        Session session = client.open("2025-11-25", "{}");
        client.call("1", "resources/subscribe", "\"uri\":\"test://one\"");
        Exchange get = client.listen(new RecordedSink());
        Exchange ask = client.tool("2", "ask");
        await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(1))
            .until(() -> session.asks().count() == 1);
        assertThat(client.delete().status()).isEqualTo(204);
        get.await();
        ask.await();
        last.add(session);
        if (last.size() > 10) {
          assertEmpty(last.removeFirst());
        }
      }
      last.forEach(HandshakeLeftoversTest::assertEmpty);
      assertThat(client.core().sessions().count()).isZero();
      assertThat(client.core().sessions().replayBudget().held()).isZero();
    }
  }

  private static void assertEmpty(Session session) {
    assertThat(session.streams().count()).isZero();
    assertThat(session.asks().count()).isZero();
    assertThat(session.subscriptions().size()).isZero();
    assertThat(session.elicitations().size()).isZero();
    assertThat(session.mailbox().waiting()).isZero();
    assertThat(session.inFlight().count()).isZero();
  }
}
