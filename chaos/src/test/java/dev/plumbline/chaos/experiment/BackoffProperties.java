package dev.plumbline.chaos.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class BackoffProperties {
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Backoff.CAP);

  @Property
  void neverWaitsLongerThanTheCeilingOfTheAttempt(
      @ForAll @IntRange(max = 1_000) int attempt, @ForAll long seed) {
    Duration drawn = BACKOFF.draw(attempt, new SplittableRandom(seed));
    assertThat(drawn).isBetween(Duration.ZERO, BACKOFF.ceiling(attempt));
    assertThat(BACKOFF.ceiling(attempt)).isLessThanOrEqualTo(Backoff.CAP);
  }

  @Property
  void repeatsItselfForASeed(@ForAll @IntRange(max = 20) int attempt, @ForAll long seed) {
    assertThat(BACKOFF.draw(attempt, new SplittableRandom(seed)))
        .isEqualTo(BACKOFF.draw(attempt, new SplittableRandom(seed)));
  }

  @Example
  void doublesUntilTheCap() {
    assertThat(BACKOFF.ceiling(0)).isEqualTo(Duration.ofMillis(100));
    assertThat(BACKOFF.ceiling(3)).isEqualTo(Duration.ofMillis(800));
    assertThat(BACKOFF.ceiling(8)).isEqualTo(Backoff.CAP);
    assertThat(BACKOFF.ceiling(Integer.MAX_VALUE)).isEqualTo(Backoff.CAP);
  }

  @Example
  void spreadsClientsOverTheWholeIntervalEvenAtTheCap() {
    SplittableRandom random = new SplittableRandom(1);
    long[] waits = LongStream.range(0, 400).map(i -> BACKOFF.draw(20, random).toMillis()).toArray();
    long quarter = Backoff.CAP.toMillis() / 4;
    for (int i = 0; i < 4; i++) {
      long from = i * quarter;
      assertThat(LongStream.of(waits).filter(w -> w >= from && w < from + quarter).count())
          .isGreaterThan(50);
    }
  }
}
