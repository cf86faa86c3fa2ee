package dev.plumbline.server.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RolePermitsTest {
  private static RolePermits permits(int cap) {
    return new RolePermits("transport", cap);
  }

  private static int taken(RolePermits permits, int attempts) {
    int taken = 0;
    for (int i = 0; i < attempts; i++) {
      taken += permits.tryTake() ? 1 : 0;
    }
    return taken;
  }

  @Test
  void admitsUpToTheCapAndNotOneMore() {
    RolePermits permits = permits(3);
    assertThat(taken(permits, 2)).isEqualTo(2);
    assertThat(permits.tryTake()).as("at the cap").isTrue();
    assertThat(permits.tryTake()).as("one above the cap").isFalse();
    assertThat(permits.held()).isEqualTo(3);
  }

  @Test
  void whoLooksFirstTakesNothingAndCountsOnlyWhatItRefuses() {
    RolePermits one = new RolePermits("transport", 1);
    assertThat(one.shut()).isFalse();
    assertThat(one.tryTake()).isTrue();
    assertThat(one.shut()).isTrue();
    assertThat(one.rejected()).isZero();
    one.turnedAway();
    assertThat(one.rejected()).isEqualTo(1);
    assertThat(one.exceeded()).isEqualTo(1);
    assertThat(one.held()).isEqualTo(1);
  }

  @Test
  void aPermitGivenBackCanBeTakenAgain() {
    RolePermits permits = permits(1);
    assertThat(permits.tryTake()).isTrue();
    permits.giveBack();
    assertThat(permits.tryTake()).isTrue();
  }

  @Test
  void giveBackOfWhatNobodyHoldsIsAnError() {
    RolePermits permits = permits(1);
    assertThatThrownBy(permits::giveBack)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("transport");
    assertThat(permits.held()).isZero();
  }

  @Test
  void countsRefusalsAndTheHighestMark() {
    RolePermits permits = permits(2);
    assertThat(taken(permits, 5)).isEqualTo(2);
    permits.giveBack();
    assertThat(permits.stats()).isEqualTo(new RoleStats("transport", 1, 2, 2, 3, 3, -1));
  }

  @Test
  void thePeakIsThatSinceItWasLastAsked() {
    RolePermits permits = permits(10);
    assertThat(taken(permits, 7)).isEqualTo(7);
    for (int i = 0; i < 6; i++) {
      permits.giveBack();
    }
    assertThat(permits.takePeak()).isEqualTo(7);
    assertThat(permits.takePeak()).as("one is still held").isEqualTo(1);
    assertThat(permits.max()).isEqualTo(7);
  }

  @Test
  void theCapCanBeRaisedAndLoweredWhileItIsUsed() throws Exception {
    RolePermits permits = permits(2);
    assertThat(taken(permits, 3)).isEqualTo(2);
    permits.setCap(4);
    assertThat(taken(permits, 3)).isEqualTo(2);
    permits.giveBack();
    permits.setCap(3);
    assertThat(permits.tryTake()).isFalse();
  }

  @Test
  void aCapBelowWhatIsHeldIsRefusedAndNothingChanges() {
    RolePermits permits = permits(5);
    assertThat(taken(permits, 4)).isEqualTo(4);
    assertThatThrownBy(() -> permits.setCap(3))
        .isInstanceOf(LimitException.BelowDepth.class)
        .hasMessage(
            "the limit of role transport cannot be 3 now: 4 are held; try again when fewer are");
    assertThat(permits.cap()).isEqualTo(5);
    assertThat(permits.held()).isEqualTo(4);
  }

  @Test
  void aNegativeCapIsRefused() {
    assertThatThrownBy(() -> permits(5).setCap(-1)).isInstanceOf(LimitException.Negative.class);
  }

  @Test
  void switchedOffItCountsAndNeverRefuses() {
    AtomicBoolean enforced = new AtomicBoolean();
    RolePermits permits = new RolePermits("transport", 2, enforced::get);
    assertThat(taken(permits, 5)).isEqualTo(5);
    assertThat(permits.rejected()).isZero();
    assertThat(permits.exceeded()).isEqualTo(3);
    enforced.set(true);
    assertThat(permits.tryTake()).as("switched on again").isFalse();
    for (int i = 0; i < 4; i++) {
      permits.giveBack();
    }
    assertThat(permits.tryTake()).as("below the cap again").isTrue();
  }

  /** Whoever holds a permit counts itself: the witness does not trust the count it watches. */
  @Test
  @Timeout(60)
  void neverMoreHoldersThanTheCapWhateverThreadsDoAndWhoeverChangesIt() throws Exception {
    RolePermits permits = permits(8);
    AtomicInteger holders = new AtomicInteger();
    AtomicInteger worst = new AtomicInteger();
    AtomicBoolean over = new AtomicBoolean();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(Thread.ofPlatform().start(() -> churn(permits, holders, worst, over)));
    }
    try {
      for (int changes = 0; changes < 20_000; changes++) {
        try {
          permits.setCap(changes % 2 == 0 ? 2 : 8);
        } catch (LimitException.BelowDepth e) {
          assertThat(e).hasMessageContaining("are held");
        }
        RoleStats seen = permits.stats();
        assertThat(seen.depth()).isLessThanOrEqualTo(seen.limit());
      }
    } finally {
      over.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(worst).hasPositiveValue().hasValueLessThanOrEqualTo(8);
    assertThat(permits.max()).isLessThanOrEqualTo(8);
    assertThat(permits.held()).isZero();
  }

  private static void churn(
      RolePermits permits, AtomicInteger holders, AtomicInteger worst, AtomicBoolean over) {
    while (!over.get()) {
      int mine = taken(permits, 5);
      worst.accumulateAndGet(holders.addAndGet(mine), Math::max);
      holders.addAndGet(-mine);
      for (int i = 0; i < mine; i++) {
        permits.giveBack();
      }
    }
  }
}
