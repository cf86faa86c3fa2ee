package dev.plumbline.perf.judge;

import static dev.plumbline.perf.raw.Attempt.MILLI;
import static dev.plumbline.perf.raw.Attempt.SLO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Verdict;
import dev.plumbline.perf.load.Outcome;
import dev.plumbline.perf.load.SimulatedTarget.Served;
import dev.plumbline.perf.raw.Attempt;
import dev.plumbline.perf.raw.IntervalLog;
import dev.plumbline.perf.raw.Scenario;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LoadVerdictTest {
  private static Judged judged(Scenario... scenarios) {
    return LoadVerdict.of(SLO, List.of(scenarios), List.of("raw/perf/x"));
  }

  private static Measurement measured(Judged judged, String name) {
    return judged.measurements().stream()
        .filter(m -> m.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<Finding> findings(Judged judged) {
    return ((Verdict.Fail) judged.verdict()).findings();
  }

  private static Scenario late(Scenario scenario) {
    Histogram late = IntervalLog.histogram();
    late.recordValueWithCount(400 * MILLI, scenario.seen().due());
    return new Scenario(
        scenario.seen(),
        scenario.latencyLog(),
        scenario.serviceLog(),
        new IntervalLog(List.of(new IntervalLog.Entry("", 0, late))));
  }

  @Test
  void passesWithTheNumberOfRequestsExamined() throws Exception {
    Judged judged = judged(Attempt.steady(2));
    assertThat(judged.verdict()).isEqualTo(new Verdict.Pass(1_000));
    Measurement p99 = measured(judged, "latency p99");
    assertThat(p99.value()).isBetween(1.99, 2.01);
    assertThat(p99.limit()).isEqualTo(50.0);
    assertThat(measured(judged, "latency p999").limit())
        .as("1,000 samples say nothing certain about one in a thousand")
        .isNull();
    assertThat(measured(judged, "failed requests, 95 % upper bound").value())
        .isBetween(0.0029, 0.0031);
  }

  @Test
  void failsAStallThoughTheUncorrectedNumbersLookFine() throws Exception {
    Judged judged = judged(Attempt.stalling());
    assertThat(measured(judged, "service time p99").value()).isLessThan(5);
    assertThat(findings(judged))
        .singleElement()
        .satisfies(f -> assertThat(f.actual()).contains("latency p99"));
  }

  @Test
  void failsWrongAnswersThoughTheyAreQuick() throws Exception {
    Judged judged =
        judged(Attempt.of(i -> new Served(MILLI, i % 50 == 0 ? Outcome.WRONG_ID : Outcome.OK)));
    assertThat(findings(judged).getFirst().actual())
        .isEqualTo("2 % failed: 20 × an answer with another id");
    assertThat(measured(judged, "failed: an answer with another id").value()).isEqualTo(20);
  }

  @Test
  void neverPassesATargetThatRefusesEverything() throws Exception {
    for (Outcome outcome : Outcome.values()) {
      if (!outcome.isOk() && outcome != Outcome.NOT_STARTED) {
        Judged judged = judged(Attempt.of(i -> new Served(MILLI, outcome)));
        assertThat(judged.verdict()).as(outcome.name()).isInstanceOf(Verdict.Fail.class);
      }
    }
  }

  @Test
  void neitherPassesNorFailsWhenTheGeneratorWasLate() throws Exception {
    assertThat(judged(late(Attempt.steady(2))).verdict())
        .isInstanceOfSatisfying(
            Verdict.HarnessFault.class, fault -> assertThat(fault.cause()).contains("p99 40"));
    assertThat(judged(late(Attempt.stalling())).verdict()).isInstanceOf(Verdict.HarnessFault.class);
  }

  @Test
  void judgesWhatAHealthyGeneratorSawAfterAVoidAttempt() throws Exception {
    assertThat(judged(late(Attempt.stalling()), Attempt.steady(1)).verdict())
        .isEqualTo(new Verdict.Pass(1_000));
    assertThat(judged(late(Attempt.steady(1)), Attempt.stalling()).verdict())
        .isInstanceOf(Verdict.Fail.class);
  }

  @Test
  void doesNotLetAGoodAttemptHideABadOne() throws Exception {
    assertThat(judged(Attempt.stalling(), Attempt.steady(1)).verdict())
        .isInstanceOf(Verdict.Fail.class);
  }
}
