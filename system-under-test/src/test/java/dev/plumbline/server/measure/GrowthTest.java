package dev.plumbline.server.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GrowthTest {
  @Test
  void aLineIsFoundExactly() {
    Growth growth = Growth.of(new double[] {1, 2, 3, 4}, new double[] {5, 7, 9, 11});
    assertThat(growth.slope()).isCloseTo(2, within(1e-12));
    assertThat(growth.margin()).isCloseTo(0, within(1e-6));
  }

  @Test
  void theIntervalIsThatOfStudent() {
    // y = x + noise; residuals 0.1, -0.2, 0.1 around the fit, sxx = 2, t(1) = 12.706.
    Growth growth = Growth.of(new double[] {0, 1, 2}, new double[] {0.1, 0.8, 2.1});
    assertThat(growth.slope()).isCloseTo(1, within(1e-12));
    assertThat(growth.margin()).isCloseTo(12.706 * Math.sqrt(0.06 / 2), within(1e-9));
  }

  @Test
  void twoPointsSayNothingOfTheInterval() {
    assertThat(Growth.of(new double[] {0, 1}, new double[] {0, 1}).margin()).isNaN();
  }
}
