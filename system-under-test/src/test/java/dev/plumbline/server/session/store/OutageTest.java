package dev.plumbline.server.session.store;

import static dev.plumbline.server.support.Requests.legacy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.observe.Health;
import dev.plumbline.server.observe.Notice;
import dev.plumbline.server.observe.Severity;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL gone and back. */
class OutageTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void whatLivesGoesOnAndNothingAcknowledgedIsLost() throws Exception {
    try (Database.Own database = new Database.Own(folder.resolve("data"));
        TestServer first = TwoNodesTest.node(database.url());
        TestServer second = TwoNodesTest.node(database.url())) {
      String live = first.session();
      String elsewhere = second.session();
      database.stop();

      assertThat(first.post(legacy("1", "ping", ""), live).status()).isEqualTo(200);
      assertThat(first.post(legacy("2", "tools/list", ""), live).status()).isEqualTo(200);
      assertRefused(first.post(Requests.initialize("2025-11-25")));
      assertRefused(delete(first, live));
      // Not 404: nobody can say that it has ended.
      assertRefused(first.post(legacy("3", "ping", ""), elsewhere));
      assertRefused(first.post(legacy("4", "logging/setLevel", "\"level\":\"alert\""), live));
      assertThat(first.post(legacy("5", "ping", ""), live).status()).isEqualTo(200);
      assertThat(notices(first)).anyMatch(notice -> notice.severity() == Severity.CRITICAL);
      assertThat(first.core().context().telemetry().health().status().level())
          .isNotEqualTo(Health.Level.HEALTHY);

      database.start();
      await()
          .atMost(LONG)
          .until(() -> first.post(Requests.initialize("2025-11-25")).status() == 200);
      assertThat(first.post(legacy("6", "ping", ""), live).status()).isEqualTo(200);
      await()
          .atMost(LONG)
          .until(() -> second.post(legacy("\"o\"", "ping", ""), live).status() != 503);
      assertThat(second.post(legacy("7", "ping", ""), live).status()).isEqualTo(200);
      assertThat(first.post(legacy("8", "ping", ""), elsewhere).status()).isEqualTo(200);
      assertThat(delete(first, live).status()).isEqualTo(204);
      assertThat(second.post(legacy("9", "ping", ""), live).status()).isEqualTo(404);
      assertThat(notices(first)).anyMatch(notice -> notice.text().contains("used again"));
    }
  }

  private static List<Notice> notices(TestServer node) {
    return node.core().context().telemetry().events().recent(100).stream()
        .filter(notice -> notice.source().equals("store"))
        .toList();
  }

  private static Response delete(TestServer node, String session) {
    return node.raw("DELETE /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\n" + session + "\r\n\r\n");
  }

  private static void assertRefused(Response response) {
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.headers()).containsKey("retry-after");
    assertThat(response.errorCode()).isEqualTo(-31505);
  }
}
