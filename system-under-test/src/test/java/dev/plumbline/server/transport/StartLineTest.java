package dev.plumbline.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StartLineTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final StartLine line = new StartLine();
  private final AtomicBoolean over = new AtomicBoolean();

  @AfterEach
  void end() {
    over.set(true);
    line.close();
  }

  private void start(Runnable work) {
    line.start(
        Thread.ofVirtual()
            .unstarted(
                () -> {
                  line.runs();
                  work.run();
                }));
  }

  @Test
  void runsEverythingThatIsStartedOnce() throws InterruptedException {
    int each = 5_000;
    AtomicInteger ran = new AtomicInteger();
    List<Thread> loops = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      loops.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int n = 0; n < each; n++) {
                      start(ran::incrementAndGet);
                    }
                  }));
    }
    for (Thread loop : loops) {
      loop.join();
    }

    await().atMost(SOON).untilAtomic(ran, org.hamcrest.Matchers.is(4 * each));
    assertThat(line.waiting()).isZero();
  }

  @Test
  void keepsTheOrderOfRequestsWhileProcessorsAreBusy() throws InterruptedException {
    int processors = Runtime.getRuntime().availableProcessors();
    CountDownLatch busy = new CountDownLatch(processors);
    AtomicBoolean free = new AtomicBoolean();
    for (int i = 0; i < processors; i++) {
      start(
          () -> {
            busy.countDown();
            while (!free.get()) {
              Thread.onSpinWait();
            }
          });
    }
    busy.await();
    int count = 2_000;
    Queue<Integer> order = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      start(() -> order.add(number));
    }
    int waiting = line.waiting();
    free.set(true);

    await().atMost(SOON).until(() -> order.size() == count);
    int ahead = count - waiting;
    assertThat(waiting).isGreaterThan(count / 2);
    int place = 0;
    int overtaken = 0;
    for (int number : order) {
      if (Math.abs(number - place) > 4 * ahead) {
        overtaken++;
      }
      place++;
    }
    // Handfuls overtake each other by no more than what is started ahead; only who is held up by
    // the operating system in the middle of its work can be overtaken by more.
    assertThat(overtaken).isLessThanOrEqualTo(count / 10);
  }

  @Test
  void letsThreadsWakeUpAlthoughRequestsNeverEnd() throws InterruptedException {
    CountDownLatch awake = new CountDownLatch(1);
    start(
        () -> {
          try {
            Thread.sleep(20);
            awake.countDown();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    AtomicInteger held = new AtomicInteger();
    Thread loop =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!over.get()) {
                    if (held.get() < 1_000) {
                      held.incrementAndGet();
                      start(() -> spin(held));
                    }
                  }
                });
    boolean inTime = awake.await(SOON.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
    over.set(true);
    loop.join();

    assertThat(inTime).isTrue();
  }

  private static void spin(AtomicInteger held) {
    long end = System.nanoTime() + 50_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    held.decrementAndGet();
  }
}
