package dev.plumbline.server.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HandlerFaultsTest {
  private final HandlerFaults faults = new HandlerFaults();

  @Test
  void onlyTheSessionThatIsMeantIsHit() {
    faults.arm(HandlerFault.ERROR, "a");
    assertThatCode(() -> faults.strike("b")).doesNotThrowAnyException();
    assertThatThrownBy(() -> faults.strike("a")).isExactlyInstanceOf(Error.class);
    assertThatCode(() -> faults.strike("a")).doesNotThrowAnyException();
  }

  @Test
  void everyFaultIsWhatItSays() throws InterruptedException {
    hits(HandlerFault.EXCEPTION, IllegalStateException.class);
    hits(HandlerFault.OUT_OF_MEMORY, OutOfMemoryError.class);
    hits(HandlerFault.STACK_OVERFLOW, StackOverflowError.class);
    hits(HandlerFault.LINKAGE, LinkageError.class);
    hits(HandlerFault.ASSERTION, AssertionError.class);
    faults.arm(HandlerFault.INTERRUPT, HandlerFaults.ANYBODY);
    faults.strike("a");
    assertThat(Thread.interrupted()).isTrue();
    for (HandlerFault fault : HandlerFault.values()) {
      assertThat(HandlerFault.of(fault.wire())).contains(fault);
    }
    assertThat(HandlerFault.of("nonsense")).isEmpty();
  }

  private void hits(HandlerFault fault, Class<? extends Throwable> expected) {
    faults.arm(fault, HandlerFaults.ANYBODY);
    assertThatThrownBy(() -> faults.strike("a")).isInstanceOf(expected);
  }

  @Test
  void whatHangsIsLetGoWhenTheExperimentIsOver() throws InterruptedException {
    faults.arm(HandlerFault.STUCK, HandlerFaults.ANYBODY);
    CountDownLatch ended = new CountDownLatch(1);
    Thread handler =
        Thread.startVirtualThread(
            () -> {
              try {
                faults.strike("a");
                ended.countDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    handler.interrupt();
    while (handler.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(ended.getCount()).isOne();
    faults.disarm();
    ended.await();
  }

  @Test
  void whatWaitsIsBounded() {
    for (int i = 0; i < HandlerFaults.MOST; i++) {
      assertThat(faults.arm(HandlerFault.ERROR, "a")).isTrue();
    }
    assertThat(faults.arm(HandlerFault.ERROR, "a")).isFalse();
    faults.disarm();
    assertThat(faults.arm(HandlerFault.ERROR, "a")).isTrue();
  }
}
