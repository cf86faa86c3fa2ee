package dev.plumbline.server.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.session.Session;
import dev.plumbline.server.support.MessageWire;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The sections of the innovations document, with its members (R024 to R029). */
class SectionsTest {
  private final TestServer server = new TestServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode section(String name) {
    return server.core().context().telemetry().introspection().read(name).orElseThrow();
  }

  private JsonNode item(String section, String key) {
    return server.core().context().telemetry().introspection().readItem(section, key).orElseThrow();
  }

  private Session only() {
    List<Session> found = new ArrayList<>();
    server.core().sessions().forEach(found::add);
    return found.getFirst();
  }

  @Test
  void statusHasItsMembers() throws IOException {
    server.session();
    try (RawConnection _ = new RawConnection(server.port())) {
      JsonNode status = section("status");

      assertThat(status.propertyNames())
          .containsExactlyInAnyOrder(
              "status", "sessions", "connections", "throughput_msg_per_s", "memory", "last_checks");
      assertThat(status.at("/status").stringValue()).isIn("healthy", "degraded", "critical");
      assertThat(status.at("/sessions/count").intValue()).isEqualTo(1);
      assertThat(status.at("/sessions/active").intValue()).isEqualTo(1);
      assertThat(status.at("/connections/servers").propertyNames()).contains("http");
      assertThat(status.at("/throughput_msg_per_s").isNumber()).isTrue();
      assertThat(status.at("/memory/heap_mb").doubleValue()).isPositive();
      assertThat(status.at("/memory").propertyNames())
          .containsExactlyInAnyOrder("heap_mb", "rss_mb");
    }
  }

  @Test
  void sessionDumpHasItsMembersAndNoIdButTheOneAskedFor() {
    String header = server.session();
    server.post("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"no/such\"}", header);
    Session session = only();

    JsonNode dump = item("sessions", session.id());

    assertThat(dump.propertyNames())
        .containsExactlyInAnyOrder(
            "session_id",
            "state",
            "created_at",
            "last_activity",
            "capabilities",
            "resources",
            "tools",
            "prompts",
            "message_count",
            "error_count",
            "history");
    assertThat(dump.at("/history/0/from").stringValue()).isEqualTo("initializing");
    assertThat(dump.at("/history/0/to").stringValue()).isEqualTo("active");
    assertThat(Instant.parse(dump.at("/history/0/at").stringValue())).isBefore(Instant.now());
    assertThat(dump.get("session_id").stringValue()).isEqualTo(session.id());
    assertThat(dump.get("state").stringValue()).isEqualTo("active");
    assertThat(dump.get("message_count").intValue()).isEqualTo(2);
    assertThat(dump.get("error_count").intValue()).isEqualTo(1);
    assertThat(dump.get("tools").toString()).contains("\"echo\"");
    assertThat(Instant.parse(dump.get("last_activity").stringValue()))
        .isAfterOrEqualTo(Instant.parse(dump.get("created_at").stringValue()).minusMillis(1));
    JsonNode byName = item("sessions", session.pseudonym());
    assertThat(byName.toString()).doesNotContain(session.id());
    assertThat(byName.get("message_count").intValue()).isEqualTo(2);
  }

  @Test
  void listsOfSessionsTellNoId() {
    server.session();
    Session session = only();

    JsonNode list = section("sessions");

    assertThat(list.get("count").intValue()).isEqualTo(1);
    assertThat(list.at("/sessions/0/session").stringValue()).isEqualTo(session.pseudonym());
    assertThat(list.toString()).doesNotContain(session.id());
    assertThat(section("streams").toString()).doesNotContain(session.id());
  }

  @Test
  void looksAtNoSessionThatThereIsNot() {
    Introspection sections = server.core().context().telemetry().introspection();

    assertThat(sections.readItem("sessions", "unknown")).isEmpty();
    assertThat(sections.readItem("sessions", "0123456789ab")).isEmpty();
    assertThat(sections.readItem("tasks", "0123456789ab")).isEmpty();
  }

  @Test
  void streamsHaveTheirMembers() throws Exception {
    server.session();
    Session session = only();
    assertThat(session.streams().forListening()).isPresent();

    JsonNode streams = item("streams", session.id()).get("streams");

    assertThat(streams.get(0).propertyNames())
        .containsExactlyInAnyOrder(
            "stream_id",
            "state",
            "message_count",
            "queue_depth",
            "last_event_at",
            "subscriber_count");
    assertThat(streams.get(0).get("subscriber_count").intValue()).isZero();
    assertThat(streams.get(0).get("stream_id").stringValue()).startsWith(session.pseudonym());
    assertThat(section("streams").get("count").intValue()).isEqualTo(1);
  }

  @Test
  void healthCheckHasItsMembers() {
    server.core().resources().check();

    JsonNode healthy = section("health-check");

    assertThat(healthy.propertyNames()).containsExactlyInAnyOrder("healthy", "checks");
    assertThat(healthy.at("/checks/files").stringValue()).isEqualTo("healthy");
    server
        .core()
        .context()
        .telemetry()
        .health()
        .report("broken", Health.Level.CRITICAL, "does not work");
    assertThat(section("health-check").get("healthy").booleanValue()).isFalse();
    assertThat(section("health-check").at("/checks/broken").stringValue()).isEqualTo("critical");
    assertThat(section("status").get("status").stringValue()).isEqualTo("critical");
  }

  /** R217. */
  @Test
  void domainsHaveTheMembersOfABulkhead() throws Exception {
    server.session();
    assertThat(server.controlClient().ask("PUT", "/queues/session", "{\"limit\":77}").status())
        .isEqualTo(200);
    try (RawConnection _ = new RawConnection(server.port())) {
      await().until(() -> domain("http").path("active_connections").asInt() == 1);
    }
    JsonNode http = domain("http");
    assertThat(http.propertyNames())
        .contains(
            "bulkhead_id",
            "active_connections",
            "max_connections",
            "crashes_in_window",
            "restart_count");
    assertThat(http.get("max_connections").isNull()).as("bound by descriptors only").isTrue();
    JsonNode own = domain(server.core().domains().of(only().id()).name());
    assertThat(own.get("active_connections").intValue()).isEqualTo(1);
    assertThat(own.get("max_connections").intValue()).isEqualTo(77);
    server.core().domains().kill(own.get("bulkhead_id").stringValue());
    await()
        .until(
            () -> domain(own.get("bulkhead_id").stringValue()).get("restart_count").asInt() == 1);
  }

  private JsonNode domain(String name) {
    for (JsonNode domain : section("domains")) {
      if (domain.get("bulkhead_id").stringValue().equals(name)) {
        return domain;
      }
    }
    throw new AssertionError("no domain " + name);
  }

  @Test
  void queuesHaveTheirMembers() {
    JsonNode queue = section("queues").at("/queues/0");

    assertThat(queue.propertyNames()).contains("role", "depth", "limit");
    assertThat(section("queues").path("marks"))
        .extracting(JsonNode::asInt)
        .containsExactly(80, 90, 100);
    assertThat(section("queues").path("watched").asBoolean()).isTrue();
  }

  /** R028: the three that are asked for by name, and those that can say it. */
  @Test
  void queuesTellHowLongTheirOldestHasBeenThere() {
    server.session();
    for (String role : List.of("session", "sse_stream", "task_worker", "task_kept", "transport")) {
      assertThat(item("queues", role).path("oldest_message_age_ms").isIntegralNumber())
          .as(role)
          .isTrue();
    }
    await()
        .untilAsserted(
            () ->
                assertThat(item("queues", "session").path("oldest_message_age_ms").asLong())
                    .isPositive());
    assertThat(item("queues", "sse_stream").path("oldest_message_age_ms").asLong()).isZero();
  }

  @Test
  void streamsOfTheStatelessEraAreShown() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      String params = "\"notifications\":{\"toolsListChanged\":true}";
      connection.send(
          Requests.post(
              Requests.modern("\"listen\"", "subscriptions/listen", params),
              Requests.mirrored("subscriptions/listen", params)));
      connection.readHead();

      JsonNode streams = section("streams");

      assertThat(streams.get("count").intValue()).isEqualTo(1);
      assertThat(streams.at("/streams/0").propertyNames())
          .containsExactlyInAnyOrder(
              "stream_id",
              "state",
              "message_count",
              "queue_depth",
              "last_event_at",
              "subscriber_count");
      assertThat(streams.at("/streams/0/state").stringValue()).isEqualTo("active");
      assertThat(streams.at("/streams/0/subscriber_count").intValue()).isEqualTo(1);
      await()
          .untilAsserted(
              () ->
                  assertThat(item("queues", "sse_stream").path("oldest_message_age_ms").asLong())
                      .isPositive());
    }
    await().until(() -> section("streams").get("count").intValue() == 0);
  }

  @Test
  void everyConnectionIsCountedByWhatItCarries() throws IOException {
    try (TestServer all = TestServer.onEveryWire();
        MessageWire _ = MessageWire.Kind.TCP.connect(all);
        MessageWire socket = MessageWire.Kind.WEB_SOCKET.connect(all);
        MessageWire line = MessageWire.Kind.STDIO.connect(all)) {
      for (MessageWire wire : List.of(socket, line)) {
        wire.send(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(wire.hear().has("result")).isTrue();
      }
      JsonNode connections =
          all.core()
              .context()
              .telemetry()
              .introspection()
              .read("status")
              .orElseThrow()
              .path("connections");

      assertThat(connections.path("servers").toString())
          .isEqualTo("{\"http\":0,\"stdio\":1,\"tcp\":1,\"websocket\":1}");
      assertThat(connections.path("count").intValue()).isEqualTo(3);
      socket.close();
      await()
          .untilAsserted(
              () ->
                  assertThat(all.core().doorway().wires().byListener())
                      .containsEntry("websocket", 0)
                      .containsEntry("http", 0));
    }
  }

  @Test
  void countsConnectionsAndBytes() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(Requests.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}")).read();

      assertThat(section("status").at("/connections/servers/http").intValue()).isPositive();
    }
  }
}
