package dev.plumbline.server.control.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.observe.Pseudonym;
import dev.plumbline.server.support.ControlClient;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatingTest {
  private final TestServer server = new TestServer(UnaryOperator.identity(), 4);
  private final ControlClient client = server.controlClient();

  @AfterEach
  void stop() {
    server.close();
  }

  private static String code(Response response) {
    return response.json().path("error").path("code").asString();
  }

  private static String call(String id, String tool, String arguments) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\"tools/call\",\"params\":{\"name\":\""
        + tool
        + "\",\"arguments\":"
        + arguments
        + "}}";
  }

  private String over(Response acknowledged) {
    String operation = acknowledged.json().path("operation").asString();
    await().until(() -> client.get("/operations/" + operation).json().path("over").asBoolean());
    return client.get("/operations/" + operation).json().path("state").asString();
  }

  @Test
  void drainsASessionWhoseRequestFinishesAndRefusesNewOnes() throws IOException {
    String header = server.session();
    String id = header.substring("MCP-Session-Id: ".length());
    try (RawConnection busy = new RawConnection(server.port())) {
      busy.send(Requests.post(call("7", "pause", "{\"millis\":1500}"), header));
      await().until(() -> server.core().sessions().peek(id).orElseThrow().inFlight().count() == 1);
      Response drain = client.ask("POST", "/sessions/" + id + "/drain", "{\"timeout\":\"10s\"}");
      assertThat(drain.status()).isEqualTo(202);
      assertThat(drain.json().path("state").asString()).isEqualTo("draining");
      assertThat(drain.headers()).containsKey("server-timing");
      Response refused = server.post(call("8", "echo", "{\"text\":\"x\"}"), header);
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body()).contains("paused: it takes no new request");
      assertThat(busy.read().json().path("result").isObject()).isTrue();
      assertThat(over(drain)).isEqualTo("drained");
    }
    assertThat(server.post(call("9", "echo", "{\"text\":\"x\"}"), header).status()).isEqualTo(404);
    assertThat(code(client.ask("POST", "/sessions/" + id + "/drain", "")))
        .isEqualTo("unknown_session");
  }

  @Test
  void aDrainThatTakesTooLongEndsTheSessionAnyway() throws IOException {
    String header = server.session();
    String id = header.substring("MCP-Session-Id: ".length());
    try (RawConnection busy = new RawConnection(server.port())) {
      busy.send(Requests.post(call("7", "pause", "{\"millis\":10000}"), header));
      await().until(() -> server.core().sessions().peek(id).orElseThrow().inFlight().count() == 1);
      Response drain =
          client.ask("POST", "/sessions/" + Pseudonym.of(id) + "/drain", "{\"timeout\":\"50ms\"}");
      assertThat(drain.status()).isEqualTo(202);
      assertThat(over(drain)).isEqualTo("timed out");
      assertThat(server.core().sessions().count()).isZero();
    }
  }

  @Test
  void aSessionInItsHandshakeCannotBeDrained() {
    Response opened = server.post(Requests.initialize("2025-11-25"));
    String id = opened.headers().get("mcp-session-id");
    Response drain = client.ask("POST", "/sessions/" + id + "/drain", "");
    assertThat(drain.status()).isEqualTo(409);
    assertThat(drain.json().path("state").asString()).isEqualTo("initializing");
  }

  @Test
  void drainAndCancelOfWhatIsNotThereAre404() {
    assertThat(code(client.ask("POST", "/sessions/none/drain", ""))).isEqualTo("unknown_session");
    assertThat(client.ask("POST", "/sessions/none/drain", "").status()).isEqualTo(404);
    assertThat(code(client.ask("POST", "/tasks/none/cancel", ""))).isEqualTo("unknown_task");
    assertThat(client.ask("POST", "/tasks/0123456789ab/cancel", "").status()).isEqualTo(404);
    assertThat(code(client.ask("POST", "/breakers/none", "{\"state\":\"open\"}")))
        .isEqualTo("unknown_breaker");
    assertThat(code(client.get("/components/none/health"))).isEqualTo("unknown_component");
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/sessions/x/drain,{\"timeout\":5}",
    "POST,/sessions/x/drain,{\"timeout\":\"soon\"}",
    "POST,/sessions/x/drain,{\"timeout\":\"1h\"}",
    "POST,/sessions/x/drain,nonsense",
    "POST,/tasks/x/cancel,{\"reason\":5}",
    "POST,/tasks/x/cancel,[]",
    "POST,/breakers/x,{}",
    "POST,/breakers/x,{\"state\":\"ajar\"}",
    "PUT,/queues/transport,{\"limit\":-1}",
    "PUT,/queues/transport,{\"limit\":1.5}",
    "PUT,/queues/transport,{\"limit\":\"5\"}",
    "PUT,/queues/transport,{}",
    "PUT,/switches/queueLimits,{\"on\":1}",
    "GET,/components/server/health?kind=none,",
    "GET,/events?every=1ms,",
    "GET,/events?every=1h,",
    "GET,/events?every=soon,"
  })
  void whatMakesNoSenseIs400(String method, String path, String body) {
    Response response = client.ask(method, path, body == null ? "" : body);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.json().path("error").path("message").asString()).isNotEmpty();
  }

  @Test
  void changesTheLimitOfAQueueAndRefusesOneBelowItsDepth() throws IOException {
    Response changed = client.ask("PUT", "/queues/transport", "{\"limit\":2}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(server.core().runner().permits().cap()).isEqualTo(2);
    String header = server.session();
    try (RawConnection busy = new RawConnection(server.port())) {
      busy.send(Requests.post(call("7", "pause", "{\"millis\":10000}"), header));
      await().until(() -> server.core().runner().permits().held() == 1);
      Response below = client.ask("PUT", "/queues/transport", "{\"limit\":0}");
      assertThat(below.status()).isEqualTo(409);
      assertThat(below.body()).contains("1 are held");
      assertThat(
              server
                  .core()
                  .context()
                  .telemetry()
                  .events()
                  .recent(1)
                  .getFirst()
                  .facts()
                  .get("reason"))
          .contains("1 are held");
      String small = "queues: {caps: {transport: 0}}";
      Response dry = client.ask("POST", "/config/dry-run", small);
      assertThat(dry.json().path("accepted").asBoolean()).isFalse();
      assertThat(dry.json().path("refused").asString())
          .isEqualTo(
              client
                  .ask("POST", "/config/reload", small)
                  .json()
                  .path("error")
                  .path("message")
                  .asString());
      assertThat(server.core().runner().permits().cap()).isEqualTo(2);
    }
    assertThat(code(client.ask("PUT", "/queues/nobody", "{\"limit\":2}")))
        .isEqualTo("unknown_role");
    assertThat(client.ask("POST", "/config/rollback", "").status()).isEqualTo(200);
    assertThat(server.core().runner().permits().cap()).isEqualTo(4);
    assertThat(client.ask("POST", "/config/rollback", "").status()).isEqualTo(409);
  }

  @Test
  void looksAtSettingsTriesThemAndTakesThem() {
    assertThat(
            client
                .ask("POST", "/config/validate", "rate: {burst: 7}")
                .json()
                .path("valid")
                .asBoolean())
        .isTrue();
    Response bad = client.ask("POST", "/config/validate", "rate: {burst: no}");
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.json().path("problems").get(0).path("path").asString()).isEqualTo("rate.burst");
    Response dry = client.ask("POST", "/config/dry-run", "rate: {burst: 7}\nmonitors: {check: 2s}");
    assertThat(dry.json().path("restart").asBoolean()).isTrue();
    assertThat(dry.json().path("changes").toString())
        .contains("{\"path\":\"rate.burst\",\"old\":\"1000\",\"new\":\"7\",\"restart\":false}");
    Response whole = client.ask("POST", "/config/reload", "rate: {burst: 7}\ndomains: {count: 2}");
    assertThat(whole.status()).isEqualTo(409);
    assertThat(whole.json().path("paths").toString()).isEqualTo("[\"domains.count\"]");
    assertThat(client.get("/config").json().path("version").path("number").asInt()).isEqualTo(1);
    Response reload =
        client.ask("POST", "/config/reload", "rate: {burst: 7}\nqueues: {caps: {transport: 4}}");
    assertThat(reload.status()).as(reload.body()).isEqualTo(200);
    assertThat(dry.json().path("accepted").asBoolean()).isFalse();
    assertThat(dry.json().path("refused").asString()).startsWith("needs a restart: monitors.check");
    assertThat(server.core().context().config().get().rate().burst()).isEqualTo(7);
    assertThat(client.get("/config").json().path("version").path("number").asInt()).isEqualTo(2);
  }

  @Test
  void looksAtTheQueuesWhenAsked() {
    assertThat(client.ask("PUT", "/queues/task_worker", "{\"limit\":0}").status()).isEqualTo(200);
    Response checked = client.ask("POST", "/overload/check", "");
    assertThat(checked.status()).isEqualTo(200);
    assertThat(checked.json().path("overloaded").get(0).path("role").asString())
        .isEqualTo("task_worker");
    assertThat(checked.json().path("overloaded").get(0).path("status").asString())
        .isEqualTo("full");
    assertThat(client.get("/breakers/role:task_worker").json().path("state").asString())
        .isNotEqualTo("closed");
    client.ask("PUT", "/switches/overloadMonitor", "{\"on\":false}");
    Response off = client.ask("POST", "/overload/check", "");
    assertThat(off.status()).isEqualTo(409);
    assertThat(code(off)).isEqualTo("switched_off");
  }

  @Test
  void opensAndClosesTheBreakerOfARole() {
    Response open = client.ask("POST", "/breakers/role:tool_executor", "{\"state\":\"open\"}");
    assertThat(open.status()).isEqualTo(200);
    assertThat(open.json().path("state").asString()).startsWith("forced");
    Response closed = client.ask("POST", "/breakers/role:tool_executor", "{\"state\":\"closed\"}");
    assertThat(closed.json().path("state").asString()).isEqualTo("closed");
  }

  @Test
  void showsSectionsMetricsAndComponents() {
    String[] names = {"config", "control", "operations", "queues", "breakers"};
    assertThat(client.get("/sections").body()).contains(names);
    for (String name : names) {
      assertThat(client.get("/" + name).status()).as(name).isEqualTo(200);
    }
    Response metrics = client.get("/metrics");
    assertThat(metrics.headers().get("content-type")).startsWith("text/plain");
    assertThat(metrics.body()).contains("plumbline_control_messages_total{type=\"health\"}");
    assertThat(
            client
                .get("/components/server/health?kind=readiness")
                .json()
                .path("healthy")
                .asBoolean())
        .isTrue();
    assertThat(client.get("/notices").body()).startsWith("[");
    assertThat(client.get("/control").json().path("by_type").size()).isEqualTo(4);
  }

  @Test
  void streamsSnapshotsAndNotices() throws IOException {
    try (RawConnection stream = new RawConnection(client.port())) {
      stream.send(
          ControlClient.request(
              "GET",
              "/events?sections=control&every=100ms",
              "",
              "Host: localhost",
              "Authorization: Bearer " + client.token()));
      assertThat(stream.readHead().headers()).containsEntry("content-type", "text/event-stream");
      assertThat(next(stream, "snapshot")).contains("\"sections\":{\"control\":{");
      client.ask("PUT", "/switches/overloadMonitor", "{\"on\":false}");
      assertThat(next(stream, "notice")).contains("the settings have changed");
      assertThat(next(stream, "snapshot")).contains("total_delivered");
    }
  }

  @Test
  @Timeout(30)
  void streamsEndWithTheControlPlane() throws IOException {
    try (RawConnection often = new RawConnection(client.port());
        RawConnection seldom = new RawConnection(client.port())) {
      for (RawConnection stream : java.util.List.of(often, seldom)) {
        stream.send(
            ControlClient.request(
                "GET",
                "/events?every=" + (stream == often ? "100ms" : "1m"),
                "",
                "Host: localhost",
                "Authorization: Bearer " + client.token()));
        assertThat(stream.readHead().status()).isEqualTo(200);
      }
      assertThat(next(often, "snapshot")).contains("sections");
      client.ask("PUT", "/switches/controlPlane", "{\"on\":false}");
      for (RawConnection stream : java.util.List.of(often, seldom)) {
        String rest = new String(stream.bytes(1_000_000), StandardCharsets.UTF_8);
        assertThat(rest).as("a whole answer").endsWith("0\r\n\r\n");
      }
      assertThat(client.get("/events").status()).isEqualTo(503);
    }
  }

  @Test
  void aStreamOfASectionThatDoesNotExistIsRefusedByName() {
    for (String sections : java.util.List.of("nosuch", "control,nosuch")) {
      Response refused = client.get("/events?sections=" + sections);
      assertThat(refused.status()).isEqualTo(404);
      assertThat(code(refused)).isEqualTo("unknown_section");
      assertThat(refused.body()).contains("there are ", "control, ", "queues");
    }
  }

  private static String next(RawConnection stream, String event) throws IOException {
    String line = stream.chunkLine();
    while (!line.equals("event: " + event)) {
      line = stream.chunkLine();
    }
    return stream.chunkLine();
  }

  @Test
  void theNumberOfStreamsIsBounded() throws IOException {
    java.util.List<RawConnection> streams = new java.util.ArrayList<>();
    String request =
        ControlClient.request(
            "GET", "/events", "", "Host: localhost", "Authorization: Bearer " + client.token());
    try {
      for (int i = 0; i < Events.MAX_STREAMS; i++) {
        RawConnection stream = new RawConnection(client.port());
        streams.add(stream);
        assertThat(stream.send(request).readHead().status()).isEqualTo(200);
      }
      assertThat(client.get("/events").status()).isEqualTo(429);
      streams.removeFirst().close();
      await()
          .until(
              () -> {
                try (RawConnection again = new RawConnection(client.port())) {
                  return again.send(request).readHead().status() == 200;
                }
              });
    } finally {
      for (RawConnection stream : streams) {
        stream.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"overloadMonitor", "queueLimits"})
  void turnsSwitches(String name) {
    assertThat(client.ask("PUT", "/switches/" + name, "{\"on\":false}").status()).isEqualTo(200);
    assertThat(client.get("/config").body())
        .contains("\"switches." + name + "\",\"value\":\"false\"");
    assertThat(code(client.ask("PUT", "/switches/nothing", "{\"on\":false}")))
        .isEqualTo("unknown_switch");
  }
}
