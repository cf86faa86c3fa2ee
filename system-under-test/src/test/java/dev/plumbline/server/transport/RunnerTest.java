package dev.plumbline.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.domain.Domains;
import dev.plumbline.server.domain.FailureDomain;
import dev.plumbline.server.domain.Unit;
import dev.plumbline.server.era.Answer;
import dev.plumbline.server.limit.RolePermits;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.observe.Telemetry;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.session.InFlight;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunnerTest {
  private final RolePermits permits = new RolePermits("transport", 1);
  private final List<Answer> answers = new CopyOnWriteArrayList<>();
  private final Domains domains =
      new Domains(
          new Live<>(ServerConfig.standard()),
          Telemetry.create(),
          Machines.unobserved(System::nanoTime));
  private final FailureDomain domain = domains.of("a session");

  @Test
  void answersAtTheDeadlineWithTheIdAndInterruptsTheWork() {
    AtomicBoolean interrupted = new AtomicBoolean();
    CountDownLatch never = new CountDownLatch(1);
    try (Runner runner =
        new Runner(permits, new RolePermits("sse_stream", 1), Duration.ofMillis(100), domains)) {
      runner.tryStart(
          domain,
          lease -> {
            lease.id(new RequestId.Whole("7"));
            try {
              never.await();
            } catch (InterruptedException e) {
              interrupted.set(true);
            }
            return Answer.empty(200);
          },
          answers::add);
      await().untilTrue(interrupted);
      await().until(() -> permits.held() == 0);
    }
    assertThat(answers).singleElement().matches(answer -> answer.status() == 504);
    assertThat(new String(answers.getFirst().bytes(), StandardCharsets.UTF_8))
        .startsWith("{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-31504");
  }

  /** Who cancelled hears no deadline; a thread that goes on counts as stuck after its grace. */
  @Test
  void whatItsClientCancelledAndDoesNotEndIsStuckAndAnsweredWithSilence() {
    AtomicLong now = new AtomicLong(1);
    FailureDomain watched =
        new Domains(
                new Live<>(ServerConfig.standard()),
                Telemetry.create(),
                Machines.unobserved(now::get))
            .of("a session");
    InFlight inFlight = new InFlight();
    RequestId id = new RequestId.Whole("7");
    CountDownLatch over = new CountDownLatch(1);
    try (Runner runner =
        new Runner(permits, new RolePermits("sse_stream", 1), Duration.ofHours(1), domains)) {
      runner.tryStart(
          watched,
          lease -> {
            lease.id(id);
            InFlight.Running running = inFlight.begin(id);
            awaitIgnoring(over);
            inFlight.end(id, running);
            return Answer.empty(200);
          },
          answers::add);
      await().until(() -> inFlight.runs(id));
      inFlight.cancel(id);
      now.addAndGet(FailureDomain.GRACE.toNanos() - 1);
      assertThat(watched.stuck()).isZero();
      now.addAndGet(1);
      assertThat(watched.stuck()).isEqualTo(1);
      over.countDown();
      await().until(() -> watched.stuck() == 0);
    }
  }

  @Test
  void aCancelledCallerIsLetGoAfterTheGrace() {
    CountDownLatch over = new CountDownLatch(1);
    try (Runner runner =
        new Runner(permits, new RolePermits("sse_stream", 1), Duration.ofHours(1), domains)) {
      runner.tryStart(
          domain,
          lease -> {
            lease.id(new RequestId.Whole("7"));
            Unit.current().orElseThrow().endSilently();
            awaitIgnoring(over);
            return Answer.empty(200);
          },
          answers::add);
      await().atMost(Duration.ofSeconds(60)).until(() -> !answers.isEmpty());
      over.countDown();
    }
    assertThat(answers).containsExactly(Answer.silence());
  }

  private static void awaitIgnoring(CountDownLatch over) {
    while (over.getCount() > 0) {
      try {
        over.await();
      } catch (InterruptedException e) {
        // The defect that is planted here.
      }
    }
  }

  @Test
  void refusesToStartWithoutAPermit() {
    CountDownLatch hold = new CountDownLatch(1);
    try (Runner runner =
        new Runner(permits, new RolePermits("sse_stream", 1), Duration.ofSeconds(30), domains)) {
      assertThat(
              runner.tryStart(
                  domain,
                  _ -> {
                    try {
                      hold.await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                    return Answer.empty(202);
                  },
                  answers::add))
          .isInstanceOf(Runner.Start.Running.class);
      assertThat(runner.tryStart(domain, _ -> Answer.empty(202), answers::add))
          .isInstanceOfSatisfying(
              Runner.Start.Refused.class,
              refused -> assertThat(refused.error().code()).isEqualTo(-31429));
      hold.countDown();
      await().until(() -> answers.size() == 1 && permits.held() == 0);
    }
  }

  @Test
  void aCrashIsAnInternalErrorWithoutItsText() {
    try (Runner runner =
        new Runner(permits, new RolePermits("sse_stream", 1), Duration.ofSeconds(30), domains)) {
      runner.tryStart(
          domain,
          _ -> {
            throw new IllegalStateException("secret");
          },
          answers::add);
      await().until(() -> answers.size() == 1);
    }
    assertThat(answers.getFirst().status()).isEqualTo(500);
    assertThat(new String(answers.getFirst().bytes(), StandardCharsets.UTF_8))
        .contains("-32603")
        .doesNotContain("secret");
  }

  @Test
  void workThatWasToldToEndBeforeItBeganIsNeverDone() throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch holding = new CountDownLatch(1);
    RolePermits many = new RolePermits("transport", 1_000);
    try (Runner runner =
        new Runner(many, new RolePermits("sse_stream", 1), Duration.ofSeconds(30), domains)) {
      // Every carrier computes, so that whatever comes next waits for its turn.
      List<Thread> busy = new CopyOnWriteArrayList<>();
      for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
        busy.add(
            Thread.startVirtualThread(
                () -> {
                  while (holding.getCount() > 0) {
                    Thread.onSpinWait();
                  }
                }));
      }
      Runner.Start start =
          runner.tryStart(
              domain,
              _ -> {
                done.set(true);
                return Answer.empty(200);
              },
              answers::add);
      ((Runner.Start.Running) start).task().abandon();
      holding.countDown();
      for (Thread thread : busy) {
        thread.join();
      }
      await().until(() -> many.held() == 0 && domain.active() == 0);
    }
    assertThat(done).isFalse();
    assertThat(answers).isEmpty();
  }

  @Test
  void anAbandonedRequestIsNotAnswered() {
    CountDownLatch never = new CountDownLatch(1);
    try (Runner runner =
        new Runner(permits, new RolePermits("sse_stream", 1), Duration.ofSeconds(30), domains)) {
      Runner.Start start =
          runner.tryStart(
              domain,
              _ -> {
                try {
                  never.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                return Answer.empty(200);
              },
              answers::add);
      Runner.Task task = ((Runner.Start.Running) start).task();
      assertThat(task.abandon()).isTrue();
      assertThat(task.abandon()).isFalse();
      await().until(() -> permits.held() == 0);
    }
    assertThat(answers).isEmpty();
  }
}
