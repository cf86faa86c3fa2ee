package dev.plumbline.perf.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.evidence.model.Verdict;
import dev.plumbline.perf.raw.GatlingReport;
import dev.plumbline.perf.raw.GatlingReport.Row;
import dev.plumbline.perf.raw.JourneyRecord;
import dev.plumbline.perf.slo.Slo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JourneyVerdictTest {
  private static final Slo JOURNEY =
      new Slo(
          "SLO-JOURNEY",
          "Whole sessions succeed in time",
          Slo.Scenario.JOURNEY,
          20,
          5,
          30,
          10,
          10_000,
          Map.of("p50", 50.0, "p95", 250.0, "p99", 500.0),
          0.001,
          1_000);

  private static JourneyRecord ran(int exit) {
    return new JourneyRecord(
        JourneyRecord.SCHEMA, "SLO-JOURNEY", "initialize, DELETE", 20, 5, 30, exit, "last", true);
  }

  private static Verdict judged(int exit, Row... rows) {
    return JourneyVerdict.of(
            JOURNEY, ran(exit), Optional.of(new GatlingReport(List.of(rows))), List.of("raw"))
        .verdict();
  }

  @Test
  void countsWhatWasMeasuredAndNotTheWarmUp() {
    Row warm = new Row("warm-up initialize", 100, 50, 50, 900, 900, 900, 900);
    Row open = new Row("initialize", 600, 600, 0, 10, 20, 30, 40);
    Row end = new Row("delete", 600, 600, 0, 1, 2, 3, 4);
    assertThat(judged(0, warm, open, end)).isEqualTo(new Verdict.Pass(1_200));
  }

  @Test
  void failsAStepThatIsSlowOrFails() {
    Row slow = new Row("initialize", 600, 600, 0, 10, 20, 800, 900);
    Row failing = new Row("tools/call", 600, 590, 10, 1, 2, 3, 4);
    assertThat(judged(2, slow, failing))
        .isInstanceOfSatisfying(
            Verdict.Fail.class,
            fail -> {
              assertThat(fail.findings()).hasSize(2);
              assertThat(fail.findings().get(0).actual()).isEqualTo("10 of 600 tools/call");
              assertThat(fail.findings().get(1).actual()).isEqualTo("initialize p99 800 ms");
              assertThat(fail.findings().get(1).expected())
                  .isEqualTo("initialize p99 at most 500 ms");
            });
  }

  @Test
  void blamesGatlingForWhatGatlingDidNotDo() {
    Row few = new Row("initialize", 300, 300, 0, 1, 2, 3, 4);
    assertThat(judged(0, few))
        .isEqualTo(new Verdict.HarnessFault("Gatling began 300 of 600 sessions: run again"));
    assertThat(JourneyVerdict.of(JOURNEY, ran(1), Optional.empty(), List.of()).verdict())
        .isEqualTo(new Verdict.HarnessFault("Gatling ended with 1: last"));
    assertThat(
            JourneyVerdict.of(JOURNEY, ran(JourneyRecord.TOO_LONG), Optional.empty(), List.of())
                .verdict())
        .isEqualTo(new Verdict.HarnessFault("Gatling took too long: last"));
  }

  @Test
  void failsWhenGatlingsOwnAssertionsFailed() {
    Row open = new Row("initialize", 600, 600, 0, 10, 20, 30, 40);
    assertThat(judged(JourneyRecord.ASSERTIONS_FAILED, open)).isInstanceOf(Verdict.Fail.class);
  }

  @Test
  void neverPassesWhenEveryRequestFailed() {
    Row open = new Row("initialize", 600, 0, 600, 1, 2, 3, 4);
    assertThat(judged(2, open)).isInstanceOf(Verdict.Fail.class);
  }
}
