package dev.plumbline.perf.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.perf.bench.Regression.Outcome;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegressionTest {
  private static final String BYTES = "B/op Codec.decode";
  private static final String RATIO = "share of the bare echo";

  @ParameterizedTest
  @CsvSource({
    "1000,1100,HELD",
    "1000,1101,REGRESSED",
    "1000,10,HELD",
    "24,88,HELD",
    "24,89,REGRESSED"
  })
  void moreBytesThanATenthAndThanNoiseAreARegression(double before, double now, Outcome outcome) {
    assertThat(Regression.outcome(BYTES, Map.of(BYTES, before), Map.of(BYTES, now)))
        .isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"0.70,0.64,HELD", "0.70,0.62,REGRESSED", "0.70,0.90,HELD"})
  void aSmallerShareOfTheEchoIsARegression(double before, double now, Outcome outcome) {
    assertThat(Regression.outcome(RATIO, Map.of(RATIO, before), Map.of(RATIO, now)))
        .isEqualTo(outcome);
  }

  @Test
  void whatIsNotOnBothSidesIsToldAndNotJudged() {
    TreeMap<String, Double> recorded = new TreeMap<>(Map.of(BYTES, 1.0));
    TreeMap<String, Double> now = new TreeMap<>(Map.of(RATIO, 0.5));
    assertThat(Regression.outcome(BYTES, recorded, now)).isEqualTo(Outcome.NOT_RUN);
    assertThat(Regression.outcome(RATIO, recorded, now)).isEqualTo(Outcome.NEW);
    assertThat(Regression.table(recorded, now)).contains("not run", "new");
  }

  @Test
  void ratiosOfTimesAreTold() {
    String name = "time of A.b over C.d";
    assertThat(Regression.outcome(name, Map.of(name, 1.0), Map.of(name, 9.0)))
        .isEqualTo(Outcome.TOLD);
  }
}
