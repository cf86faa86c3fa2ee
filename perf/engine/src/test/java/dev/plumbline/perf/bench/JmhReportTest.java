package dev.plumbline.perf.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.bench.BenchmarkTable.Row;
import org.junit.jupiter.api.Test;

final class JmhReportTest {
  private static final String REPORT =
      """
      [{"benchmark":"dev.plumbline.server.bench.CodecBenchmark.decode","params":{"size":"4"},
      "primaryMetric":{"scoreUnit":"ns/op","rawData":[[12.5,11.5,13.0]]},
      "secondaryMetrics":{"gc.alloc.rate.norm":{"rawData":[[2400.0,2312.5]]}}},
      {"benchmark":"dev.plumbline.server.bench.CodecBenchmark.encode",
      "primaryMetric":{"scoreUnit":"ns/op","rawData":[[1.0]]},"secondaryMetrics":{}}]""";

  @Test
  void bytesAndTheBestTimeAreReadByBenchmarkAndParameters() throws Exception {
    assertThat(JmhReport.rows(Json.parse(REPORT)))
        .containsExactly(new Row("CodecBenchmark.decode size=4", 2_312.5, 11.5, 3));
  }

  @Test
  void aTimeOfAnotherUnitIsRefused() {
    assertThatThrownBy(() -> JmhReport.rows(Json.parse(REPORT.replace("ns/op", "us/op"))))
        .hasMessage("CodecBenchmark.decode size=4 is measured in us/op");
  }
}
