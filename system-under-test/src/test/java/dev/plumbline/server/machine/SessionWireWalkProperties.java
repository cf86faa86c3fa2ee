package dev.plumbline.server.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.ServerContext;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Random walks of a session over HTTP against a real server: what it answers agrees with the model
 * at each step. Only the clock is not real, so that time can pass.
 */
class SessionWireWalkProperties {
  private static final int WALKS = 1_000;
  private static final int STEPS = 16;
  private static final Duration HANDSHAKE = Duration.ofSeconds(30);
  private static final Duration SUSPEND = Duration.ofMinutes(10);
  private static final Duration IDLE = Duration.ofHours(1);

  /** What a step does. */
  enum Step {
    INITIALIZED,
    PING,
    CALL,
    LISTEN,
    INITIALIZE_AGAIN,
    ANOTHER_ID,
    NO_ID,
    SECONDS,
    MINUTES,
    HOURS,
    DRAIN,
    HAND_OVER,
    RESTORED,
    DELETE
  }

  private static final AtomicLong NOW = new AtomicLong(1);
  private static final Map<Step, Integer> TAKEN = new EnumMap<>(Step.class);
  private static final TestServer SERVER = new TestServer(context());
  private static final RawConnection WIRE = connection();

  private static ServerContext context() {
    ServerContext standard = ServerContext.standard();
    return new ServerContext(standard.config(), standard.telemetry(), NOW::get);
  }

  private static RawConnection connection() {
    try {
      return new RawConnection(SERVER.port());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterContainer
  static void stop() throws IOException {
    WIRE.close();
    SERVER.close();
    assertThat(TAKEN).hasSize(Step.values().length);
  }

  /** Endings are rarer, so that walks get far. */
  @Provide
  Arbitrary<Step[]> walk() {
    Arbitrary<Step> going =
        Arbitraries.of(Step.class).filter(step -> step != Step.DELETE && step != Step.HOURS);
    return Arbitraries.frequencyOf(
            Tuple.of(14, going), Tuple.of(1, Arbitraries.of(Step.DELETE, Step.HOURS)))
        .array(Step[].class)
        .ofMinSize(1)
        .ofMaxSize(STEPS);
  }

  @Property(tries = WALKS)
  void theServerAnswersAsTheModelSays(@ForAll("walk") Step[] steps) throws IOException {
    Walk walk = new Walk();
    for (Step step : steps) {
      TAKEN.merge(step, 1, Integer::sum);
      walk.take(step);
      assertThat(walk.session.machine().state()).as("after %s", step).isEqualTo(walk.expected);
    }
    walk.take(Step.DELETE);
    assertThat(walk.session.machine().state()).isEqualTo(SessionState.DEAD);
    assertThat(SERVER.core().sessions().count()).isZero();
  }

  /** One session beside the state the model expects. */
  private static final class Walk {
    private final String header;
    private final Session session;
    private final long begun = NOW.get();
    private long used = begun;
    private long lastId;
    private SessionState expected = SessionState.INITIALIZING;

    private Walk() throws IOException {
      Response opened = WIRE.send(Requests.post(Requests.initialize("2025-11-25"))).read();
      assertThat(opened.status()).isEqualTo(200);
      String id = Objects.requireNonNull(opened.headers().get("mcp-session-id"));
      this.header = "MCP-Session-Id: " + id;
      this.session = SERVER.core().sessions().find(id).orElseThrow();
    }

    private void take(Step step) throws IOException {
      switch (step) {
        case INITIALIZED -> {
          int status = post(Requests.INITIALIZED, header).status();
          assertThat(status).isEqualTo(expected.over() ? 404 : 202);
          happens(SessionEvent.INITIALIZED);
        }
        case PING -> answered(SessionEvent.PING, post(request("ping"), header));
        case CALL -> answered(SessionEvent.REQUEST, post(request("tools/list"), header));
        case LISTEN -> answered(SessionEvent.LISTEN, listen());
        case INITIALIZE_AGAIN ->
            refused(post(Requests.initialize("2025-11-25"), header), 400, "already initialized");
        case ANOTHER_ID ->
            refused(post(request("ping"), "MCP-Session-Id: nobody"), 404, "no such session");
        case NO_ID -> refused(post(request("tools/list")), 400, "disconnected: ");
        case SECONDS -> pass(Duration.ofSeconds(20));
        case MINUTES -> pass(SUSPEND);
        case HOURS -> pass(IDLE);
        case DRAIN -> inside(SessionEvent.DRAIN);
        case HAND_OVER -> inside(SessionEvent.HAND_OVER);
        case RESTORED -> inside(SessionEvent.RESTORED);
        case DELETE -> {
          String line = "DELETE /mcp HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n";
          int status = WIRE.send(line).read().status();
          assertThat(status).isEqualTo(expected.over() ? 404 : 204);
          happens(SessionEvent.TERMINATE);
        }
      }
    }

    private String request(String method) {
      lastId++;
      return Requests.legacy("" + lastId, method, "");
    }

    private Response post(String json, String... headers) throws IOException {
      return WIRE.send(Requests.post(json, headers)).read();
    }

    private Response listen() throws IOException {
      try (RawConnection connection = new RawConnection(SERVER.port())) {
        Response head =
            connection
                .send(
                    "GET /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                        + (header + "\r\n\r\n"))
                .readHead();
        if (head.status() == 200) {
          return head;
        }
        int length = Integer.parseInt(head.headers().getOrDefault("content-length", "0"));
        return new Response(
            head.status(),
            head.headers(),
            new String(connection.bytes(length), StandardCharsets.UTF_8));
      } finally {
        // Only then nobody listens any more, and time can pass.
        await()
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(1))
            .until(() -> session.streams().carried() == 0);
      }
    }

    /** The answer to what the model has a rule for. */
    private void answered(SessionEvent event, Response response) {
      boolean lawful = !Models.word(SessionLifecycle.SESSION, expected, event).equals("no");
      if (expected.over()) {
        assertThat(response.status()).isEqualTo(404);
      } else if (lawful) {
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.errorCode()).isZero();
      } else {
        refused(
            response, expected.movesOn() ? 503 : 400, "the session is " + expected.label() + ":");
      }
      happens(event);
    }

    private static void refused(Response response, int status, String words) {
      assertThat(response.status()).as(response.body()).isEqualTo(status);
      assertThat(response.json().at("/error/message").asString()).contains(words);
    }

    /** What other parts of the server do with a session. */
    private void inside(SessionEvent event) {
      session.machine().fire(event);
      move(event);
    }

    /** What comes over the wire is use, as long as the session lives. */
    private void happens(SessionEvent event) {
      used = NOW.get();
      move(event);
    }

    private void move(SessionEvent event) {
      String word = Models.word(SessionLifecycle.SESSION, expected, event);
      if (!word.equals("no") && !word.equals("same")) {
        SessionState next = SessionState.valueOf(word);
        expected = next.over() ? SessionState.DEAD : next;
      }
    }

    private void pass(Duration time) {
      long now = NOW.addAndGet(time.toNanos());
      SERVER.core().sessions().sweep();
      timeout(now).ifPresent(this::move);
    }

    private Optional<SessionEvent> timeout(long now) {
      boolean late = now - begun >= HANDSHAKE.toNanos();
      boolean idle = now - used >= IDLE.toNanos();
      boolean unused = now - used >= SUSPEND.toNanos();
      return switch (expected) {
        case INITIALIZING -> late ? Optional.of(SessionEvent.HANDSHAKE_TIMEOUT) : Optional.empty();
        case ACTIVE, RESUMING ->
            idle
                ? Optional.of(SessionEvent.IDLE_TIMEOUT)
                : unused ? Optional.of(SessionEvent.SUSPEND) : Optional.empty();
        case SUSPENDED, PAUSED, UPGRADING ->
            idle ? Optional.of(SessionEvent.IDLE_TIMEOUT) : Optional.empty();
        case EXPIRING, TERMINATING, DEAD -> Optional.empty();
      };
    }
  }
}
