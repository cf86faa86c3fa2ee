package dev.plumbline.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.machine.BreakerState;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.observe.EventLog;
import dev.plumbline.server.observe.MachineTelemetry;
import dev.plumbline.server.observe.Notice;
import dev.plumbline.server.observe.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private static final Instant NOON = Instant.parse("2026-07-28T12:00:00Z");

  private final AtomicLong now = new AtomicLong(-5_000_000_000L);
  private double chance = 0.999_999;
  private final Telemetry telemetry = Telemetry.of(() -> NOON);
  private final EventLog events = telemetry.events();
  private final Live<ServerConfig> live = new Live<>(ServerConfig.standard());
  private final Clocks clocks = new Clocks(now::get, () -> NOON, () -> chance);
  private final Breakers breakers =
      new Breakers(live, events, clocks, Machines.unobserved(now::get));
  private final CircuitBreaker breaker = breakers.named("store");

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private CircuitBreaker.Call call() {
    return breaker.tryCall().orElseThrow();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      call().failed();
    }
  }

  private void open() {
    fail(5);
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
  }

  private void halfOpen() {
    open();
    pass(Duration.ofSeconds(1));
    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
  }

  @Test
  void fourFailuresDoNotOpenItAndTheFifthDoes() {
    fail(4);
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    fail(1);
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    assertThat(breaker.tryCall()).isEmpty();
  }

  @Test
  void onlyFailuresInsideTheWindowCount() {
    fail(1);
    pass(Duration.ofSeconds(30));
    fail(4);
    assertThat(breaker.state())
        .as("the first fell out of the window")
        .isEqualTo(BreakerState.CLOSED);
    fail(1);
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void successesDoNotHideFailures() {
    for (int i = 0; i < 4; i++) {
      fail(1);
      call().succeeded();
    }
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    fail(1);
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void isOpenForAllOfItsWaitAndNoLonger() {
    open();
    pass(Duration.ofMillis(999));
    assertThat(breaker.tryCall()).isEmpty();
    assertThat(breaker.retryAfter()).isLessThanOrEqualTo(Duration.ofMillis(1));
    pass(Duration.ofMillis(1));
    assertThat(breaker.tryCall()).isPresent();
  }

  @Test
  void everyFailedProbeDoublesTheWaitUpToItsBound() {
    open();
    long[] seconds = {1, 2, 4, 8, 16, 30, 30};
    for (long wait : seconds) {
      assertThat(breaker.retryAfter())
          .isBetween(Duration.ofSeconds(wait).minusMillis(1), Duration.ofSeconds(wait));
      pass(Duration.ofSeconds(wait));
      call().failed();
      assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    }
  }

  @Test
  void theWaitIsAnyPartOfItsBound() {
    chance = 0.25;
    open();
    assertThat(breaker.retryAfter()).isEqualTo(Duration.ofMillis(250));
    pass(Duration.ofMillis(250));
    chance = 0;
    call().failed();
    assertThat(breaker.tryCall()).as("no wait at all is lawful: full jitter").isPresent();
  }

  @Test
  void letsThreeProbesThroughAndClosesOnTwoSuccesses() {
    halfOpen();
    CircuitBreaker.Call first = call();
    CircuitBreaker.Call second = call();
    CircuitBreaker.Call third = call();
    assertThat(breaker.tryCall()).as("a fourth probe").isEmpty();
    first.succeeded();
    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    second.succeeded();
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    third.failed();
    assertThat(breaker.state()).as("a probe of before").isEqualTo(BreakerState.CLOSED);
    assertThat(breaker.stats().failures()).isZero();
  }

  @Test
  void theWaitBeginsAnewOnceItWasClosed() {
    halfOpen();
    call().failed();
    pass(Duration.ofSeconds(2));
    call().succeeded();
    call().succeeded();
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    open();
    assertThat(breaker.retryAfter()).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aProbeThatNeverComesBackDoesNotKeepItHalfOpen() {
    halfOpen();
    CircuitBreaker.Call hung = call();
    pass(Duration.ofSeconds(5).minusNanos(1));
    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    pass(Duration.ofNanos(1));
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    hung.succeeded();
    assertThat(breaker.state()).as("too late").isEqualTo(BreakerState.OPEN);
    pass(Duration.ofSeconds(2));
    assertThat(breaker.tryCall()).isPresent();
  }

  @Test
  void aClientThatCallsRarelyClosesItToo() {
    halfOpen();
    call().succeeded();
    pass(Duration.ofSeconds(6));
    assertThat(breaker.state()).as("every probe succeeded").isEqualTo(BreakerState.HALF_OPEN);
    call().succeeded();
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    assertThat(breaker.stats().opened()).isEqualTo(1);
  }

  @Test
  void afterProbesThatAllSucceededThreeMoreAreLetThrough() {
    halfOpen();
    call().succeeded();
    pass(Duration.ofSeconds(5));
    CircuitBreaker.Call hung = call();
    var _ = call();
    var _ = call();
    assertThat(breaker.tryCall()).as("a fourth probe").isEmpty();
    pass(Duration.ofSeconds(5));
    assertThat(breaker.state()).as("three are outstanding").isEqualTo(BreakerState.OPEN);
    hung.succeeded();
    assertThat(breaker.state()).as("too late").isEqualTo(BreakerState.OPEN);
  }

  @Test
  void aProbeThatBeginsLateHasTheWholeTime() {
    halfOpen();
    call().succeeded();
    pass(Duration.ofMillis(4_900));
    CircuitBreaker.Call slow = call();
    pass(Duration.ofMillis(4_999));
    slow.succeeded();
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void aFailedProbeReopensItHoweverManySucceededBefore() {
    halfOpen();
    call().succeeded();
    pass(Duration.ofSeconds(6));
    call().failed();
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    assertThat(breaker.retryAfter()).isGreaterThan(Duration.ofMillis(1_999));
    assertThat(breaker.stats().failures()).as("five, and the probe").isLessThanOrEqualTo(6);
  }

  @Test
  void whatAWatcherSawIsCountedAmongTheFailures() {
    breaker.trip(7);
    assertThat(breaker.stats().failures()).isEqualTo(7);
    assertThat(breaker.stats().lastFailure()).contains(NOON);
    breaker.reset();
    assertThat(breaker.stats().failures()).isZero();
    breaker.trip(0);
    assertThat(events.recent(1).getFirst().facts()).containsEntry("failure_count", "0");
  }

  @Test
  void aCallThatFailedBeforeItsWatcherTrippedIsCountedOnce() {
    call().failed();
    breaker.trip();
    assertThat(events.recent(1).getFirst().facts())
        .containsEntry("state", "open")
        .containsEntry("failure_count", "1")
        .containsEntry("last_failure_time", NOON.toString());
    pass(Duration.ofSeconds(1));
    call().failed();
    assertThat(events.recent(1).getFirst().facts())
        .as("the probe failed, too")
        .containsEntry("failure_count", "2");
  }

  @Test
  void aProbeThatNeverComesBackIsAFailure() {
    breaker.trip();
    pass(Duration.ofSeconds(1));
    assertThat(call()).isNotNull();
    pass(Duration.ofSeconds(5));
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    assertThat(breaker.stats().failures()).isEqualTo(1);
    assertThat(breaker.stats().lastFailure()).contains(NOON);
  }

  @Test
  void withoutACallItStaysHalfOpen() {
    halfOpen();
    pass(Duration.ofMinutes(10));
    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
  }

  @Test
  void aProbeThatTellsNothingGivesItsPlaceBack() {
    halfOpen();
    for (int i = 0; i < 10; i++) {
      try (CircuitBreaker.Call call = call()) {
        assertThat(call).isNotNull();
      }
    }
    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
  }

  @Test
  void anOutcomeOfBeforeTheLastChangeIsDroppedAndCounted() {
    MachineTelemetry machines = new MachineTelemetry(telemetry);
    CircuitBreaker watched =
        new Breakers(live, events, clocks, new Machines(now::get, machines)).shared("watched");
    List<CircuitBreaker.Call> early = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      early.add(watched.tryCall().orElseThrow());
    }
    watched.trip();
    early.get(0).failed();
    early.get(1).succeeded();
    early.get(2).close();
    assertThat(stale()).as("what tells nothing is no event").isEqualTo(2);
    pass(Duration.ofSeconds(1));
    CircuitBreaker.Call probe = watched.tryCall().orElseThrow();
    watched.trip();
    probe.succeeded();
    early.get(3).failed();
    assertThat(stale()).isEqualTo(4);
    assertThat(watched.state()).isEqualTo(BreakerState.OPEN);
    assertThat(watched.stats().failures()).isZero();
  }

  private long stale() {
    return telemetry
        .introspection()
        .read("machines")
        .orElseThrow()
        .path("breaker")
        .path("stale")
        .asLong();
  }

  @Test
  void oneCallIsToldOnce() {
    CircuitBreaker.Call call = call();
    for (int i = 0; i < 5; i++) {
      call.failed();
    }
    call.close();
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    assertThat(breaker.stats().failures()).isEqualTo(1);
  }

  @Test
  void anOperatorOpensItAndOnlyAnOperatorClosesIt() {
    breaker.forceOpen();
    pass(Duration.ofHours(1));
    assertThat(breaker.state()).isEqualTo(BreakerState.FORCED_OPEN);
    assertThat(breaker.tryCall()).isEmpty();
    breaker.relief();
    assertThat(breaker.state()).isEqualTo(BreakerState.FORCED_OPEN);
    breaker.reset();
    assertThat(breaker.tryCall()).isPresent();
  }

  @Test
  void resetWorksFromEveryState() {
    open();
    breaker.reset();
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    fail(4);
    assertThat(breaker.state())
        .as("failures of before are forgotten")
        .isEqualTo(BreakerState.CLOSED);
    breaker.reset();
    halfOpen();
    breaker.reset();
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void everyChangeIsAnEventWithItsFacts() {
    halfOpen();
    call().succeeded();
    call().succeeded();
    List<Notice> notices = events.recent(10);
    assertThat(notices)
        .extracting(notice -> notice.facts().get("state"))
        .containsExactly("open", "half_open", "closed");
    assertThat(notices.getFirst().facts())
        .containsEntry("event", "cb_event")
        .containsEntry("transport_id", "store")
        .containsEntry("failure_count", "5")
        .containsEntry("last_failure_time", NOON.toString());
  }

  @Test
  void countsWhatItRefusesAndWhenItOpened() {
    open();
    assertThat(breaker.tryCall()).isEmpty();
    assertThat(breaker.tryCall()).isEmpty();
    BreakerStats stats = breaker.stats();
    assertThat(stats.refused()).isEqualTo(2);
    assertThat(stats.opened()).isEqualTo(1);
    assertThat(stats.lastFailure()).isEqualTo(Optional.of(NOON));
    assertThat(breakers.named("store")).isSameAs(breaker);
    assertThat(breakers.find("other")).isEmpty();
  }

  @Test
  void whatManyUseIsOpenedOnlyWhenFewerCallsSucceedThanFail() {
    CircuitBreaker served = breakers.shared("tool:served");
    CircuitBreaker broken = breakers.shared("tool:broken");
    for (int failure = 0; failure < 5; failure++) {
      served.tryCall().orElseThrow().failed();
      served.tryCall().orElseThrow().succeeded();
      broken.tryCall().orElseThrow().failed();
      if (failure < 3) {
        broken.tryCall().orElseThrow().succeeded();
      }
    }
    assertThat(served.state()).isEqualTo(BreakerState.CLOSED);
    assertThat(broken.state()).isEqualTo(BreakerState.OPEN);
  }
}
