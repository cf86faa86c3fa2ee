package dev.plumbline.perf.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {
  @Test
  void anOpenModelIsKnownBeforehand() {
    Arrivals arrivals = Arrivals.open(40_000, Duration.ofSeconds(60));

    assertThat(arrivals.count()).isEqualTo(2_400_000);
    assertThat(arrivals.dueNanos(0)).isZero();
    assertThat(arrivals.dueNanos(40_000)).isEqualTo(1_000_000_000L);
    assertThat(arrivals.isOpen()).isTrue();
  }

  @Test
  void aClosedModelIsDueAtOnce() {
    Arrivals arrivals = Arrivals.saturating(8, Duration.ofSeconds(1));

    assertThat(arrivals.isOpen()).isFalse();
    assertThat(arrivals.dueNanos(1_000)).isZero();
  }

  @Test
  void refusesWhatIsNoSchedule() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> Arrivals.open(0, second)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Arrivals.open(Double.POSITIVE_INFINITY, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Arrivals.saturating(0, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Arrivals.open(1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
