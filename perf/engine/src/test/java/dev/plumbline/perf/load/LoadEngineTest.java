package dev.plumbline.perf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.perf.load.SimulatedTarget.Served;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadEngineTest {
  private static final long MILLI = 1_000_000;
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final ConstantRate SCHEDULE =
      new ConstantRate(100, Duration.ZERO, Duration.ofSeconds(10));

  @Test
  void sendsEachRequestWhenItIsDueAndNotWhenTheLastOneEnded() throws Exception {
    Samples samples =
        SimulatedTarget.run(SCHEDULE, DEADLINE, index -> new Served(2 * MILLI, Outcome.OK));
    for (int index = 0; index < SCHEDULE.count(); index++) {
      assertThat(samples.latencyNanos(index)).isEqualTo(2 * MILLI);
      assertThat(samples.serviceNanos(index)).isEqualTo(2 * MILLI);
      assertThat(samples.latenessNanos(index)).isZero();
      assertThat(samples.waited(index)).isFalse();
    }
  }

  @Test
  void countsAStallForEveryRequestThatWasDueWhileItLasted() throws Exception {
    // One request takes a second: a generator that waits for answers would see one slow request.
    Samples samples =
        SimulatedTarget.run(
            SCHEDULE,
            DEADLINE,
            index -> new Served(index == 500 ? 1_000 * MILLI : MILLI, Outcome.OK));
    long slowByPlan = count(samples, i -> samples.latencyNanos(i) > 100 * MILLI);
    long slowBySend = count(samples, i -> samples.serviceNanos(i) > 100 * MILLI);
    assertThat(slowBySend).isEqualTo(1);
    assertThat(slowByPlan).isBetween(95L, 105L);
    assertThat(samples.latencyNanos(501)).isEqualTo(991 * MILLI);
    assertThat(count(samples, samples::waited)).isGreaterThan(90);
    assertThat(count(samples, i -> samples.latenessNanos(i) > 0))
        .as("waiting for a busy connection is the target's time")
        .isZero();
  }

  @Test
  void givesUpRequestsThatCouldNotBeSentWithinTheDeadline() throws Exception {
    Duration deadline = Duration.ofMillis(500);
    Samples samples =
        SimulatedTarget.run(
            SCHEDULE,
            deadline,
            index -> new Served(index == 100 ? 2_000 * MILLI : MILLI, Outcome.OK));
    long notStarted = count(samples, i -> samples.outcome(i) == Outcome.NOT_STARTED);
    assertThat(notStarted).isBetween(140L, 155L);
    assertThat(count(samples, i -> samples.outcome(i) == Outcome.OK))
        .isEqualTo(SCHEDULE.count() - notStarted);
    assertThat(samples.latencyNanos(101)).isGreaterThan(deadline.toNanos());
  }

  @Test
  void countsTheGeneratorsOwnDelayAsLateness() throws Exception {
    // A machine that wakes sleepers 40 ms late.
    FakeTicker drowsy =
        new FakeTicker() {
          @Override
          public void awaitUntil(long deadline) {
            super.awaitUntil(deadline + 40 * MILLI);
          }
        };
    ConstantRate slow = new ConstantRate(10, Duration.ZERO, Duration.ofSeconds(10));
    LoadEngine engine = new LoadEngine(slow, DEADLINE, drowsy);
    engine.work(
        new SimulatedTarget(drowsy, index -> new Served(MILLI, Outcome.OK)), drowsy.nanos());
    Samples samples = engine.samples();
    for (int index = 0; index < slow.count(); index++) {
      assertThat(samples.latenessNanos(index)).isEqualTo(40 * MILLI);
      assertThat(samples.latencyNanos(index)).isEqualTo(41 * MILLI);
      assertThat(samples.serviceNanos(index)).isEqualTo(MILLI);
    }
  }

  @Test
  void sendsEveryNumberExactlyOnceOverManyConnections() throws Exception {
    ConstantRate schedule = new ConstantRate(2_000, Duration.ZERO, Duration.ofMillis(500));
    ConcurrentHashMap<Integer, Integer> calls = new ConcurrentHashMap<>();
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger highest = new AtomicInteger();
    LoadEngine engine = new LoadEngine(schedule, DEADLINE, Ticker.system());
    List<LoadClient> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clients.add(
          client(
              index -> {
                highest.accumulateAndGet(inside.incrementAndGet(), Math::max);
                calls.merge(index, 1, Integer::sum);
                inside.decrementAndGet();
                return new Answer(Outcome.OK, System.nanoTime(), "");
              }));
    }
    Samples samples = engine.run(clients);
    assertThat(calls).hasSize(1_000).allSatisfy((index, times) -> assertThat(times).isEqualTo(1));
    assertThat(highest.get()).isBetween(1, 4);
    assertThat(count(samples, i -> samples.outcome(i).isOk())).isEqualTo(1_000);
  }

  @Test
  void startsNoRequestBeforeItIsDue() throws Exception {
    ConstantRate schedule = new ConstantRate(200, Duration.ZERO, Duration.ofMillis(300));
    LoadEngine engine = new LoadEngine(schedule, DEADLINE, Ticker.system());
    Samples samples =
        engine.run(List.of(client(index -> new Answer(Outcome.OK, System.nanoTime(), ""))));
    for (int index = 0; index < schedule.count(); index++) {
      assertThat(samples.latencyNanos(index)).isGreaterThanOrEqualTo(samples.serviceNanos(index));
    }
  }

  @Test
  void reportsOurOwnFaultInsteadOfSamples() {
    LoadEngine engine = new LoadEngine(SCHEDULE, DEADLINE, Ticker.system());
    LoadClient broken =
        client(
            index -> {
              throw new HarnessException("no descriptor left");
            });
    assertThatThrownBy(() -> engine.run(List.of(broken)))
        .isInstanceOf(HarnessException.class)
        .hasMessageContaining("no descriptor left");
  }

  @Test
  void endsItsWorkersWhenItIsInterrupted() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    LoadEngine engine = new LoadEngine(SCHEDULE, DEADLINE, Ticker.system());
    LoadClient hanging =
        client(
            index -> {
              called.countDown();
              try {
                new CountDownLatch(1).await();
              } finally {
                ended.countDown();
              }
              throw new IllegalStateException("not reached");
            });
    Thread runner =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    engine.run(List.of(hanging));
                  } catch (HarnessException | InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    called.await();
    runner.interrupt();
    assertThat(ended.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    runner.join(10_000);
    assertThat(runner.isAlive()).isFalse();
  }

  private interface Calling {
    Answer call(int index) throws HarnessException, InterruptedException;
  }

  private static LoadClient client(Calling calling) {
    return new LoadClient() {
      @Override
      public Answer call(int index) throws HarnessException, InterruptedException {
        return calling.call(index);
      }

      @Override
      public void close() {}
    };
  }

  private static long count(Samples samples, java.util.function.IntPredicate which) {
    return IntStream.range(0, samples.schedule().count()).filter(which).count();
  }
}
