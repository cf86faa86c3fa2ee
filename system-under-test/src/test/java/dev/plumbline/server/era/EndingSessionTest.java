package dev.plumbline.server.era;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.support.SessionClient;
import org.junit.jupiter.api.Test;

/** The moment between the end of a session and its disappearance. */
class EndingSessionTest {
  private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

  @Test
  void alreadyAnswersThatThereIsNoSuchSession() {
    try (SessionClient client = new SessionClient(McpServer.named("test", "1"))) {
      Session session = client.open("2025-11-25", "{}");
      assertThat(client.start(PING).await().status()).isEqualTo(200);
      session.machine().fire(SessionEvent.TERMINATE);
      assertThat(client.start(PING).await().status()).isEqualTo(404);
    }
  }
}
