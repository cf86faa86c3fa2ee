package dev.plumbline.server.feature.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.domain.Domains;
import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.RolePermits;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.TaskLifecycle;
import dev.plumbline.server.machine.TaskState;
import dev.plumbline.server.observe.Telemetry;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.registry.Owner;
import dev.plumbline.server.registry.Registry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
class TasksTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int WORKERS = 1_000;
  private static final int KEPT = 10_000;
  private static final String ALICE = "alice";
  private static final TaskWork NOTHING = _ -> JsonNodeFactory.instance.objectNode();
  private static final TaskWork ENDLESS =
      _ -> {
        new CountDownLatch(1).await();
        return JsonNodeFactory.instance.objectNode();
      };

  private final AtomicLong now = new AtomicLong(1);
  private final Machines machines = Machines.unobserved(now::get);
  private final Registry registry = new Registry(now::get, InstantSource.system());
  private final Map<String, Owner> owners = new ConcurrentHashMap<>();
  private final Telemetry telemetry = Telemetry.create();
  private final Domains domains =
      new Domains(new Live<>(ServerConfig.standard()), telemetry, machines);
  private final Tasks tasks =
      new Tasks(
          machines,
          () -> Instant.ofEpochSecond(0, now.get()),
          new RolePermits("task_worker", WORKERS),
          new RolePermits("task_kept", KEPT),
          registry,
          this::owner,
          domains);

  private Owner owner(String name) {
    return owners.computeIfAbsent(name, _ -> registry.owner("test", name));
  }

  @AfterEach
  void stop() {
    tasks.close();
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
    tasks.sweep();
  }

  private Task start(String owner, TaskWork work) throws RpcException {
    TaskView seed =
        tasks.start(
            new Order(owner, TaskLifecycle.TTL, StandIn.modern(owner), false, Order::plain, work));
    return tasks.find(owner, seed.id()).orElseThrow();
  }

  private Task ended(Task task) throws InterruptedException {
    assertThat(task.ended(LONG)).isTrue();
    return task;
  }

  /** Waits until every task's thread has left. */
  private void idle() {
    await().atMost(LONG).until(() -> tasks.working() == 0);
  }

  @Test
  void aTaskBeginsWorkingAndKeepsItsResult() throws Exception {
    TaskView seed =
        tasks.start(
            new Order(
                ALICE,
                TaskLifecycle.TTL,
                StandIn.modern(ALICE),
                false,
                Order::plain,
                _ -> JsonNodeFactory.instance.objectNode().put("answer", 42)));
    assertThat(seed.state().wire()).isEqualTo("working");
    Task task = ended(tasks.find(ALICE, seed.id()).orElseThrow());
    pass(TaskLifecycle.TTL.minusNanos(1));
    TaskView view = tasks.find(ALICE, task.id()).orElseThrow().view();
    assertThat(view.state()).isEqualTo(TaskState.RESULT_READY);
    assertThat(view.reply()).isInstanceOf(Reply.Result.class);
    assertThat(((Reply.Result) Objects.requireNonNull(view.reply())).value().path("answer").asInt())
        .isEqualTo(42);
  }

  @Test
  void idsAreDistinctAndHave256Bits() throws Exception {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      ids.add(start(ALICE, NOTHING).id());
    }
    assertThat(ids).hasSize(100).allMatch(id -> id.matches("[A-Za-z0-9_-]{43}"));
  }

  @Test
  void nobodyElseFindsATask() throws Exception {
    Task task = start(ALICE, NOTHING);
    assertThat(tasks.find("bob", task.id())).isEmpty();
    assertThat(tasks.list("bob", 0, 10)).isEmpty();
    assertThat(tasks.list(ALICE, 0, 10)).containsExactly(task);
  }

  @Test
  void aTaskIsGoneTheMomentItsTimeHasPassedEvenBeforeTheSweep() throws Exception {
    Task task = ended(start(ALICE, NOTHING));
    now.addAndGet(TaskLifecycle.TTL.toNanos());
    assertThat(tasks.find(ALICE, task.id())).isEmpty();
    assertThat(tasks.list(ALICE, 0, 10)).isEmpty();
  }

  @Test
  void tenThousandFinishedTasksLeaveNothingBehind() throws Exception {
    int owners = 20;
    int each = KEPT / owners;
    for (int i = 0; i < owners * each; i++) {
      ended(start("owner " + i % owners, NOTHING));
    }
    assertThat(tasks.count()).isEqualTo(KEPT);
    assertThatThrownBy(() -> start("one more", NOTHING)).isInstanceOf(RpcException.class);
    pass(TaskLifecycle.TTL);
    idle();
    assertThat(tasks.count()).isZero();
    assertThat(tasks.owners()).isZero();
    assertThat(tasks.kept()).isZero();
    ended(start("one more", NOTHING));
  }

  @Test
  void nothingCanBeStartedForAnOwnerThatHasEnded() throws Exception {
    start(ALICE, ENDLESS);
    registry.end(owner(ALICE));
    assertThatThrownBy(() -> start(ALICE, NOTHING))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.error().code()).isEqualTo(-32600));
    idle();
    assertThat(tasks.count()).isZero();
    assertThat(tasks.kept()).isZero();
    assertThat(tasks.owners()).isZero();
  }

  @Test
  void aTaskOfThirtySecondsIsGoneByTheSweepAfterThem() throws Exception {
    Duration ttl = Duration.ofSeconds(30);
    tasks.start(new Order(ALICE, ttl, StandIn.modern(ALICE), false, Order::plain, ENDLESS));
    Duration age = Duration.ZERO;
    while (age.compareTo(ttl.minus(Limits.SWEEP)) < 0) {
      pass(Limits.SWEEP);
      age = age.plus(Limits.SWEEP);
      assertThat(tasks.count()).isOne();
    }
    // C10: the sweep is at most a second apart, so nobody waits for the sixty of R184.
    pass(Limits.SWEEP);
    assertThat(tasks.count()).isZero();
    idle();
  }

  @Test
  void neverWorksOnMoreThanItsCap() throws Exception {
    for (int i = 0; i < WORKERS; i++) {
      start("owner " + i, ENDLESS);
    }
    assertThat(tasks.working()).isEqualTo(WORKERS);
    assertThatThrownBy(() -> start(ALICE, NOTHING))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.error().code()).isEqualTo(-31429));
    registry.end(owner("owner 0"));
    await().atMost(LONG).until(() -> tasks.working() < WORKERS);
    ended(start(ALICE, NOTHING));
  }

  @Test
  void oneOwnerCannotTakeEverything() throws Exception {
    for (int i = 0; i < Limits.MAX_TASKS_PER_OWNER; i++) {
      ended(start(ALICE, NOTHING));
    }
    assertThatThrownBy(() -> start(ALICE, NOTHING)).isInstanceOf(RpcException.class);
    ended(start("bob", NOTHING));
  }

  @Test
  void aCancelledTaskInterruptsItsWorkAndEndsCancelled() throws Exception {
    Task task = start(ALICE, ENDLESS);
    task.cancel();
    task.cancel();
    assertThat(ended(task).view().state()).isEqualTo(TaskState.CANCELLED);
    task.cancel();
    assertThat(task.view().state()).isEqualTo(TaskState.CANCELLED);
    idle();
  }

  @Test
  void aResultThatArrivesWhileCancellingWins() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Task task =
        start(
            ALICE,
            _ -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                // Nearly done when it was asked to stop.
              }
              return JsonNodeFactory.instance.objectNode();
            });
    begun.await();
    task.cancel();
    assertThat(ended(task).view().state()).isEqualTo(TaskState.RESULT_READY);
  }

  @Test
  void workThatDoesNotStopInTimeLosesItsResult() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch stubborn = new CountDownLatch(1);
    Task task =
        start(
            ALICE,
            _ -> {
              begun.countDown();
              while (stubborn.getCount() > 0) {
                Thread.onSpinWait();
              }
              return JsonNodeFactory.instance.objectNode();
            });
    begun.await();
    task.cancel();
    pass(TaskLifecycle.GRACE.minusNanos(1));
    assertThat(task.state()).isEqualTo(TaskState.CANCELLING);
    pass(Duration.ofNanos(1));
    assertThat(task.state()).isEqualTo(TaskState.CANCELLED);
    assertThat(tasks.working()).isOne();
    stubborn.countDown();
    idle();
    assertThat(task.state()).isEqualTo(TaskState.CANCELLED);
  }

  @Test
  void workBeyondTheDeadlineFailsAndCanStillBeRead() throws Exception {
    TaskView seed =
        tasks.start(
            new Order(
                ALICE, Limits.MAX_TASK_TTL, StandIn.modern(ALICE), false, Order::plain, ENDLESS));
    Task task = tasks.find(ALICE, seed.id()).orElseThrow();
    // A timeout that meets the beginning of the work is stale, and due again at the next sweep.
    await().atMost(LONG).until(() -> task.state() == TaskState.RUNNING);
    pass(TaskLifecycle.LONGEST);
    TaskView view = tasks.find(ALICE, seed.id()).orElseThrow().view();
    assertThat(view.state()).isEqualTo(TaskState.TIMED_OUT);
    assertThat(view.message()).isNotBlank();
    idle();
  }

  @Test
  void anOwnersTasksGoWithTheOwner() throws Exception {
    Task task = start(ALICE, ENDLESS);
    start("bob", NOTHING);
    registry.end(owner(ALICE));
    assertThat(tasks.find(ALICE, task.id())).isEmpty();
    assertThat(tasks.count()).isOne();
    assertThat(task.state().terminal()).isTrue();
    idle();
  }

  @Test
  void aCrashStaysInsideItsTask() throws Exception {
    Task task =
        start(
            ALICE,
            _ -> {
              throw new IllegalStateException("secret");
            });
    TaskView view = ended(task).view();
    assertThat(view.state()).isEqualTo(TaskState.FAILED);
    assertThat(view.toString()).doesNotContain("secret");
  }

  @Test
  void anErrorStaysInsideItsTaskAndIsCountedInItsDomain() throws Exception {
    Task task =
        start(
            ALICE,
            _ -> {
              throw new AssertionError("secret");
            });
    TaskView view = ended(task).view();
    assertThat(view.state()).isEqualTo(TaskState.FAILED);
    assertThat(view.toString()).doesNotContain("secret");
    idle();
    assertThat(telemetry.events().recent(10))
        .singleElement()
        .satisfies(notice -> assertThat(notice.facts()).containsEntry("kind", "AssertionError"));
  }

  @Test
  void aKeyNamesOneQuestionInTheWholeLifeOfATask() throws Exception {
    ObjectNode params = JsonNodeFactory.instance.objectNode();
    Map<String, ClientRequest> question = Map.of("k", new ClientRequest("roots/list", params));
    List<String> seen = new ArrayList<>();
    Task fresh =
        new Task(
            new TaskIdentity("id", ALICE, 0, Instant.now(), TaskLifecycle.TTL),
            machines,
            Instant::now,
            _ -> {});
    assertThat(fresh.begin(_ -> {})).isTrue();
    for (int i = 0; i < 2; i++) {
      Thread client =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      if (fresh.next() instanceof Turn.Asked(_, var open)) {
                        seen.addAll(open.keySet());
                        open.keySet().forEach(key -> fresh.answer(Map.of(key, StandIn.accepted())));
                      }
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      assertThat(fresh.ask(question)).containsOnlyKeys("k");
      client.join();
    }
    assertThat(seen).containsExactly("k", "k-2");
  }

  private static TaskRecord elsewhere(TaskState state) {
    Instant begun = Instant.ofEpochSecond(0);
    return new TaskRecord("elsewhere", ALICE, state, begun, begun, TaskLifecycle.TTL, null, null);
  }

  @Test
  void whatAnotherProcessHadNotFinishedEndsWithADefinedError() {
    tasks.handover().take(elsewhere(TaskState.INPUT_REQUIRED), () -> {});
    Task task = tasks.find(ALICE, "elsewhere").orElseThrow();
    assertThat(task.state()).isEqualTo(TaskState.INPUT_REQUIRED);
    tasks.handover().over();
    assertThat(task.state()).isEqualTo(TaskState.FAILED);
    assertThat(task.view().reply())
        .isInstanceOfSatisfying(
            Reply.Failure.class, failure -> assertThat(failure.error().code()).isEqualTo(-31513));
  }

  @Test
  void whatIsToldLateChangesNothing() {
    AtomicLong stops = new AtomicLong();
    tasks.handover().take(elsewhere(TaskState.SUBMITTED), stops::incrementAndGet);
    Task task = tasks.find(ALICE, "elsewhere").orElseThrow();
    task.cancel();
    assertThat(stops).hasValue(1);
    tasks.handover().take(elsewhere(TaskState.RUNNING), () -> {});
    assertThat(task.state()).isEqualTo(TaskState.CANCELLING);
    tasks.handover().take(elsewhere(TaskState.CANCELLED), () -> {});
    assertThat(task.state()).isEqualTo(TaskState.CANCELLED);
    tasks.handover().take(elsewhere(TaskState.RUNNING), () -> {});
    assertThat(task.state()).isEqualTo(TaskState.CANCELLED);
  }
}
