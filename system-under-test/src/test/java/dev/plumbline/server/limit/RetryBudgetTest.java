package dev.plumbline.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  @Test
  void givesFiveInThirtySecondsAndMoreOnlyAsTheyAge() {
    AtomicLong now = new AtomicLong();
    RetryBudget budget = RetryBudget.standard(now::get);
    for (int i = 0; i < 5; i++) {
      now.addAndGet(Duration.ofSeconds(1).toNanos());
      assertThat(budget.take()).isTrue();
    }
    assertThat(budget.take()).isFalse();
    now.set(Duration.ofSeconds(31).toNanos());
    assertThat(budget.take()).isTrue();
    assertThat(budget.take()).isFalse();
  }

  @Test
  void hasTheSizeItIsGiven() {
    AtomicLong now = new AtomicLong();
    RetryBudget budget = new RetryBudget(2, Duration.ofSeconds(10), now::get);
    assertThat(budget.take()).isTrue();
    now.addAndGet(Duration.ofSeconds(9).toNanos());
    assertThat(budget.take()).isTrue();
    assertThat(budget.take()).isFalse();
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(budget.take()).isTrue();
  }
}
