package dev.plumbline.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.support.TestServer;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a scraper gets, read back as Prometheus reads it. */
class MetricsTest {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{.*\\})? (NaN|[+-]?(Inf|[0-9.eE+-]+))");
  private static final int MAX_SERIES = 2_000;

  private final TestServer server = new TestServer();

  @BeforeEach
  void talk() {
    String session = server.session();
    server.post("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}", session);
    server.post("{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"made/up\"}", session);
    server.modern("tools/call", "\"name\":\"echo\",\"arguments\":{\"text\":\"hi\"}");
    server.post("{");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private List<String> scrape() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create()
          .write(out, server.core().context().telemetry().metrics().scrape());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private Map<String, Double> samples() {
    Map<String, Double> samples = new LinkedHashMap<>();
    for (String line : scrape()) {
      if (!line.startsWith("#")) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        String labels = sample.group(2) == null ? "" : sample.group(2);
        samples.put(sample.group(1) + labels, Double.valueOf(sample.group(3)));
      }
    }
    return samples;
  }

  private static @Nullable Double requests(
      Map<String, Double> samples, String method, String outcome) {
    return samples.get(
        "plumbline_requests_total{method=\"%s\",outcome=\"%s\"}".formatted(method, outcome));
  }

  @Test
  void countsRequestsByMethodAndOutcome() {
    Map<String, Double> samples = samples();

    assertThat(requests(samples, "initialize", "ok")).isEqualTo(1);
    assertThat(requests(samples, "tools/list", "ok")).isEqualTo(1);
    assertThat(requests(samples, "tools/call", "ok")).isEqualTo(1);
    assertThat(requests(samples, "other", "client_error")).isEqualTo(2);
    assertThat(samples.get("plumbline_messages_total")).isEqualTo(6);
    assertThat(samples.get("plumbline_request_duration_seconds_count{method=\"tools/call\"}"))
        .isEqualTo(1);
  }

  @Test
  void showsTheProcess() {
    Map<String, Double> samples = samples();

    assertThat(samples.get("plumbline_heap_used_bytes")).isPositive();
    assertThat(samples.get("plumbline_open_fds")).isPositive();
    assertThat(samples.get("plumbline_takes_connections")).isEqualTo(1.0);
  }

  @Test
  void explainsEveryMetricAndNamesItAsPrometheusAsks() {
    Map<String, String> help = new TreeMap<>();
    Map<String, String> type = new TreeMap<>();
    for (String line : scrape()) {
      String[] words = line.split(" ", 4);
      if (line.startsWith("# HELP ")) {
        help.put(words[2], words[3]);
      } else if (line.startsWith("# TYPE ")) {
        type.put(words[2], words[3]);
      }
    }

    assertThat(type).isNotEmpty();
    type.forEach(
        (name, kind) -> {
          assertThat(name).startsWith("plumbline_");
          assertThat(help.get(name)).as(name).isNotBlank().endsWith(".");
          assertThat(name.endsWith("_total")).as(name).isEqualTo(kind.equals("counter"));
        });
  }

  @Test
  void keepsTheNumberOfSeriesSmallWhateverPeersSend() {
    int before = samples().size();
    for (int i = 0; i < 20; i++) {
      server.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"made/up" + i + "\"}");
    }

    assertThat(samples().size()).isEqualTo(before).isLessThan(MAX_SERIES);
  }
}
