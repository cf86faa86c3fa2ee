package dev.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.Trust;
import dev.plumbline.server.transport.HttpSetup;
import dev.plumbline.server.transport.TlsIdentity;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Encrypted connections cannot move: their clients come back with their sessions. */
class HandoverTlsTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;

  private static HttpRequest request(ServerLine line, String json, String session) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(line.servers.getFirst().endpoint())
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    return session.isEmpty() ? request.build() : request.header("MCP-Session-Id", session).build();
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void requestsGoOnWithTheirSession(HttpClient.Version version) throws Exception {
    TlsIdentity identity = TlsIdentity.ephemeral();
    HttpResponse.BodyHandler<String> text = HttpResponse.BodyHandlers.ofString();
    try (ServerLine line = new ServerLine(folder, HttpSetup.PLAIN.withTls(identity));
        HttpClient client =
            HttpClient.newBuilder().sslContext(Trust.in(identity.pem())).version(version).build()) {
      line.next();
      HttpResponse<String> opened =
          client.send(request(line, Requests.initialize("2025-11-25"), ""), text);
      String session = opened.headers().firstValue("MCP-Session-Id").orElseThrow();
      assertThat(client.send(request(line, Requests.INITIALIZED, session), text).statusCode())
          .isEqualTo(202);
      CompletableFuture<HttpResponse<String>> slow =
          client.sendAsync(request(line, ServerLine.call(1, "slow"), session), text);
      await().atMost(LONG).until(() -> line.cores.getFirst().runner().permits().held() == 1);
      line.next();
      line.goOn.countDown();
      assertThat(slow.get().statusCode()).isEqualTo(200);
      for (int i = 2; i < 12; i++) {
        assertThat(
                client.send(request(line, ServerLine.call(i, "quick"), session), text).statusCode())
            .isEqualTo(200);
      }
      await().atMost(LONG).until(() -> line.gone.get() == 1);
      assertThat(client.send(request(line, ServerLine.call(12, "quick"), session), text).body())
          .contains("done");
    }
  }
}
