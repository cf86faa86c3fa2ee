package dev.plumbline.server.era;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.feature.LogLevel;
import dev.plumbline.server.observe.trace.Trace;
import dev.plumbline.server.support.InProcess;
import dev.plumbline.server.support.InProcess.Exchange;
import dev.plumbline.server.support.Modern;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a request of the stateless era says on its own stream, and what it is told. */
class StatelessContextTest {
  private static final String LEVEL = "io.modelcontextprotocol/logLevel";
  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01";

  private final CountDownLatch never = new CountDownLatch(1);
  private final CountDownLatch begun = new CountDownLatch(1);
  private final InProcess server =
      new InProcess(
          McpServer.named("context", "1")
              .tool(
                  "log",
                  "Logs at every level.",
                  (_, call) -> {
                    for (LogLevel level : LogLevel.values()) {
                      call.log(level, level.wire());
                    }
                    return "done";
                  })
              .tool(
                  "progress",
                  "Reports progress.",
                  (_, call) -> {
                    for (double done : new double[] {1, 2, 2, 1, 3}) {
                      call.progress(done, 3);
                    }
                    return "done";
                  })
              .tool(
                  "trace",
                  "Names its trace.",
                  (_, call) -> call.context().trace().map(Trace::traceId).orElse("none"))
              .tool(
                  "wait",
                  "Waits.",
                  (_, call) -> {
                    begun.countDown();
                    never.await();
                    return "never";
                  })
              .resource("x:a", "a", "text/plain", "x"));

  @AfterEach
  void stop() {
    server.close();
  }

  private static List<String> said(Exchange exchange, String method) {
    assertThat(exchange.result().at("/content/0/text").asString()).isEqualTo("done");
    assertThat(exchange.rest())
        .allMatch(event -> event.path("method").asString().equals(method) && !event.has("id"));
    return exchange.rest().stream()
        .map(event -> event.path("params").path("level").asString(""))
        .toList();
  }

  @Test
  void logsNothingUnlessAsked() {
    assertThat(said(Modern.call("log", "").to(server), "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"debug,8", "info,7", "warning,5", "error,4", "emergency,1"})
  void logsFromTheLevelThatWasAskedFor(String level, int expected) {
    List<String> levels =
        said(
            Modern.call("log", "").meta(LEVEL, "'" + level + "'").to(server),
            "notifications/message");
    assertThat(levels).hasSize(expected).startsWith(level).endsWith("emergency");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'loud'", "'INFO'", "7", "null", "''"})
  void refusesALevelThatIsNone(String level) {
    Exchange exchange = Modern.call("log", "").meta(LEVEL, level).to(server);
    assertThat(exchange.errorCode()).isEqualTo(-32602);
    assertThat(exchange.answer().status()).isEqualTo(400);
  }

  @Test
  void oneRequestsLevelIsNotAnothers() {
    Exchange loud = server.duplex(Modern.call("log", "").id("1").meta(LEVEL, "'debug'").json());
    Exchange quiet = server.duplex(Modern.call("log", "").id("2").json());
    assertThat(said(loud, "notifications/message")).hasSize(8);
    assertThat(said(quiet, "")).isEmpty();
  }

  @Test
  void reportsProgressThatGrowsAndOnlyWithAToken() {
    Exchange with = Modern.call("progress", "").meta("progressToken", "'p'").to(server);
    said(with, "notifications/progress");
    assertThat(with.rest().stream().map(event -> event.at("/params/progress").asInt()))
        .containsExactly(1, 2, 3);
    assertThat(with.rest())
        .allMatch(event -> event.at("/params/progressToken").asString().equals("p"));
    assertThat(said(Modern.call("progress", "").to(server), "")).isEmpty();
    assertThat(said(Modern.call("progress", "").meta("progressToken", "1.5").to(server), ""))
        .isEmpty();
  }

  @Test
  void hearsOfItsTraceAndServesWithoutOne() {
    assertThat(trace(Modern.call("trace", "").meta("traceparent", "'" + PARENT + "'")))
        .isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(trace(Modern.call("trace", "").meta("traceparent", "'bogus'"))).isEqualTo("none");
    assertThat(trace(Modern.call("trace", "").meta("baggage", "7"))).isEqualTo("none");
  }

  private String trace(Modern request) {
    return request.to(server).result().at("/content/0/text").asString();
  }

  @Test
  void declaresWhatItDoes() {
    JsonNode result = Modern.of("server/discover", "").to(server).result();
    JsonNode capabilities = result.path("capabilities");
    assertThat(capabilities.propertyNames())
        .containsExactly("tools", "resources", "prompts", "completions", "logging", "extensions");
    assertThat(capabilities.at("/tools/listChanged").asBoolean()).isTrue();
    assertThat(capabilities.at("/prompts/listChanged").asBoolean()).isTrue();
    assertThat(capabilities.at("/resources/listChanged").asBoolean()).isTrue();
    assertThat(capabilities.at("/resources/subscribe").asBoolean()).isTrue();
    assertThat(result.path("supportedVersions").path(0).asString()).isEqualTo("2026-07-28");
    assertThat(result.has("instructions")).as("there are none").isFalse();
  }

  @Test
  void whatAReaderIsToldIsItsOwn() {
    JsonNode read = Modern.of("resources/read", "'uri':'x:a'").to(server).result();
    assertThat(read.path("cacheScope").asString()).isEqualTo("private");
    assertThat(read.path("ttlMs").asInt()).isPositive();
    JsonNode retried =
        Modern.of("resources/read", "'uri':'x:a'").with("inputResponses", "{}").to(server).result();
    assertThat(retried.path("ttlMs").asInt(-1)).as("must not be cached").isZero();
  }

  @Test
  void namesTheResourceThatIsNotThere() {
    Exchange exchange = Modern.of("resources/read", "'uri':'x:none'").to(server);
    assertThat(exchange.errorCode()).isEqualTo(-32602);
    assertThat(exchange.json().at("/error/data/uri").asString()).isEqualTo("x:none");
  }

  @Test
  void aCancelledRequestGetsNoAnswer() throws InterruptedException {
    Exchange waiting = server.duplex(Modern.call("wait", "").id("'w'").json());
    begun.await();
    server.inOrder(
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
            + "\"params\":{\"requestId\":\"w\",\"reason\":\"enough\"}}");
    assertThat(waiting.json().isMissingNode()).isTrue();
    assertThat(server.running()).isZero();
  }

  @Test
  void aCancellationCannotOvertakeItsRequest() {
    String request = Modern.call("wait", "").id("'late'").json();
    InProcess.Arrived arrived = server.arrive(request);
    server.inOrder(
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
            + "\"params\":{\"requestId\":\"late\"}}");
    assertThat(arrived.begin().json().isMissingNode()).isTrue();
    arrived.forget();
    assertThat(server.duplex(Modern.call("trace", "").id("'late'").json()).errorCode()).isZero();
  }

  @Test
  void parametersThatCannotHoldMetadataAreABadRequest() {
    Exchange list =
        server.http(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":[]}",
            Modern.of("tools/list", "").headers());
    assertThat(list.errorCode()).isEqualTo(-32602);
    assertThat(list.answer().status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"requestId\":null}", "{\"requestId\":\"unknown\"}"})
  void aCancellationOfNothingIsIgnored(String params) {
    assertThat(
            server.inOrder(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":"
                    + params
                    + "}"))
        .isEmpty();
  }

  @Test
  void anIdIsUsedOnceAtATime() throws InterruptedException {
    Exchange waiting = server.duplex(Modern.call("wait", "").id("7").json());
    begun.await();
    assertThat(server.duplex(Modern.call("trace", "").id("7").json()).errorCode())
        .isEqualTo(-32600);
    waiting.clientLeaves();
    waiting.answer();
    assertThat(server.duplex(Modern.call("trace", "").id("7").json()).errorCode()).isZero();
  }
}
