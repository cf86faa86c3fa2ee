package dev.plumbline.server.observe.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class OtlpTest {
  private static final IncomingRequest PING =
      new IncomingRequest(
          "ping", Optional.of("1"), Optional.empty(), Optional.empty(), true, 1_000_000_000L);

  /** What a collector was sent. */
  private record Posted(String path, String type, String key, String body) {}

  private static List<Posted> collect(CollectorUse use) throws IOException {
    List<Posted> posted = new CopyOnWriteArrayList<>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          posted.add(
              new Posted(
                  exchange.getRequestURI().getPath(),
                  exchange.getRequestHeaders().getFirst("Content-Type"),
                  exchange.getRequestHeaders().getFirst("api-key"),
                  new String(
                      exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1)));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    try {
      use.with("http://127.0.0.1:" + collector.getAddress().getPort());
    } finally {
      collector.stop(0);
    }
    return posted;
  }

  private interface CollectorUse {
    void with(String url);
  }

  @Test
  void sendsSpansToTheCollectorThatTheEnvironmentNames() throws IOException {
    List<Posted> posted =
        collect(
            url -> {
              Map<String, String> environment =
                  Map.of(
                      "OTEL_EXPORTER_OTLP_ENDPOINT", url,
                      "OTEL_EXPORTER_OTLP_HEADERS", "api-key=a%20key",
                      "OTEL_SERVICE_NAME", "named-here");
              try (Tracing tracing = Otlp.of(environment, "default")) {
                tracing.serving(PING).close();
              }
            });

    assertThat(posted).hasSize(1);
    Posted message = posted.getFirst();
    assertThat(message.path()).isEqualTo("/v1/traces");
    assertThat(message.type()).isEqualTo("application/x-protobuf");
    assertThat(message.key()).isEqualTo("a key");
    // Protocol buffers carry text as it is.
    assertThat(message.body()).contains("ping", "mcp.method.name", "named-here");
  }

  @Test
  void theSettingsNameTheCollectorOrTheEnvironmentDoes() {
    try (Tracing named = Otlp.of(Map.of(), "http://127.0.0.1:1", "x")) {
      assertThat(named.on()).isTrue();
    }
    Map<String, String> environment = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1");
    try (Tracing named = Otlp.of(environment, "environment", "x")) {
      assertThat(named.on()).isTrue();
    }
    assertThat(Otlp.of(environment, "off", "x").on()).isFalse();
    assertThat(Otlp.of(Map.of(), "environment", "x").on()).isFalse();
    assertThat(Otlp.of(Map.of("OTEL_SDK_DISABLED", "true"), "http://127.0.0.1:1", "x").on())
        .isFalse();
  }

  @Test
  void isOffWithoutACollector() {
    assertThat(Otlp.of(Map.of(), "x").on()).isFalse();
    assertThat(
            Otlp.of(
                    Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1",
                        "OTEL_SDK_DISABLED", "true"),
                    "x")
                .on())
        .isFalse();
  }

  @Test
  void neverWaitsForACollectorThatIsNotThere() {
    Tracing tracing =
        Otlp.of(Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:1/x"), "x");
    for (int i = 0; i < 2 * Sdk.MAX_WAITING; i++) {
      tracing.serving(PING).close();
    }
    tracing.close();

    assertThat(tracing.on()).isTrue();
  }

  @Test
  void refusesWhatItCannotFollowInOneLine() {
    Map<String, String> wrong =
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317",
            "OTEL_TRACES_SAMPLER_ARG", "2",
            "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc",
            "OTEL_EXPORTER_OTLP_HEADERS", "no-equals");
    wrong.forEach(
        (name, value) ->
            assertThatThrownBy(
                    () ->
                        Otlp.of(
                            name.endsWith("ENDPOINT")
                                ? Map.of(name, value)
                                : Map.of(
                                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                                    "http://127.0.0.1:1",
                                    name,
                                    value),
                            "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageNotContaining("\n"));
  }

  @Test
  void doesNothingWhenOff() {
    assertThat(Tracing.off().serving(PING)).isSameAs(RequestSpan.NONE);
    assertThat(Spans.tool("tools/call", "echo")).isSameAs(RequestSpan.NONE);
    assertThat(Spans.inside("store.read")).isSameAs(RequestSpan.NONE);
  }
}
