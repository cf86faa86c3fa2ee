package dev.plumbline.server.era;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.api.TemplateSpec;
import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.RateKind;
import dev.plumbline.server.config.RateSettings;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.observe.Pseudonym;
import dev.plumbline.server.observe.Telemetry;
import dev.plumbline.server.registry.LeakDetector;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.support.Requests;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Nothing is left of a session of the handshake era once its wire has ended (R183, R185). */
class SessionHygieneTest {
  private static final int URIS = 6;
  private static final int KINDS = 3;

  /** One server for all tries: what one of them leaves behind, the next one sees. */
  private static final Shared SHARED = new Shared();

  @AfterContainer
  static void stop() {
    SHARED.core.close();
  }

  /** A server whose clock stands still until it is moved. */
  private static final class Shared {
    private final AtomicLong now = new AtomicLong(1);
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final ServerCore core =
        new ServerCore(
            McpServer.named("hygiene", "1")
                .template(TemplateSpec.at("x:{id}", "x", "text/plain"), (_, _) -> "x")
                .tool(
                    "stubborn",
                    "Ignores that it is to end.",
                    (_, _) -> {
                      while (stuck.getCount() > 0) {
                        try {
                          stuck.await();
                        } catch (InterruptedException e) {
                          // The defect that is planted here.
                        }
                      }
                      return "late";
                    }),
            new ServerContext(
                new Live<>(
                    // On a clock that stands still nobody's rate recovers.
                    ServerConfig.standard().withRate(new RateSettings(RateKind.OFF, 1, 1))),
                Telemetry.create(),
                now::get),
            UnaryOperator.identity());

    private JsonNode say(Inbound in, String message) {
      Answer answer =
          core.endpoint()
              .answer(in, core.endpoint().decode(message.getBytes(StandardCharsets.UTF_8)));
      byte[] bytes = answer.bytes();
      return bytes.length == 0 ? new JsonMapper().missingNode() : new JsonMapper().readTree(bytes);
    }

    private Inbound wire() {
      Inbound in =
          new Inbound(Wire.DUPLEX, HeaderView.NONE, new Peer(), EventSink.NONE, Lease.UNBOUNDED);
      say(in, Requests.initialize("2025-11-25"));
      say(in, Requests.INITIALIZED);
      return in;
    }
  }

  private static String about(long id, String method, int uri) {
    return Requests.legacy(Long.toString(id), method, "\"uri\":\"x:" + uri + "\"");
  }

  @Property(tries = 10_000)
  void handlersAreThoseThatWereSubscribedAndNoneIsLeft(
      @ForAll @Size(max = 20) List<@IntRange(max = 1_000_000) Integer> steps) {
    Inbound in = SHARED.wire();
    Session session = in.peer().session().orElseThrow();
    Set<Integer> subscribed = new HashSet<>();
    long id = 1;
    for (int step : steps) {
      int uri = step / KINDS % URIS;
      switch (step % KINDS) {
        case 0 -> {
          SHARED.say(in, about(id++, "resources/subscribe", uri));
          subscribed.add(uri);
        }
        case 1 -> {
          SHARED.say(in, about(id++, "resources/unsubscribe", uri));
          subscribed.remove(uri);
        }
        default -> {
          SHARED.core.endpoint().gone(in.peer());
          assertThat(session.left()).allSatisfy((_, count) -> assertThat(count).isZero());
          in = SHARED.wire();
          session = in.peer().session().orElseThrow();
          subscribed.clear();
        }
      }
      assertThat(session.subscriptions().size()).isEqualTo(subscribed.size());
    }
    SHARED.core.endpoint().gone(in.peer());
    assertThat(session.left()).allSatisfy((_, count) -> assertThat(count).isZero());
    assertThat(session.subscriptions().add("x:late")).isFalse();
    assertThat(SHARED.core.sessions().peek(session.id())).isEmpty();
  }

  /** Every change stores them all: what they take together is bounded, too. */
  @Test
  void longUrisFillASessionSoonerThanShortOnes() {
    Shared own = new Shared();
    try (ServerCore _ = own.core) {
      Inbound in = own.wire();
      String length = "y".repeat(8_000);
      int fit = Limits.MAX_SUBSCRIBED_CHARACTERS / 8_006;
      for (int i = 0; i < fit; i++) {
        assertThat(own.say(in, subscribed(i + 1L, length, i)).has("result")).isTrue();
      }
      JsonNode refused = own.say(in, subscribed(fit + 1L, length, fit));
      assertThat(refused.at("/error/code").asInt()).isEqualTo(-31429);
      assertThat(refused.at("/error/message").asString()).contains("characters in the URIs");
      own.say(in, Requests.legacy("1000", "resources/unsubscribe", uri(length, 0)));
      assertThat(own.say(in, subscribed(1_001, length, fit)).has("result")).isTrue();
    }
  }

  private static String subscribed(long id, String length, int number) {
    return Requests.legacy(Long.toString(id), "resources/subscribe", uri(length, number));
  }

  private static String uri(String length, int number) {
    return "\"uri\":\"x:" + (1_000 + number) + length + "\"";
  }

  @Test
  void aSessionHasItsCapOfSubscriptionsAndNotOneMore() {
    Shared own = new Shared();
    try (ServerCore _ = own.core) {
      Inbound in = own.wire();
      for (int i = 1; i <= Limits.MAX_SUBSCRIPTIONS; i++) {
        assertThat(own.say(in, about(i, "resources/subscribe", i)).has("result"))
            .as("subscription %d", i)
            .isTrue();
      }
      int more = Limits.MAX_SUBSCRIPTIONS + 1;
      JsonNode refused = own.say(in, about(more, "resources/subscribe", more));
      assertThat(refused.at("/error/code").asInt()).isEqualTo(-31429);
      assertThat(refused.at("/error/message").asString()).contains("subscriptions");
      // One that is there already takes no room.
      assertThat(own.say(in, about(more + 1L, "resources/subscribe", 1)).has("result")).isTrue();
      own.say(in, about(more + 2L, "resources/unsubscribe", 1));
      assertThat(own.say(in, about(more + 3L, "resources/subscribe", more)).has("result")).isTrue();
    }
  }

  @Test
  @Timeout(60)
  void aHandlerThatOutlivesItsSessionIsNamedWithItsOwner() {
    Shared own = new Shared();
    try (ServerCore core = own.core) {
      Inbound in = own.wire();
      Session session = in.peer().session().orElseThrow();
      Thread handler =
          Thread.startVirtualThread(
              () -> own.say(in, Requests.legacy("1", "tools/call", "\"name\":\"stubborn\"")));
      await().until(() -> session.inFlight().count() == 1);
      core.endpoint().gone(in.peer());
      core.leaks().check();
      assertThat(core.leaks().found()).isZero();
      own.now.addAndGet(LeakDetector.GRACE.toNanos());
      core.leaks().check();
      assertThat(core.leaks().recent())
          .singleElement()
          .satisfies(
              leak -> {
                assertThat(leak.what()).isEqualTo("request");
                assertThat(leak.owner()).isEqualTo("session " + Pseudonym.of(session.id()));
                assertThat(leak.cleaned()).isFalse();
              });
      own.stuck.countDown();
      await().until(() -> !handler.isAlive());
    }
  }
}
