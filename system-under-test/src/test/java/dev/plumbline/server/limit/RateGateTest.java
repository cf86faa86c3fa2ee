package dev.plumbline.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.config.RateKind;
import dev.plumbline.server.config.RateSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RateGateTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong(-7_000_000_000L);
  private volatile RateSettings rate = new RateSettings(RateKind.TOKEN_BUCKET, 1_000, 1_000);
  private final RateGate gate = new RateGate(() -> rate, now::get);

  private int granted(int attempts) {
    int granted = 0;
    for (int i = 0; i < attempts; i++) {
      granted += gate.take(1).isEmpty() ? 1 : 0;
    }
    return granted;
  }

  @Test
  void aBucketGrantsItsBurstAndNotOneMore() {
    assertThat(granted(999)).isEqualTo(999);
    assertThat(gate.take(1)).as("at the cap").isEmpty();
    assertThat(gate.take(1)).as("one above").isPresent();
  }

  @Test
  void aBucketRefillsEvenlyAndTellsTheRealWait() {
    assertThat(granted(1_000)).isEqualTo(1_000);
    Refusal refusal = gate.take(1).orElseThrow();
    assertThat(refusal.reason()).isEqualTo(Refusal.Reason.RATE);
    assertThat(refusal.limit()).isEqualTo(1_000);
    assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMillis(1));
    now.addAndGet(refusal.retryAfter().toNanos() - 1);
    assertThat(gate.take(1)).isPresent();
    now.addAndGet(1);
    assertThat(gate.take(1)).isEmpty();
    now.addAndGet(SECOND / 2);
    assertThat(granted(1_000)).isEqualTo(500);
  }

  @Test
  void theBurstIsApartFromTheRate() {
    rate = new RateSettings(RateKind.TOKEN_BUCKET, 1_000, 5);
    assertThat(granted(10)).isEqualTo(5);
    now.addAndGet(3_000_000);
    assertThat(granted(10)).isEqualTo(3);
  }

  @Test
  void whoWaitedForASlowRateIsServedAsSoonAsItIsRaised() {
    rate = new RateSettings(RateKind.TOKEN_BUCKET, 1, 1_000);
    assertThat(granted(1_001)).isEqualTo(1_000);
    assertThat(gate.take(1).orElseThrow().retryAfter()).isEqualTo(Duration.ofSeconds(1));
    rate = new RateSettings(RateKind.TOKEN_BUCKET, 1_000, 1_000);
    assertThat(gate.take(1).orElseThrow().retryAfter())
        .as("what was taken is taken, and comes back at the rate of now")
        .isEqualTo(Duration.ofMillis(1));
    now.addAndGet(SECOND / 10);
    assertThat(granted(1_000)).isEqualTo(100);
  }

  @Test
  void aLowerRateForgivesNothingAndAsksForNoMoreThanItsBurst() {
    assertThat(granted(600)).isEqualTo(600);
    rate = new RateSettings(RateKind.TOKEN_BUCKET, 10, 1_000);
    assertThat(granted(1_000)).as("six of ten are taken").isEqualTo(400);
    rate = new RateSettings(RateKind.TOKEN_BUCKET, 10, 5);
    assertThat(gate.take(1).orElseThrow().retryAfter()).isEqualTo(Duration.ofMillis(100));
    rate = new RateSettings(RateKind.TOKEN_BUCKET, 10, 50);
    assertThat(granted(100)).as("a greater burst is there at once").isEqualTo(45);
  }

  @Test
  void whatIsGrantedWhileTheRateChangesIsCounted() throws InterruptedException {
    AtomicInteger granted = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clients.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      go.await();
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                    for (int j = 0; j < 2_000; j++) {
                      granted.addAndGet(gate.take(1).isEmpty() ? 1 : 0);
                    }
                  }));
    }
    go.countDown();
    while (clients.stream().anyMatch(Thread::isAlive)) {
      rate = new RateSettings(RateKind.TOKEN_BUCKET, rate.perSecond() == 1 ? 1_000 : 1, 1_000);
    }
    for (Thread client : clients) {
      client.join();
    }
    assertThat(granted.get()).as("time stands still: one burst and no more").isEqualTo(1_000);
  }

  @Test
  void aWindowCountsAnewEverySecond() {
    rate = new RateSettings(RateKind.FIXED_WINDOW, 3, 1);
    now.addAndGet(SECOND / 4);
    assertThat(granted(5)).isEqualTo(3);
    assertThat(gate.take(1).orElseThrow().retryAfter()).isEqualTo(Duration.ofMillis(750));
    now.addAndGet(3 * SECOND / 4 - 1);
    assertThat(granted(1)).isZero();
    now.addAndGet(1);
    assertThat(granted(5)).isEqualTo(3);
  }

  @Test
  void lookingTakesNothing() {
    rate = new RateSettings(RateKind.TOKEN_BUCKET, 1_000, 1);
    assertThat(gate.look()).isEmpty();
    assertThat(gate.look()).isEmpty();
    assertThat(granted(2)).isEqualTo(1);
    assertThat(gate.look()).isPresent();
  }

  @Test
  void severalAreTakenTogetherOrNotAtAll() {
    rate = new RateSettings(RateKind.TOKEN_BUCKET, 1_000, 10);
    assertThat(gate.take(7)).isEmpty();
    assertThat(gate.take(7)).isPresent();
    assertThat(gate.take(3)).isEmpty();
  }

  @Test
  void whatExceedsEveryBurstIsGrantedWhenTheBucketIsFull() {
    rate = new RateSettings(RateKind.TOKEN_BUCKET, 1_000, 10);
    assertThat(gate.take(100)).isEmpty();
    assertThat(gate.take(1)).isPresent();
  }

  @Test
  void theKindChangesWhileItIsUsedAndOffIsOff() {
    rate = new RateSettings(RateKind.TOKEN_BUCKET, 1_000, 1);
    assertThat(granted(2)).isEqualTo(1);
    rate = new RateSettings(RateKind.OFF, 1_000, 1);
    assertThat(granted(10_000)).isEqualTo(10_000);
    rate = new RateSettings(RateKind.FIXED_WINDOW, 2, 1);
    assertThat(granted(5)).isEqualTo(2);
  }

  /** However requests arrive: never more than the burst and what the time since refilled. */
  @Property(tries = 2_000)
  void neverGrantsMoreThanBurstAndRate(
      @ForAll @Size(min = 1, max = 200) List<@IntRange(max = 20_000_000) Integer> pauses,
      @ForAll @IntRange(min = 1, max = 3_000) int perSecond,
      @ForAll @IntRange(min = 1, max = 50) int burst) {
    AtomicLong clock = new AtomicLong(5);
    RateSettings limits = new RateSettings(RateKind.TOKEN_BUCKET, perSecond, burst);
    RateGate bucket = new RateGate(() -> limits, clock::get);
    long granted = 0;
    for (int pause : pauses) {
      clock.addAndGet(pause);
      granted += bucket.take(1).isEmpty() ? 1 : 0;
      double most = burst + (clock.get() - 5) * (double) perSecond / SECOND;
      assertThat((double) granted).isLessThanOrEqualTo(most);
    }
  }

  @Property(tries = 2_000)
  void noWindowGrantsMoreThanItsCount(
      @ForAll @Size(min = 1, max = 200) List<@IntRange(max = 50_000_000) Integer> pauses,
      @ForAll @IntRange(min = 1, max = 30) int perSecond) {
    AtomicLong clock = new AtomicLong(5);
    RateSettings limits = new RateSettings(RateKind.FIXED_WINDOW, perSecond, 1);
    RateGate window = new RateGate(() -> limits, clock::get);
    long number = 0;
    int granted = 0;
    for (int pause : pauses) {
      clock.addAndGet(pause);
      long current = (clock.get() - 5) / SECOND;
      granted = current == number ? granted : 0;
      number = current;
      granted += window.take(1).isEmpty() ? 1 : 0;
      assertThat(granted).isLessThanOrEqualTo(perSecond);
    }
  }
}
