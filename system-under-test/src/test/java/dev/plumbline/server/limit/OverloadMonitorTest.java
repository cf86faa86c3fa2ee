package dev.plumbline.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.QueueSettings;
import dev.plumbline.server.config.Roles;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.config.SwitchSettings;
import dev.plumbline.server.machine.BreakerState;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.observe.Health;
import dev.plumbline.server.observe.Notice;
import dev.plumbline.server.observe.Severity;
import dev.plumbline.server.observe.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OverloadMonitorTest {
  private static final Instant NOON = Instant.parse("2026-07-28T12:00:00Z");

  private final AtomicLong now = new AtomicLong(1);
  private final Live<ServerConfig> config = new Live<>(small());
  private final Telemetry telemetry = Telemetry.of(() -> NOON);
  private final Restraint restraint =
      new Restraint(
          config,
          telemetry,
          new Clocks(now::get, () -> NOON, () -> 0.999_999),
          Machines.unobserved(now::get));
  private final OverloadMonitor monitor = restraint.monitor();
  private final RolePermits transport = restraint.roles().role(Roles.TRANSPORT);
  private final CircuitBreaker breaker = restraint.breakers().named("role:transport");

  /** A cap of 100, so that depths are percents. */
  private static ServerConfig small() {
    ServerConfig standard = ServerConfig.standard();
    Map<String, Integer> caps = new HashMap<>(standard.queues().caps());
    caps.put(Roles.TRANSPORT, 100);
    return standard.withQueues(new QueueSettings(caps));
  }

  @AfterEach
  void close() {
    restraint.close();
  }

  private void depth(int wanted) {
    while (transport.held() < wanted) {
      assertThat(transport.tryTake()).isTrue();
    }
    while (transport.held() > wanted) {
      transport.giveBack();
    }
  }

  /** The level after a check that found this depth and nothing higher. */
  private OverloadLevel levelAt(int wanted) {
    depth(wanted);
    transport.takePeak();
    monitor.check();
    return monitor.level(transport);
  }

  @Test
  void levelsBeginExactlyAtTheirPercentage() {
    assertThat(levelAt(79)).isEqualTo(OverloadLevel.CLEAR);
    assertThat(levelAt(80)).isEqualTo(OverloadLevel.WARNING);
    assertThat(levelAt(89)).isEqualTo(OverloadLevel.WARNING);
    assertThat(levelAt(90)).isEqualTo(OverloadLevel.CRITICAL);
    assertThat(levelAt(99)).isEqualTo(OverloadLevel.CRITICAL);
    assertThat(levelAt(100)).isEqualTo(OverloadLevel.FULL);
  }

  @Test
  void aLevelEndsSomePointsBelowIt() {
    assertThat(levelAt(90)).isEqualTo(OverloadLevel.CRITICAL);
    assertThat(levelAt(85)).isEqualTo(OverloadLevel.CRITICAL);
    assertThat(levelAt(84)).isEqualTo(OverloadLevel.WARNING);
    assertThat(levelAt(75)).isEqualTo(OverloadLevel.WARNING);
    assertThat(levelAt(74)).isEqualTo(OverloadLevel.CLEAR);
  }

  @Test
  void aQueueThatStaysOrFluttersIsOneAlert() {
    levelAt(80);
    levelAt(80);
    levelAt(78);
    levelAt(81);
    assertThat(monitor.history()).hasSize(1);
    levelAt(70);
    levelAt(80);
    assertThat(monitor.history()).hasSize(2);
  }

  @Test
  void anAlertSaysWhatWhereAndWhen() {
    levelAt(93);
    assertThat(monitor.history())
        .containsExactly(
            new OverloadAlert(NOON, OverloadLevel.CRITICAL, "transport", "server", 93, 100, 93.0));
    assertThat(monitor.history("transport")).hasSize(1);
    assertThat(monitor.history("session")).isEmpty();
    assertThat(monitor.overloaded()).extracting(RoleStats::role).containsExactly("transport");
  }

  @Test
  void aQueueThatWasFullBetweenTwoChecksIsNotMissed() {
    depth(100);
    depth(0);
    monitor.check();
    assertThat(monitor.history())
        .extracting(OverloadAlert::level)
        .containsExactly(OverloadLevel.FULL);
    monitor.check();
    assertThat(monitor.level(transport)).isEqualTo(OverloadLevel.CLEAR);
  }

  @Test
  void warnsThenDegradesHealthThenIsCriticalAndTakesItBack() {
    levelAt(80);
    assertThat(telemetry.events().recent(1))
        .singleElement()
        .extracting(Notice::severity)
        .isEqualTo(Severity.WARNING);
    assertThat(telemetry.health().status().level()).isEqualTo(Health.Level.HEALTHY);
    levelAt(90);
    assertThat(telemetry.events().recent(1))
        .singleElement()
        .extracting(Notice::severity)
        .isEqualTo(Severity.CRITICAL);
    assertThat(telemetry.health().status().level()).isEqualTo(Health.Level.DEGRADED);
    assertThat(telemetry.health().status().complaints())
        .extracting(Health.Check::reason)
        .containsExactly("queue transport is critical");
    levelAt(100);
    assertThat(telemetry.health().status().level()).isEqualTo(Health.Level.CRITICAL);
    levelAt(10);
    assertThat(telemetry.health().status().level()).isEqualTo(Health.Level.HEALTHY);
  }

  @Test
  void aFullQueueTripsItsBreakerAndWorkIsRefusedAtOnce() {
    assertThat(levelAt(100)).isEqualTo(OverloadLevel.FULL);
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    depth(90);
    long refused = transport.rejected();
    assertThat(transport.tryTake()).as("there is room, but the breaker is open").isFalse();
    assertThat(transport.rejected()).isEqualTo(refused + 1);
    assertThat(restraint.breakers().named("role:session").state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void workIsTriedAgainAsSoonAsTheQueueHasFallen() {
    levelAt(100);
    depth(75);
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    depth(74);
    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    assertThat(transport.tryTake()).isTrue();
    assertThat(transport.tryTake()).isTrue();
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void aQueueThatDoesNotMoveStaysShutAndIsProbedEverMoreSeldom() {
    levelAt(100);
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(transport.tryTake()).as("the probe finds it full").isFalse();
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    assertThat(breaker.retryAfter()).isGreaterThan(Duration.ofSeconds(1));
  }

  @Test
  void aQueueThatWasFullAndIsEmptyNowIsTriedAtOnce() {
    depth(100);
    depth(0);
    monitor.check();
    assertThat(breaker.stats().opened()).isEqualTo(1);
    assertThat(transport.tryTake()).isTrue();
  }

  private void cap(int wanted) {
    Map<String, Integer> caps = new HashMap<>(config.get().queues().caps());
    caps.put(Roles.TRANSPORT, wanted);
    config.set(config.get().withQueues(new QueueSettings(caps)));
  }

  @Test
  void anEmptyQueueWhoseCapIsRaisedIsTriedAtOnce() {
    cap(0);
    monitor.check();
    assertThat(transport.tryTake()).isFalse();
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    cap(500);
    assertThat(transport.shut()).as("nothing is held, so nothing is given back").isFalse();
    assertThat(transport.tryTake()).isTrue();
  }

  @Test
  void aClientThatCallsRarelyIsNotRefusedByAnEmptyQueue() {
    cap(0);
    for (int i = 0; i < 5; i++) {
      monitor.check();
      assertThat(transport.tryTake()).isFalse();
    }
    cap(500);
    for (int call = 0; call < 20; call++) {
      now.addAndGet(Duration.ofSeconds(6).toNanos());
      assertThat(transport.tryTake()).as("call %d", call).isTrue();
      transport.giveBack();
    }
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void theBreakerOfARoleSaysHowManyWereTurnedAway() {
    depth(100);
    assertThat(transport.tryTake()).isFalse();
    assertThat(transport.tryTake()).isFalse();
    monitor.check();
    assertThat(breaker.stats().failures()).isEqualTo(2);
    assertThat(breaker.stats().lastFailure()).contains(NOON);
  }

  @Test
  void aMarkFromBeforeANewCapIsNotHeldAgainstIt() {
    depth(1);
    depth(0);
    cap(1);
    monitor.check();
    assertThat(monitor.history()).isEmpty();
    assertThat(transport.max()).as("what was ever held stays known").isEqualTo(1);
  }

  @Test
  void aRoleOfTheSettingsHasABreakerAsLongAsItIsThere() {
    ServerConfig before = config.get();
    Map<String, Integer> caps = new HashMap<>(before.queues().caps());
    caps.put("mine", 1);
    config.set(before.withQueues(new QueueSettings(caps)));
    assertThat(restraint.breakers().find("role:mine")).isPresent();
    RolePermits mine = restraint.roles().find("mine").orElseThrow();
    assertThat(mine.tryTake()).isTrue();
    monitor.check();
    assertThat(mine.tryTake()).as("its breaker stands before it").isFalse();
    assertThat(telemetry.health().status().healthy()).isFalse();
    mine.giveBack();
    config.set(before);
    monitor.check();
    assertThat(restraint.roles().find("mine")).isEmpty();
    assertThat(restraint.breakers().find("role:mine")).isEmpty();
    assertThat(telemetry.health().status().healthy()).isTrue();
    assertThat(restraint.breakers().find("role:session")).isPresent();
  }

  @Test
  void aQueueThatBelongsToSomebodyIsWatchedUntilItsOwnerGoes() {
    RolePermits outbound = new RolePermits("outbound", 10);
    Runnable gone = monitor.watch("tcp-7", outbound);
    for (int i = 0; i < 10; i++) {
      assertThat(outbound.tryTake()).isTrue();
    }
    monitor.check();
    assertThat(monitor.history())
        .containsExactly(
            new OverloadAlert(NOON, OverloadLevel.FULL, "outbound", "tcp-7", 10, 10, 100.0));
    assertThat(telemetry.health().status().healthy()).as("one slow client").isTrue();
    gone.run();
    assertThat(monitor.watched()).isZero();
  }

  @Test
  void remembersTheNewestHundred() {
    for (int i = 0; i < 101; i++) {
      levelAt(80);
      levelAt(i == 100 ? 90 : 0);
    }
    assertThat(monitor.history()).hasSize(OverloadMonitor.HISTORY);
    assertThat(monitor.history().getLast().level()).isEqualTo(OverloadLevel.CRITICAL);
  }

  @Test
  void switchedOffItLooksAtNothingAndOnAgainItDoes() {
    levelAt(90);
    config.set(config.get().withSwitches(new SwitchSettings(true, true, false)));
    assertThat(levelAt(100)).isEqualTo(OverloadLevel.CLEAR);
    assertThat(telemetry.health().status().healthy()).isTrue();
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    config.set(config.get().withSwitches(new SwitchSettings(true, true, true)));
    assertThat(levelAt(100)).isEqualTo(OverloadLevel.FULL);
  }

  /** The next look may be an hour away. */
  @Test
  void switchedOffItTakesBackAtOnceWhatItSaid() {
    levelAt(100);
    assertThat(telemetry.health().status().healthy()).isFalse();
    config.set(config.get().withSwitches(new SwitchSettings(true, true, false)));
    assertThat(telemetry.health().status().healthy()).isTrue();
    assertThat(monitor.level(transport)).isEqualTo(OverloadLevel.CLEAR);
    assertThat(monitor.overloaded()).isEmpty();
  }

  @Test
  void whatWasFullWhileItWasOffIsNotHeldAgainstAnybody() {
    config.set(config.get().withSwitches(new SwitchSettings(true, true, false)));
    depth(100);
    depth(0);
    monitor.check();
    config.set(config.get().withSwitches(new SwitchSettings(true, true, true)));
    monitor.check();
    assertThat(monitor.history()).isEmpty();
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void everythingCanBeSeen() {
    levelAt(85);
    var queues = telemetry.introspection().read("queues").orElseThrow();
    assertThat(queues.path("overloaded").get(0).path("role").asString()).isEqualTo("transport");
    var queue = telemetry.introspection().readItem("queues", "transport").orElseThrow();
    assertThat(queue.toString())
        .isEqualTo(
            "{\"role\":\"transport\",\"process\":\"server\",\"depth\":85,\"limit\":100,"
                + "\"utilization\":85.0,\"status\":\"warning\",\"max\":85,\"rejected\":0,"
                + "\"capacity_exceeded\":0}");
    assertThat(telemetry.introspection().readItem("queues", "no such")).isEmpty();
    assertThat(telemetry.introspection().read("queue-alerts").orElseThrow().path("alerts").size())
        .isEqualTo(1);
    assertThat(telemetry.introspection().readItem("breakers", "role:transport")).isPresent();
    assertThat(telemetry.metrics().scrape().stream().map(s -> s.getMetadata().getName()))
        .contains("plumbline_queue_depth", "plumbline_queue_rejected", "plumbline_breaker_state");
  }
}
