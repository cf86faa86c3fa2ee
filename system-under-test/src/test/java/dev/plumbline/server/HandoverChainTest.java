package dev.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.config.Roles;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.limit.RolePermits;
import dev.plumbline.server.support.EventResponse;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawHttp2;
import dev.plumbline.server.support.RawWebSocket;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.transport.HttpSetup;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several servers in a row: older and newer ones, ones that have to wait, and other wires. */
class HandoverChainTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;
  private ServerLine line;

  @BeforeEach
  void begin() throws Exception {
    line = new ServerLine(folder, HttpSetup.PLAIN.withWebSocket(true));
  }

  @AfterEach
  void end() {
    line.close();
  }

  @Test
  void sessionsAndTheirMailGoFromOldProgramsToNewOnesAndBack() throws Exception {
    line.next(1);
    String session = line.session();
    URI endpoint = URI.create("http://127.0.0.1:" + line.port() + "/mcp");
    String id = session.split(" ", 2)[1];
    String last;
    try (EventResponse events = EventResponse.get(endpoint, "MCP-Session-Id", id)) {
      last = events.next().orElseThrow().id().orElseThrow();
    }
    int[] formats = {2, 1, 2};
    for (int i = 0; i < formats.length; i++) {
      int now = i;
      await().atMost(LONG).until(() -> line.cores.getLast().sessions().peek(id).isPresent());
      line.cores
          .getLast()
          .sessions()
          .peek(id)
          .orElseThrow()
          .mailbox()
          .post(
              ("{\"jsonrpc\":\"2.0\",\"method\":\"n" + i + "\"}").getBytes(StandardCharsets.UTF_8));
      line.next(formats[i]);
      await().atMost(LONG).until(() -> line.gone.get() == now + 1);
      assertThat(line.post(ServerLine.call(10 + i, "quick"), session).status()).isEqualTo(200);
    }
    try (EventResponse events =
        EventResponse.get(endpoint, "MCP-Session-Id", id, "Last-Event-ID", last)) {
      for (int i = 0; i < formats.length; i++) {
        Optional<EventResponse.Event> event = events.next();
        while (event.isPresent() && event.get().data().isEmpty()) {
          event = events.next();
        }
        assertThat(event.orElseThrow().json().path("method").stringValue()).isEqualTo("n" + i);
      }
    }
  }

  private RolePermits connections(ServerCore core) {
    return core.restraint().roles().role(Roles.CONNECTION);
  }

  @Test
  void aConnectionGivesItsPlaceBackWhereItWasAndTakesOneWhereItGoes() throws Exception {
    line.next();
    String session = line.session();
    try (RawConnection one = new RawConnection(line.port());
        RawConnection other = new RawConnection(line.port())) {
      assertThat(isServed(one, session) && isServed(other, session)).isTrue();
      line.next();
      await().atMost(LONG).until(() -> line.gone.get() == 1);
      assertThat(connections(line.cores.getFirst()).held()).isZero();
      assertThat(isServed(one, session) && isServed(other, session)).isTrue();
      assertThat(connections(line.cores.getLast()).held()).isEqualTo(2);
    }
    await().atMost(LONG).until(() -> connections(line.cores.getLast()).held() == 0);
  }

  @Test
  void aConnectionForWhichTheNextServerHasNoPlaceIsClosedThere() throws Exception {
    line.next();
    String session = line.session();
    try (RawConnection one = new RawConnection(line.port());
        RawConnection other = new RawConnection(line.port())) {
      assertThat(isServed(one, session) && isServed(other, session)).isTrue();
      line.contexts = () -> ServerContext.of(ServerConfig.standard().withCap(Roles.CONNECTION, 1));
      line.next();
      await().atMost(LONG).until(() -> line.gone.get() == 1);
      RolePermits places = connections(line.cores.getLast());
      await().atMost(LONG).until(() -> places.rejected() == 1);
      assertThat(isServed(one, session) ^ isServed(other, session)).isTrue();
      assertThat(places.held()).isOne();
    }
  }

  /** Whether it answers; false when it was closed. */
  private static boolean isServed(RawConnection connection, String session) {
    try {
      return connection
          .send(Requests.post(ServerLine.call(1, "quick"), session))
          .tryRead()
          .isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aThirdWaitsUntilTheFirstHasFinished() throws Exception {
    line.next();
    String session = line.session();
    try (RawConnection kept = new RawConnection(line.port())) {
      kept.send(Requests.post(ServerLine.call(1, "slow"), session));
      await().atMost(LONG).until(() -> line.cores.getFirst().runner().permits().held() == 1);
      line.next();
      CompletableFuture<HttpServer> third = new CompletableFuture<>();
      Thread.startVirtualThread(
          () -> {
            try {
              third.complete(line.next());
            } catch (Exception e) {
              third.completeExceptionally(e);
            }
          });
      assertThat(line.post(ServerLine.call(2, "quick"), session).status()).isEqualTo(200);
      assertThat(third).isNotDone();
      line.goOn.countDown();
      assertThat(kept.read().status()).isEqualTo(200);
      third.get(LONG.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
      assertThat(line.gone.get()).isPositive();
      assertThat(line.post(ServerLine.call(3, "quick"), session).status()).isEqualTo(200);
    }
    await().atMost(LONG).until(() -> line.gone.get() == 2);
  }

  @Test
  void aConnectionOfHttp2IsAnsweredToldGoodbyeAndComesBackWithItsSession() throws Exception {
    line.next();
    String session = line.session();
    String id = session.split(" ", 2)[1];
    try (RawHttp2 before = new RawHttp2(line.port())) {
      int slow = before.post(ServerLine.call(1, "slow"), "mcp-session-id", id);
      await().atMost(LONG).until(() -> line.cores.getFirst().runner().permits().held() == 1);
      line.next();
      assertThat(before.await(RawHttp2.GOAWAY).errorCode()).isZero();
      line.goOn.countDown();
      assertThat(before.response(slow).status()).isEqualTo(200);
    }
    try (RawHttp2 after = new RawHttp2(line.port())) {
      int quick = after.post(ServerLine.call(2, "quick"), "mcp-session-id", id);
      assertThat(after.response(quick).status()).isEqualTo(200);
    }
    await().atMost(LONG).until(() -> line.gone.get() == 1);
  }

  @Test
  void aConnectionOfTcpIsAnsweredClosedAndComesBackToTheSamePort() throws Exception {
    line.next();
    try (RawConnection before = new RawConnection(line.tcpPort())) {
      assertThat(before.send(Requests.initialize("2025-11-25") + "\n").line()).contains("result");
      before.send(Requests.INITIALIZED + "\n" + ServerLine.call(1, "slow") + "\n");
      await().atMost(LONG).until(() -> line.cores.getFirst().runner().permits().held() == 1);
      line.next();
      line.goOn.countDown();
      assertThat(before.line()).contains("done");
      assertThat(before.ended()).isTrue();
    }
    await().atMost(LONG).until(() -> line.gone.get() == 1);
    try (RawConnection after = new RawConnection(line.tcpPort())) {
      assertThat(after.send(Requests.initialize("2025-11-25") + "\n").line()).contains("result");
    }
  }

  @Test
  void aWebSocketIsAnsweredToldGoodbyeAndComesBackToTheSamePort() throws Exception {
    line.next();
    try (RawWebSocket before = new RawWebSocket(line.port())) {
      before.send(Requests.initialize("2025-11-25"));
      assertThat(before.read().text()).contains("result");
      before.send(Requests.INITIALIZED).send(ServerLine.call(1, "slow"));
      await().atMost(LONG).until(() -> line.cores.getFirst().runner().permits().held() == 1);
      line.next();
      line.goOn.countDown();
      assertThat(before.read().text()).contains("done");
      // RFC 6455 §7.4.1: going away.
      assertThat(before.read().closeCode()).isEqualTo(1001);
    }
    await().atMost(LONG).until(() -> line.gone.get() == 1);
    try (RawWebSocket after = new RawWebSocket(line.port())) {
      after.send(Requests.initialize("2025-11-25"));
      assertThat(after.read().text()).contains("result");
    }
  }
}
