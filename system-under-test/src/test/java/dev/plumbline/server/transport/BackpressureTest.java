package dev.plumbline.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.api.Call;
import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.config.OutboundSettings;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.feature.Change;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.support.EventResponse;
import dev.plumbline.server.support.MessageWire;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Peers that stop reading, on real wires: what waits stays within its bound, whoever reports is not
 * held up, responses arrive, and a peer that reads again is served as before (FM-15, FM-48).
 */
@Timeout(120)
class BackpressureTest {
  private static final int CAP = 40;
  private static final int REPORTS = 400;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Much more than all buffers between server and client together hold. */
  private static final String LONG = "x".repeat(65_536);

  private static final String FLOOD = "\"name\":\"flood\",\"arguments\":{}";

  /** A tool that reports much; more can be said about resources than a client would read. */
  private final AtomicInteger finished = new AtomicInteger();

  private final CountDownLatch released = new CountDownLatch(1);

  private final AtomicInteger most = new AtomicInteger();
  private final McpServer offered =
      McpServer.named("flood", "1")
          .tool("flood", "Reports.", this::flood)
          .tool("wait", "Waits.", this::waitForRelease);
  private final TestServer server =
      new TestServer(
          new ServerCore(
              offered,
              ServerContext.of(
                  ServerConfig.standard()
                      .withOutbound(
                          new OutboundSettings(
                              CAP, Duration.ofMillis(300), Duration.ofSeconds(5)))),
              UnaryOperator.identity()),
          new Network.Listeners(
              0, HttpSetup.PLAIN.withWebSocket(true).withLegacySse(true), OptionalInt.of(0)));

  @AfterEach
  void stop() {
    server.close();
  }

  private String flood(Object nothing, Call call) throws InterruptedException {
    for (int i = 1; i <= REPORTS; i++) {
      call.progress(i, REPORTS, LONG);
      most.accumulateAndGet(seen("waiting"), Math::max);
    }
    finished.incrementAndGet();
    return "done";
  }

  private String waitForRelease(Object nothing, Call call) throws InterruptedException {
    released.await();
    return "done";
  }

  private int seen(String member) {
    return section().path(member).asInt();
  }

  private JsonNode section() {
    return server.core().context().telemetry().introspection().read("backpressure").orElseThrow();
  }

  private List<String> actions() {
    return server.core().context().telemetry().events().recent(1_000).stream()
        .filter(notice -> notice.source().equals("backpressure"))
        .map(notice -> notice.facts().get("action"))
        .toList();
  }

  private static String call() {
    return Requests.modern("7", "tools/call", FLOOD)
        .replace("\"_meta\":{", "\"_meta\":{\"progressToken\":\"p\",");
  }

  private void assertHeld() {
    await().atMost(PATIENCE).until(() -> finished.get() == 1);
    assertThat(actions()).contains("block");
    assertThat(section().path("dropped").path("progress").asInt()).isPositive();
    assertThat(most).hasValueLessThanOrEqualTo(CAP);
  }

  private void assertServedAsBefore() {
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(section().path("behind").isEmpty()).isTrue());
    assertThat(actions()).endsWith("clear");
    assertThat(seen("waiting")).isZero();
  }

  private static void assertReports(List<Integer> reports) {
    assertThat(reports).isSorted().doesNotHaveDuplicates();
    assertThat(reports).hasSizeLessThan(REPORTS).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = MessageWire.Kind.class,
      names = {"TCP", "WEB_SOCKET", "STDIO"})
  void onADuplexWireTheOldestReportsGiveWay(MessageWire.Kind kind) throws IOException {
    try (MessageWire wire = kind.connect(server)) {
      wire.send(call().getBytes(StandardCharsets.UTF_8));
      assertHeld();
      List<Integer> reports = new ArrayList<>();
      JsonNode heard = wire.hear();
      while (heard.path("result").isMissingNode()) {
        reports.add(heard.path("params").path("progress").asInt());
        heard = wire.hear();
      }
      assertReports(reports);
      assertThat(reports.getLast()).as("the newest report").isEqualTo(REPORTS);
      assertServedAsBefore();
    }
  }

  private static List<Integer> reports(EventResponse response) {
    List<Integer> reports = new ArrayList<>();
    JsonNode last = MissingNode.getInstance();
    for (EventResponse.Event event : response.rest()) {
      if (!event.data().isEmpty()) {
        last = event.json();
        int progress = last.path("params").path("progress").asInt();
        if (progress > 0) {
          reports.add(progress);
        }
      }
    }
    assertThat(last.path("result").isMissingNode()).as("the answer is the last event").isFalse();
    return reports;
  }

  @Test
  void onAStreamOfTheStatelessEraReportsGiveWay() {
    try (EventResponse response =
        EventResponse.post(
            server.http().endpoint(),
            call(),
            "MCP-Protocol-Version",
            "2026-07-28",
            "Mcp-Method",
            "tools/call",
            "Mcp-Name",
            "flood")) {
      assertHeld();
      assertReports(reports(response));
      assertServedAsBefore();
    }
  }

  private String session() {
    String line = server.session();
    return line.substring(line.indexOf(' ') + 1);
  }

  @Test
  void onAStreamOfASessionReportsGiveWay() {
    String call =
        Requests.legacy("7", "tools/call", FLOOD + ",\"_meta\":{\"progressToken\":\"p\"}");
    try (EventResponse response =
        EventResponse.post(server.http().endpoint(), call, "MCP-Session-Id", session())) {
      assertHeld();
      assertReports(reports(response));
      assertServedAsBefore();
    }
  }

  @Test
  void newsForAListenerWhoDoesNotReadAreToldOnceWhenItDoes() {
    int resources = 60;
    List<String> uris = new ArrayList<>();
    String session = session();
    for (int i = 0; i < resources; i++) {
      String uri = "test://" + i + "/" + "y".repeat(7_000);
      uris.add(uri);
      offered.resource(uri, "r" + i, "text/plain", "text");
      server.post(
          Requests.legacy("\"s" + i + "\"", "resources/subscribe", "\"uri\":\"" + uri + "\""),
          "MCP-Session-Id: " + session);
    }
    Session own = server.core().sessions().find(session).orElseThrow();
    try (EventResponse listening =
        EventResponse.get(server.http().endpoint(), "MCP-Session-Id", session)) {
      assertThat(listening.status()).isEqualTo(200);
      for (int round = 0; round < 100; round++) {
        uris.forEach(uri -> offered.announce(new Change.ResourceUpdated(uri)));
        assertThat(own.mailbox().waiting()).isLessThanOrEqualTo(Limits.MAX_WAITING_MESSAGES);
      }
      // The newest news of every resource arrives, although most was said again and again.
      List<String> left = new ArrayList<>(uris);
      int told = 0;
      while (!left.isEmpty() || own.mailbox().waiting() > 0) {
        Optional<EventResponse.Event> event = listening.next();
        assertThat(event).isPresent();
        if (!event.get().data().isEmpty()) {
          told++;
          left.remove(event.get().json().path("params").path("uri").asString());
        }
      }
      assertThat(told).isLessThan(100 * resources);
    }
  }

  @Test
  void aRequestThatWouldHaveNoPlaceForItsResponseIsRefused() throws IOException {
    try (MessageWire wire = MessageWire.Kind.TCP.connect(server)) {
      for (int i = 1; i <= CAP + 1; i++) {
        wire.send(
            Requests.modern("" + i, "tools/call", "\"name\":\"wait\",\"arguments\":{}")
                .getBytes(StandardCharsets.UTF_8));
      }
      JsonNode refused = wire.hear();
      assertThat(refused.path("id").asInt()).isEqualTo(CAP + 1);
      assertThat(refused.path("error").path("data").path("role").asString()).isEqualTo("outbound");
      assertThat(refused.path("error").path("data").path("limit").asInt()).isEqualTo(CAP);
      released.countDown();
      for (int i = 1; i <= CAP; i++) {
        assertThat(wire.hear().path("result").isMissingNode()).isFalse();
      }
    }
  }
}
