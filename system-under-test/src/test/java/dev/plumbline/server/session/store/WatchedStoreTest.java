package dev.plumbline.server.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.limit.Breakers;
import dev.plumbline.server.limit.CircuitBreaker;
import dev.plumbline.server.limit.Clocks;
import dev.plumbline.server.machine.BreakerState;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.observe.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WatchedStoreTest {
  private static final int FAILURES = ServerConfig.standard().breaker().failures();

  private final AtomicLong now = new AtomicLong();
  private final Telemetry telemetry = Telemetry.create();
  private final CircuitBreaker breaker =
      new Breakers(
              new Live<>(ServerConfig.standard()),
              telemetry.events(),
              new Clocks(now::get, () -> Instant.EPOCH, () -> 0.5),
              Machines.unobserved(now::get))
          .named("store");
  private final WatchedStore store =
      new WatchedStore(new NoStore("none"), "nowhere", breaker, telemetry);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      assertThatThrownBy(() -> store.find("any")).isInstanceOf(StoreException.class);
    }
  }

  @Test
  void isLeftAloneWhenItFailed() {
    fail(FAILURES - 1);
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    fail(1);
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    assertThatThrownBy(() -> store.find("any")).hasMessageContaining("tried again soon");
    assertThat(store.available()).isFalse();
  }

  @Test
  void isTriedAgainAndFailsAgain() {
    fail(FAILURES);
    now.addAndGet(Duration.ofMinutes(2).toNanos());
    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    fail(1);
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void whatTheStoreBeforeDidIsNotHeldAgainstTheNext() {
    fail(FAILURES);
    store.exchange(MemoryStore::new);
    assertThat(store.find("any")).isEmpty();
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    assertThat(store.available()).isTrue();
  }

  @Test
  void anOperatorsDecisionOutlivesTheStore() {
    breaker.forceOpen();
    store.exchange(MemoryStore::new);
    assertThat(breaker.state()).isEqualTo(BreakerState.FORCED_OPEN);
  }
}
