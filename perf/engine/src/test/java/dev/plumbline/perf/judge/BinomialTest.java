package dev.plumbline.perf.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BinomialTest {
  @Test
  void boundsNoFailuresByThreeInN() {
    assertThat(Binomial.upperBound(0, 1_000)).isCloseTo(0.003, within(0.00002));
    assertThat(Binomial.upperBound(0, 300_000)).isCloseTo(1e-5, within(1e-7));
  }

  @Test
  void agreesWithTheTables() {
    // Clopper–Pearson, one-sided 95 %: the values of a table of the exact bound.
    assertThat(Binomial.upperBound(1, 10)).isCloseTo(0.3942, within(0.0001));
    assertThat(Binomial.upperBound(5, 100)).isCloseTo(0.1023, within(0.0001));
    assertThat(Binomial.upperBound(10, 10)).isEqualTo(1);
  }
}
