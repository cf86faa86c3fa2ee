package dev.plumbline.perf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConstantRateTest {
  @Test
  void spacesRequestsEvenlyFromTheStart() {
    ConstantRate rate = new ConstantRate(200, Duration.ofSeconds(1), Duration.ofSeconds(3));
    assertThat(rate.warmUpCount()).isEqualTo(200);
    assertThat(rate.measuredCount()).isEqualTo(600);
    assertThat(rate.count()).isEqualTo(800);
    assertThat(rate.intendedNanos(0)).isZero();
    assertThat(rate.intendedNanos(1)).isEqualTo(5_000_000);
    assertThat(rate.intendedNanos(200)).isEqualTo(1_000_000_000);
    assertThat(rate.measuringFromNanos()).isEqualTo(1_000_000_000);
  }

  @Property
  void neverDriftsHoweverLongItRuns(
      @ForAll @DoubleRange(min = 1, max = 50_000) double perSecond,
      @ForAll @IntRange(max = 5_000_000) int index) {
    ConstantRate rate = new ConstantRate(perSecond, Duration.ZERO, Duration.ofSeconds(20));
    double exact = index * 1e9 / perSecond;
    assertThat((double) rate.intendedNanos(index)).isBetween(exact - 2, exact + 1);
    assertThat(rate.intendedNanos(index + 1)).isGreaterThan(rate.intendedNanos(index));
  }

  @Test
  void refusesWhatCannotBeScheduled() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new ConstantRate(0, Duration.ZERO, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ConstantRate(Double.NaN, Duration.ZERO, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ConstantRate(10, Duration.ZERO, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ConstantRate(0.5, Duration.ZERO, second))
        .hasMessageContaining("holds no request");
    assertThatThrownBy(() -> new ConstantRate(1_000_000, Duration.ZERO, Duration.ofSeconds(6)))
        .hasMessageContaining("at most");
  }
}
