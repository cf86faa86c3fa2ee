package dev.plumbline.perf.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PulseTest {
  private static final long MILLI = 1_000_000;

  @Test
  void tellsFromWhenToWhenItCouldNotBeat() throws InterruptedException {
    CountDownLatch late = new CountDownLatch(1);
    List<Long> stalls = new CopyOnWriteArrayList<>();
    try (Pulse _ =
        new Pulse(
            (from, to) -> {
              stalls.add(to - from);
              late.countDown();
            })) {
      // Sooner or later a collection, or another process, keeps the thread from beating.
      while (late.getCount() > 0 && !late.await(1, TimeUnit.MILLISECONDS)) {
        System.gc();
      }
    }

    assertThat(stalls).isNotEmpty().allMatch(nanos -> nanos > 3 * MILLI);
  }

  @Test
  void endsItsThread() throws InterruptedException {
    Pulse pulse = new Pulse((_, _) -> {});
    pulse.close();

    assertThat(pulse.awaitEnd()).isTrue();
  }
}
