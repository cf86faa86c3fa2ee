package dev.plumbline.evidence.bundle.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Suite;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReleaseTablesTest {
  @TempDir Path folder;

  @Test
  void quotesWhatWouldBreakALineAndDisarmsFormulas() {
    assertThat(
            new Csv("a", "b", "c", "d")
                .row("x,y", "say \"no\"", "two\nlines", null)
                .row(1.50, 7L, "=1+1", 0.000001)
                .toString())
        .isEqualTo(
            "a,b,c,d\r\n\"x,y\",\"say \"\"no\"\"\",\"two\nlines\",\r\n1.5,7,'=1+1,0.000001\r\n");
    assertThatThrownBy(() -> new Csv("a").row(1, 2)).hasMessageContaining("2 cells");
  }

  @Test
  void haveAFolderForEachSubjectAndOneLineForEachMetric() throws IOException {
    JudgedRun run =
        new JudgedRun(folder)
            .pass(Suite.RELIABILITY, "RC-714", Measurement.atMost("back to normal", 2.5, "s", 5, 9))
            .pass(Suite.CHAOS, "FM-07", Measurement.atMost("recovery time", 900, "ms", 5000, 1));
    Map<String, String> tables = tables(run);
    assertThat(tables.keySet())
        .contains(
            "release.csv",
            "release/performance/metrics.csv",
            "release/reliability/metrics.csv",
            "release/reliability/recovery.csv",
            "release/security/metrics.csv",
            "release/security/owasp.csv",
            "release/compliance/metrics.csv")
        .doesNotContain("release/performance/latency.csv", "release/performance/memory.csv");
    assertThat(tables.get("release.csv"))
        .contains(
            "section,metric,value,unit,relation,target,status,samples,source,title,note\r\n",
            "reliability,FM-07 recovery time,900,ms,at most,5000,met,1,FM-07,what FM-07 asks,\r\n",
            "named,throughput_4kb,,msg/s,at least,95000,not attempted,0,");
    assertThat(tables.get("release/reliability/recovery.csv"))
        .contains("FM-07 recovery time,900,", "RC-714 back to normal,2.5,s,at most,5,met,9,");
  }

  @Test
  void tellLatencyByPercentileFromTheLogs() throws IOException {
    Path attempt = Files.createDirectories(folder.resolve("raw/perf/a-1"));
    Histogram histogram = new Histogram(3);
    histogram.setStartTimeStamp(0);
    histogram.setEndTimeStamp(1000);
    for (int i = 1; i <= 100; i++) {
      histogram.recordValue(i * 1000L);
    }
    try (PrintStream out = new PrintStream(attempt.resolve("latency.hlog").toFile())) {
      new HistogramLogWriter(out).outputIntervalHistogram(histogram);
    }
    List<String> lines =
        table(tables(new JudgedRun(folder)), "release/performance/latency.csv").lines().toList();
    assertThat(lines.getFirst()).isEqualTo("log,tag,percentile,value_ns,count");
    assertThat(lines.get(1)).isEqualTo("perf/a-1/latency.hlog,,0,1000,1");
    assertThat(lines.getLast()).matches("perf/a-1/latency.hlog,,100,100[0-9]{3},100");
  }

  @Test
  void tellWhatAnOverloadLeft() throws IOException {
    Path overload = Files.createDirectories(folder.resolve("raw/reliability/overload-cheap"));
    Files.writeString(
        overload.resolve("gc.log"),
        """
        [0.004s][info][gc] Using Serial
        [3.092s][info][gc] GC(0) Pause Full (Metadata GC Threshold) 140M->10M(486M) 59.832ms
        [16.998s][info][gc] GC(1) Pause Young (Allocation Failure) 215M->28M(486M) 80.564ms
        """);
    Files.writeString(
        overload.resolve("overload.json"),
        """
        {"steps":[{"perSecond":1000.5,"due":2001,"answered":2001,"refused":0,"p99Millis":4.2,"borne":true}],
         "capacity":1000.5,"overload":{"perSecond":2001.0,"series":[{"ANSWERED":900,"REFUSED":1000,"WRONG":1}]}}
        """);
    Map<String, String> tables = tables(new JudgedRun(folder));
    assertThat(tables.get("release/performance/memory.csv"))
        .startsWith("experiment,seconds,kind,before_mib,after_mib,pause_ms\r\n")
        .contains("\r\nreliability/overload-cheap,3.092,Pause Full,140,10,59.832\r\n")
        .endsWith("\r\nreliability/overload-cheap,16.998,Pause Young,215,28,80.564\r\n");
    assertThat(tables.get("release/performance/capacity.csv"))
        .endsWith("reliability/overload-cheap,1,1000.5,2001,2001,0,4.2,true\r\n");
    assertThat(tables.get("release/performance/throughput.csv"))
        .endsWith("reliability/overload-cheap,1,900,1000,1\r\n");
  }

  @Test
  void tellHowTheRegistryGrowsAndThatNoIdWasGivenTwice() throws IOException {
    Path raw = folder.resolve("raw/reliability");
    Files.createDirectories(raw.resolve("registry"));
    Files.createDirectories(raw.resolve("ids"));
    Files.writeString(
        raw.resolve("registry/figures.jsonl"),
        """
        {"sizes":[{"entries":1000,"memoryBytes":181000,"bytesPerEntry":181,"operationsPerSecond":5e6,"lookupSamples":9,"lookupP50Us":0.1,"lookupP99Us":0.5,"lookupP999Us":1.5}]}
        """);
    Files.writeString(
        raw.resolve("ids/figures.jsonl"),
        """
        {"what":"server requests","threads":4,"ids":10000000,"collisions":0,"seconds":2.5}
        {"what":"cut sh""");
    Map<String, String> tables = tables(new JudgedRun(folder));
    assertThat(tables.get("release/performance/scale.csv"))
        .endsWith("\r\n1000,181000,181,5000000,9,0.1,0.5,1.5\r\n");
    assertThat(tables.get("release/reliability/request-ids.csv"))
        .isEqualTo("kind,threads,ids,collisions,seconds\r\nserver requests,4,10000000,0,2.5\r\n");
  }

  private static String table(Map<String, String> tables, String path) {
    return Objects.requireNonNull(tables.get(path));
  }

  private static Map<String, String> tables(JudgedRun run) throws IOException {
    return Tables.of(run.release(), run.folder.raw());
  }
}
