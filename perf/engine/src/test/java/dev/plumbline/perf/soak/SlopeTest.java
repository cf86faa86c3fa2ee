package dev.plumbline.perf.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlopeTest {
  @Test
  void aStraightLineHasNoError() {
    Slope slope =
        Slope.of(
            List.of(new Slope.Sample(1, 12), new Slope.Sample(2, 14), new Slope.Sample(3, 16)));
    assertThat(slope.perUnit()).isCloseTo(2, within(1e-9));
    assertThat(slope.error()).isCloseTo(0, within(1e-9));
  }

  @Test
  void noiseWidensTheInterval() {
    // y = 5 with residuals 1, -1, -1, 1: slope 0, error sqrt(4 / 2 / 5).
    Slope slope =
        Slope.of(
            List.of(
                new Slope.Sample(1, 6),
                new Slope.Sample(2, 4),
                new Slope.Sample(3, 4),
                new Slope.Sample(4, 6)));
    assertThat(slope.perUnit()).isCloseTo(0, within(1e-9));
    assertThat(slope.error()).isCloseTo(Math.sqrt(0.4), within(1e-9));
    assertThat(slope.upper()).isGreaterThan(slope.perUnit());
  }

  @Test
  void twoSamplesAreTooFew() {
    assertThatThrownBy(() -> Slope.of(List.of(new Slope.Sample(1, 1), new Slope.Sample(2, 2))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
