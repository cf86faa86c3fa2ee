package dev.plumbline.perf.raw;

import static dev.plumbline.perf.raw.Attempt.MILLI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.perf.load.Outcome;
import dev.plumbline.perf.load.SimulatedTarget.Served;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioTest {
  @TempDir Path folder;

  @Test
  void leavesTheWarmUpOut() throws Exception {
    Scenario scenario = Attempt.of(i -> new Served(i < 100 ? 9 * MILLI : MILLI, Outcome.OK));
    assertThat(scenario.seen().warmUp()).isEqualTo(100);
    assertThat(scenario.seen().due()).isEqualTo(1_000);
    assertThat(scenario.latency().getTotalCount()).isEqualTo(1_000);
    assertThat(scenario.latency().getMaxValue()).isLessThan(2 * MILLI);
  }

  @Test
  void addsUpWhateverHappens() throws Exception {
    Outcome[] all = Outcome.values();
    Scenario scenario =
        Attempt.of(i -> new Served(i == 500 ? 3_000 * MILLI : MILLI, all[i % (all.length - 1)]));
    ScenarioRecord seen = scenario.seen();
    assertThat(seen.outcomes().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(seen.due());
    assertThat(seen.notStarted()).isPositive();
    assertThat(seen.ok() + seen.failed()).isEqualTo(seen.due());
    assertThat(scenario.serviceLog().samples()).isEqualTo(seen.due() - seen.notStarted());
    assertThat(scenario.latencyLog().samples()).isEqualTo(seen.due());
    assertThat(seen.failures()).hasSize(20).allMatch(f -> f.atMillis() >= 0);
  }

  @Test
  void showsAStallInTheCorrectedNumbersAndNotInTheUncorrectedOnes() throws Exception {
    Scenario scenario = Attempt.stalling();
    long corrected = scenario.latency().getValueAtPercentile(99);
    long uncorrected = scenario.service().getValueAtPercentile(99);
    assertThat(uncorrected).isLessThan(2 * MILLI);
    assertThat(corrected).isGreaterThan(800 * MILLI);
    assertThat(scenario.lateness().getMaxValue()).isLessThan(2 * IntervalLog.LOWEST_NANOS);
    assertThat(scenario.seen().waited()).isGreaterThan(90);
  }

  @Test
  void placesAStallWhereItWas() throws Exception {
    List<Histogram> intervals = Attempt.stalling().latencyByInterval();
    long millis = Attempt.stalling().seen().intervalMillis();
    assertThat(intervals).hasSize((int) Math.ceil(10_000.0 / millis));
    for (int i = 0; i < intervals.size(); i++) {
      long from = i * millis;
      assertThat(intervals.get(i).getMaxValue() > 20 * MILLI)
          .as("interval from %s ms is slow", from)
          .isEqualTo(from >= 5_000 && from <= 6_000);
    }
  }

  @Test
  void countsFailuresAtTheDeadlineSoThatFailingFastIsNeverQuick() throws Exception {
    Scenario scenario =
        Attempt.of(i -> new Served(MILLI, i % 10 == 0 ? Outcome.CONNECT_FAILED : Outcome.OK));
    assertThat(scenario.seen().failed()).isEqualTo(100);
    assertThat(scenario.latency().getTotalCount()).isEqualTo(1_000);
    assertThat(scenario.latency().getValueAtPercentile(95)).isGreaterThan(1_990 * MILLI);
    assertThat(scenario.latency().getValueAtPercentile(85)).isLessThan(2 * MILLI);
  }

  @Test
  void readsWhatItWrote() throws Exception {
    Scenario written = Attempt.stalling();
    written.write(folder);
    Scenario read = Scenario.read(folder);
    assertThat(read.seen()).isEqualTo(written.seen());
    assertThat(read.latency()).isEqualTo(written.latency());
    assertThat(read.service()).isEqualTo(written.service());
    assertThat(read.lateness()).isEqualTo(written.lateness());
    assertThat(read.latencyByInterval()).isEqualTo(written.latencyByInterval());
  }

  @ParameterizedTest
  @ValueSource(strings = {Scenario.RECORD, Scenario.LATENCY, Scenario.SERVICE, Scenario.LATENESS})
  void refusesAnyFileThatWasCutShort(String name) throws Exception {
    Attempt.stalling().write(folder);
    Path file = folder.resolve(name);
    byte[] whole = Files.readAllBytes(file);
    for (int share = 0; share < 20; share++) {
      int length = whole.length * share / 20;
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Scenario.read(folder))
          .as("%s cut to %s bytes", name, length)
          .isInstanceOf(IOException.class)
          .hasMessageContaining(name);
    }
    Files.delete(file);
    assertThatThrownBy(() -> Scenario.read(folder)).hasMessageContaining(name + " is missing");
  }

  @Test
  void refusesALineTakenOutOfALog() throws Exception {
    Attempt.stalling().write(folder);
    Path file = folder.resolve(Scenario.LATENCY);
    List<String> lines = new java.util.ArrayList<>(Files.readAllLines(file));
    lines.remove(lines.size() - 3);
    Files.write(file, lines);
    assertThatThrownBy(() -> Scenario.read(folder))
        .hasMessageContaining("does not hold what its last line says");
  }

  @Test
  void refusesLogsOfAnotherAttempt() throws Exception {
    Attempt.steady(1).write(folder);
    Attempt.of(i -> new Served(MILLI, i % 2 == 0 ? Outcome.OK : Outcome.CLOSED))
        .latencyLog()
        .write(folder.resolve(Scenario.LATENCY), "another", 100);
    assertThatThrownBy(() -> Scenario.read(folder)).isInstanceOf(IOException.class);
  }
}
