package dev.plumbline.server;

import static dev.plumbline.server.support.Requests.legacy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.config.Configuration;
import dev.plumbline.server.config.Roles;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.config.SessionSettings;
import dev.plumbline.server.control.port.ControlSetup;
import dev.plumbline.server.handover.HandoverException;
import dev.plumbline.server.support.EventResponse;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.transport.HttpSetup;
import dev.plumbline.server.transport.Network;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One server takes over from another on the same port, while clients are busy (C24). */
class HandoverTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;
  private Path door;
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
  private final List<ServerCore> cores = new CopyOnWriteArrayList<>();
  private final AtomicInteger gone = new AtomicInteger();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private int port;

  @BeforeEach
  void begin() throws Exception {
    Path rooms = folder.resolve("private");
    Files.createDirectory(
        rooms, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    door = rooms.resolve("door");
    port = next("file:" + folder.resolve("sessions.db")).endpoint().getPort();
  }

  @AfterEach
  void end() {
    goOn.countDown();
    servers.forEach(HttpServer::close);
  }

  private HttpServer next(String store) throws IOException, HandoverException {
    return next(store, port);
  }

  private HttpServer next(String store, int wanted) throws IOException, HandoverException {
    return next(keeping(store), wanted, UnaryOperator.identity());
  }

  private static ServerContext keeping(String store) {
    SessionSettings rules = ServerConfig.standard().sessions();
    return ServerContext.of(
        ServerConfig.standard()
            .withSessions(
                new SessionSettings(rules.handshake(), rules.suspend(), rules.idle(), store)));
  }

  private HttpServer next(ServerContext context, int wanted, UnaryOperator<ServerContext> late)
      throws IOException, HandoverException {
    HttpServer server =
        Succession.serve(
            door,
            context,
            now -> {
              ServerCore core =
                  new ServerCore(offered(), late.apply(now), UnaryOperator.identity());
              cores.add(core);
              return core;
            },
            new Network.Listeners(wanted, HttpSetup.PLAIN, OptionalInt.empty()),
            ControlSetup.onLoopback(0),
            gone::incrementAndGet);
    servers.add(server);
    return server;
  }

  private McpServer offered() {
    return McpServer.named("test", "1")
        .tool("quick", "Answers.", (_, _) -> "done")
        .tool(
            "slow",
            "Answers when it is told to.",
            (_, _) -> {
              goOn.await();
              return "done";
            });
  }

  private URI endpoint() {
    return URI.create("http://127.0.0.1:" + port + "/mcp");
  }

  private Response post(String json, String... headers) throws IOException {
    try (RawConnection connection = new RawConnection(port)) {
      return connection.send(Requests.post(json, headers)).read();
    }
  }

  private String session() throws IOException {
    Response opened = post(Requests.initialize("2025-11-25"));
    String header = "MCP-Session-Id: " + opened.headers().get("mcp-session-id");
    assertThat(post(Requests.INITIALIZED, header).status()).isEqualTo(202);
    return header;
  }

  private static String call(int id, String tool) {
    return legacy(Integer.toString(id), "tools/call", "\"name\":\"" + tool + "\",\"arguments\":{}");
  }

  private String store() {
    return "file:" + folder.resolve("sessions.db");
  }

  @Test
  void sessionsAndIdleConnectionsGoOnInTheNewServer() throws Exception {
    String session = session();
    try (RawConnection kept = new RawConnection(port)) {
      assertThat(kept.send(Requests.post(call(1, "quick"), session)).read().status())
          .isEqualTo(200);
      next(store());
      for (int i = 2; i < 6; i++) {
        assertThat(kept.send(Requests.post(call(i, "quick"), session)).read().status())
            .isEqualTo(200);
      }
    }
    await().atMost(LONG).until(() -> gone.get() == 1);
    assertThat(post(call(7, "quick"), session).status()).isEqualTo(200);
    assertThat(cores.getLast().sessions().count()).isOne();
  }

  @Test
  void aRequestInFlightIsFinishedAndItsConnectionLivesOn() throws Exception {
    String session = session();
    try (RawConnection kept = new RawConnection(port)) {
      kept.send(Requests.post(call(1, "slow"), session));
      await().atMost(LONG).until(() -> cores.getFirst().runner().permits().held() == 1);
      next(store());
      goOn.countDown();
      assertThat(kept.read().status()).isEqualTo(200);
      assertThat(kept.send(Requests.post(call(2, "quick"), session)).read().status())
          .isEqualTo(200);
    }
  }

  @Test
  void aListeningClientMissesNothingAndHearsNothingTwice() throws Exception {
    String session = session();
    String id = session.split(" ", 2)[1];
    List<String> heard = new CopyOnWriteArrayList<>();
    AtomicBoolean over = new AtomicBoolean();
    CountDownLatch listening = new CountDownLatch(1);
    Thread listener =
        Thread.startVirtualThread(
            () -> {
              Optional<String> last = Optional.empty();
              while (!over.get()) {
                String[] headers =
                    last.map(known -> new String[] {"MCP-Session-Id", id, "Last-Event-ID", known})
                        .orElse(new String[] {"MCP-Session-Id", id});
                try (EventResponse events = EventResponse.get(endpoint(), headers)) {
                  Optional<EventResponse.Event> event = events.next();
                  while (event.isPresent()) {
                    last = event.get().id().or(lastOf(last));
                    if (!event.get().data().isEmpty()) {
                      heard.add(event.get().data());
                    }
                    listening.countDown();
                    event = events.next();
                  }
                } catch (RuntimeException e) {
                  // A connection that was cut off: the client comes back.
                }
              }
            });
    listening.await();
    List<String> said = new ArrayList<>();
    try (RawConnection kept = new RawConnection(port)) {
      // As long as a request of it runs, the old server may have news.
      kept.send(Requests.post(call(1, "slow"), session));
      await().atMost(LONG).until(() -> cores.getFirst().runner().permits().held() > 0);
      for (int i = 0; i < 100; i++) {
        said.add(tell(cores.getFirst(), id, i));
      }
      next(store());
      for (int i = 100; i < 200; i++) {
        // One speaker after the other: the order of two is nobody's promise.
        said.add(tell(i % 2 == 0 ? cores.getFirst() : cores.getLast(), id, i));
        await().atMost(LONG).until(() -> heard.containsAll(said));
      }
      goOn.countDown();
      assertThat(kept.read().status()).isEqualTo(200);
    }
    await().atMost(LONG).until(() -> gone.get() == 1);
    for (int i = 200; i < 300; i++) {
      said.add(tell(cores.getLast(), id, i));
    }
    await().atMost(LONG).until(() -> heard.size() >= said.size());
    over.set(true);
    listener.interrupt();
    assertThat(heard).isEqualTo(said);
  }

  private static String tell(ServerCore speaker, String session, int number) {
    String message = "{\"jsonrpc\":\"2.0\",\"method\":\"n\",\"params\":{\"i\":" + number + "}}";
    speaker
        .sessions()
        .peek(session)
        .orElseThrow()
        .mailbox()
        .post(message.getBytes(StandardCharsets.UTF_8));
    return message;
  }

  private static java.util.function.Supplier<Optional<String>> lastOf(Optional<String> last) {
    return () -> last;
  }

  @Test
  void noRequestFailsUnderLoad() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger answered = new AtomicInteger();
    List<String> failures = new CopyOnWriteArrayList<>();
    List<Thread> clients =
        IntStream.range(0, 8)
            .mapToObj(
                i -> Thread.startVirtualThread(() -> work(i % 2 == 0, over, answered, failures)))
            .toList();
    for (int i = 0; i < 3; i++) {
      int before = answered.get();
      await().atMost(LONG).until(() -> answered.get() > before + 200 || !failures.isEmpty());
      next(store());
      int round = i + 1;
      await().atMost(LONG).until(() -> gone.get() == round);
    }
    over.set(true);
    for (Thread client : clients) {
      client.join(LONG);
    }
    assertThat(failures).isEmpty();
    assertThat(answered.get()).isGreaterThan(600);
  }

  /** Opens a session, uses it and ends it, on one connection or on one for each request. */
  private void work(
      boolean keep, AtomicBoolean over, AtomicInteger answered, List<String> failures) {
    try {
      while (!over.get()) {
        try (RawConnection connection = new RawConnection(port)) {
          String session = null;
          for (int id = 0; id < 20; id++) {
            String request =
                session == null
                    ? Requests.post(Requests.initialize("2025-11-25"))
                    : Requests.post(id == 1 ? Requests.INITIALIZED : call(id, "quick"), session);
            Response response;
            if (keep) {
              response = connection.send(request).read();
            } else {
              try (RawConnection fresh = new RawConnection(port)) {
                response = fresh.send(request).read();
              }
            }
            if (response.status() >= 300) {
              failures.add(id + ": " + response.status() + " " + response.body());
              return;
            }
            if (session == null) {
              session = "MCP-Session-Id: " + response.headers().get("mcp-session-id");
            }
            answered.incrementAndGet();
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      failures.add(e.toString());
    }
  }

  @Test
  void aNewServerThatCannotStartLeavesTheOldOneServing() throws Exception {
    String session = session();
    try (RawConnection kept = new RawConnection(port)) {
      assertThat(kept.send(Requests.post(call(1, "quick"), session)).read().status())
          .isEqualTo(200);
      Path damaged = folder.resolve("damaged.db");
      Files.writeString(damaged, "nothing of ours ".repeat(1_000));
      assertThatExceptionOfType(RuntimeException.class)
          .isThrownBy(
              () ->
                  // As if it had been damaged between the two looks at it.
                  next(
                      keeping(store()),
                      port,
                      now -> keeping("file:" + damaged).succeeding(now.secret())))
          .withMessageContaining("damaged");
      assertThat(kept.send(Requests.post(call(2, "quick"), session)).read().status())
          .isEqualTo(200);
      assertThat(post(call(3, "quick"), session).status()).isEqualTo(200);
    }
    assertThat(session()).isNotEqualTo(session);
    next(store());
    await().atMost(LONG).until(() -> gone.get() == 1);
    assertThat(post(call(4, "quick"), session).status()).isEqualTo(200);
  }

  /** What the new one was told otherwise stays as it was told. */
  @Test
  void settingsThatWereChangedWhileTheOldOneRanGoOn() throws Exception {
    Configuration before = cores.getFirst().control().configuration();
    var _ = before.set("queues.caps.default", "777");
    var _ = before.set("monitors.memoryWarning", "60");
    ServerConfig told = keeping(store()).config().get().withCap(Roles.DEFAULT, 555);
    next(ServerContext.of(told), port, UnaryOperator.identity());
    await().atMost(LONG).until(() -> gone.get() == 1);
    ServerConfig now = cores.getLast().context().config().get();
    assertThat(now.queues().cap(Roles.DEFAULT)).isEqualTo(555);
    assertThat(now.monitors().memoryWarning()).isEqualTo(60);
    assertThat(
            cores.getLast().context().telemetry().events().recent(100).stream()
                .map(Object::toString))
        .anyMatch(text -> text.contains("do not count") && text.contains("queues.caps.default=777"))
        .anyMatch(text -> text.contains("here, too") && text.contains("memoryWarning=60"));
  }

  @Test
  void aNewServerWithAnotherStoreIsRefusedAndSessionsStay() throws Exception {
    String session = session();
    assertThatExceptionOfType(HandoverException.class)
        .isThrownBy(() -> next("memory"))
        .withMessageContaining("sessions.db, not in memory: name the same --store");
    assertThat(post(call(1, "quick"), session).status()).isEqualTo(200);
    assertThat(gone.get()).isZero();
  }

  @Test
  void aNewServerOnAnotherPortIsRefused() {
    assertThatExceptionOfType(HandoverException.class)
        .isThrownBy(() -> next(store(), port == 1 ? 2 : 1))
        .withMessageContaining("name the same ports");
  }

  @Test
  void aFolderThatOthersCanEnterIsRefused() throws Exception {
    Path open = folder.resolve("open");
    Files.createDirectory(
        open, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    door = open.resolve("door");
    assertThatExceptionOfType(HandoverException.class)
        .isThrownBy(() -> next("memory", 0))
        .withMessageContaining("chmod 700");
  }
}
