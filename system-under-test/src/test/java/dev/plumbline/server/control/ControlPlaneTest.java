package dev.plumbline.server.control;

import static dev.plumbline.server.control.PlaneFixture.get;
import static dev.plumbline.server.control.PlaneFixture.refusal;
import static dev.plumbline.server.control.PlaneFixture.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.config.SwitchSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class ControlPlaneTest {
  private static final ControlReply WELL =
      new ControlReply.HealthReport(true, "", JsonNodeFactory.instance.objectNode());

  private final PlaneFixture fixture = new PlaneFixture();
  private final ControlPlane plane = fixture.plane;
  private final List<Gate> gates = new ArrayList<>();

  @AfterEach
  void close() {
    gates.forEach(Gate::open);
    fixture.close();
  }

  /** Occupies the workers, one gate each. The clock stands, so that nobody counts as slow. */
  private List<Gate> occupy(int workers) throws Exception {
    List<Gate> closed = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      Gate gate = new Gate();
      gates.add(gate);
      closed.add(gate);
      plane.registerComponent("gate-" + i, gate);
      var _ = plane.healthCheck("gate-" + i, HealthKind.FULL);
      gate.awaitEntered();
    }
    return closed;
  }

  @Test
  void servesTheMoreUrgentFirstAndEachPriorityInItsOrder() throws Exception {
    List<String> served = Collections.synchronizedList(new ArrayList<>());
    ComponentHandler handler =
        message -> {
          served.add(
              switch (message) {
                case ControlMessage.BreakerChange(_, var name, _) -> "breaker " + name;
                case ControlMessage.HealthCheck(var id, _) -> "health " + id;
                case ControlMessage.DrainSession(_, var id, _) -> "drain " + id;
                case ControlMessage.CancelTask(_, var id, _) -> "cancel " + id;
              });
          return WELL;
        };
    for (String id :
        List.of(ControlPlane.BREAKERS, ControlPlane.SESSIONS, ControlPlane.TASKS, "a", "b")) {
      plane.registerComponent(id, handler);
    }
    List<Gate> closed = occupy(Crew.WORKERS);
    List<Future<Delivery>> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(plane.cancelTask("t" + i, ""));
      all.add(plane.drainSession("s" + i, Duration.ofSeconds(1)));
      all.add(plane.healthCheck(i % 2 == 0 ? "a" : "b", HealthKind.FULL));
      all.add(plane.circuitBreaker("x" + i, BreakerCommand.OPEN));
    }
    closed.getFirst().open();
    all.forEach(PlaneFixture::get);
    assertThat(served)
        .containsExactly(
            "breaker x0",
            "breaker x1",
            "breaker x2",
            "health a",
            "health b",
            "health a",
            "drain s0",
            "drain s1",
            "drain s2",
            "cancel t0",
            "cancel t1",
            "cancel t2");
  }

  @Test
  void oneComponentHasOneCallAtATimeAndHoldsUpNobodyElse() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    Gate gate = new Gate();
    gates.add(gate);
    plane.registerComponent(
        "slow",
        message -> {
          if (inside.incrementAndGet() > 1) {
            throw new IllegalStateException("two calls at once");
          }
          try {
            return gate.handle(message);
          } finally {
            inside.decrementAndGet();
          }
        });
    plane.registerComponent("quick", _ -> WELL);
    List<Future<Delivery>> mine = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      mine.add(plane.healthCheck("slow", HealthKind.FULL));
    }
    gate.awaitEntered();
    for (int i = 0; i < 50; i++) {
      assertThat(reply(plane.healthCheck("quick", HealthKind.FULL))).isEqualTo(WELL);
    }
    gate.open();
    assertThat(mine)
        .allSatisfy(one -> assertThat(reply(one)).isInstanceOf(ControlReply.Acknowledged.class));
  }

  @Test
  void aFullQueueIsARefusalAndEveryMessageHasOneReply() throws Exception {
    fixture.limits(1_000, 10);
    occupy(Crew.WORKERS);
    plane.registerComponent("a", _ -> WELL);
    plane.registerComponent("b", _ -> WELL);
    AtomicInteger replies = new AtomicInteger();
    List<ControlReply> now = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 100; i++) {
      plane.send(
          new ControlMessage.HealthCheck(i % 2 == 0 ? "a" : "b", HealthKind.FULL),
          delivery -> {
            replies.incrementAndGet();
            now.add(delivery.reply());
          });
    }
    assertThat(now)
        .hasSize(90)
        .allSatisfy(
            r ->
                assertThat(r)
                    .isInstanceOfSatisfying(
                        ControlReply.Refused.class,
                        refused -> assertThat(refused.cause()).isEqualTo(Refusal.QUEUE_FULL)));
    assertThat(plane.stats().type(Priority.HEALTH).waiting()).isEqualTo(10);
    // The other priorities have queues of their own.
    plane.registerComponent(ControlPlane.TASKS, _ -> WELL);
    Future<Delivery> other = plane.cancelTask("t", "");
    gates.getFirst().open();
    get(other);
    await().untilAsserted(() -> assertThat(replies).hasValue(100));
    assertThat(now.stream().filter(WELL::equals).count()).isEqualTo(10);
  }

  @Test
  void oneComponentCannotFillAQueueAlone() throws Exception {
    fixture.limits(1_000, 10);
    occupy(Crew.WORKERS);
    plane.registerComponent("greedy", _ -> WELL);
    plane.registerComponent("modest", _ -> WELL);
    List<Future<Delivery>> greedy = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      greedy.add(plane.healthCheck("greedy", HealthKind.FULL));
    }
    assertThat(refusal(greedy.get(5))).isEqualTo(Refusal.QUEUE_FULL);
    Future<Delivery> modest = plane.healthCheck("modest", HealthKind.FULL);
    gates.getFirst().open();
    assertThat(reply(modest)).isEqualTo(WELL);
  }

  @Test
  void aHundredThousandComponentsNeedNoThreadEach() throws Exception {
    int many = 100_000;
    int threadsBefore = plane.stats().threads();
    List<Runnable> unregister = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      unregister.add(plane.registerComponent("component-" + i, _ -> WELL));
    }
    assertThatThrownBy(() -> plane.registerComponent("one-more", _ -> WELL))
        .isInstanceOf(ComponentRefusedException.class)
        .hasMessageContaining("100000 components are registered");
    for (int i = 0; i < many; i += 97) {
      assertThat(reply(plane.healthCheck("component-" + i, HealthKind.LIVENESS))).isEqualTo(WELL);
    }
    assertThat(plane.stats().components()).isEqualTo(many);
    assertThat(plane.stats().threads()).isEqualTo(threadsBefore);
    unregister.forEach(Runnable::run);
    assertThat(plane.stats().components()).isZero();
    assertThat(refusal(plane.healthCheck("component-7", HealthKind.LIVENESS)))
        .isEqualTo(Refusal.UNKNOWN_COMPONENT);
  }

  @Test
  void refusesIdsThatAreTakenOrCannotBe() throws Exception {
    plane.registerComponent("a", _ -> WELL);
    for (String id : List.of("a", "", " ", "a b", "x".repeat(129), "-a", "a\n")) {
      assertThatThrownBy(() -> plane.registerComponent(id, _ -> WELL))
          .isInstanceOf(ComponentRefusedException.class);
    }
    assertThatThrownBy(() -> plane.registerPart("a", _ -> WELL))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whoeverUnregistersIsNotCalledForWhatWaited() throws Exception {
    occupy(Crew.WORKERS);
    Runnable unregister = plane.registerComponent("a", _ -> WELL);
    Future<Delivery> waits = plane.healthCheck("a", HealthKind.FULL);
    unregister.run();
    gates.getFirst().open();
    assertThat(refusal(waits)).isEqualTo(Refusal.UNKNOWN_COMPONENT);
  }

  @Test
  void switchedOffItAnswersNothingButLiveness() throws Exception {
    plane.registerComponent("a", _ -> WELL);
    fixture.config.set(fixture.config.get().withSwitches(new SwitchSettings(false, true, true)));
    assertThat(refusal(plane.healthCheck("a", HealthKind.FULL))).isEqualTo(Refusal.SWITCHED_OFF);
    assertThat(refusal(plane.cancelTask("t", ""))).isEqualTo(Refusal.SWITCHED_OFF);
    assertThat(reply(plane.healthCheck("a", HealthKind.LIVENESS))).isEqualTo(WELL);
    fixture.config.set(fixture.config.get().withSwitches(new SwitchSettings(true, true, true)));
    assertThat(reply(plane.healthCheck("a", HealthKind.FULL))).isEqualTo(WELL);
  }

  @Test
  void stoppedItRefusesWhatWaitsAndWhatComes() throws Exception {
    occupy(Crew.WORKERS);
    plane.registerComponent("a", _ -> WELL);
    Future<Delivery> waits = plane.healthCheck("a", HealthKind.FULL);
    plane.close();
    assertThat(refusal(waits)).isEqualTo(Refusal.STOPPED);
    assertThat(refusal(plane.healthCheck("a", HealthKind.FULL))).isEqualTo(Refusal.STOPPED);
    await().until(() -> plane.stats().threads() == 0);
  }

  @Test
  void tellsWhatItDelivered() throws Exception {
    plane.registerComponent(
        "a",
        _ -> {
          fixture.nanos.addAndGet(Duration.ofMillis(150).toNanos());
          return WELL;
        });
    Delivery delivery = get(plane.healthCheck("a", HealthKind.FULL));
    assertThat(delivery.whole()).isEqualTo(Duration.ofMillis(150));
    assertThat(delivery.dispatch()).isZero();
    await().until(() -> plane.stats().delivered() == 1);
    get(plane.healthCheck("nobody", HealthKind.FULL));
    ControlStats.ByType health = plane.stats().type(Priority.HEALTH);
    assertThat(health.violations()).isEqualTo(1);
    assertThat(health.refused()).isEqualTo(1);
    assertThat(health.whole().p99Micros()).isBetween(149_000.0, 152_000.0);
    assertThat(health.wholeLately().count()).isEqualTo(1);
    fixture.nanos.addAndGet(Duration.ofMinutes(2).toNanos());
    health = plane.stats().type(Priority.HEALTH);
    assertThat(health.wholeLately().count()).isZero();
    assertThat(health.whole().count()).isEqualTo(1);
    assertThat(plane.stats().toJson().path("by_type").size()).isEqualTo(4);
    assertThat(plane.stats().whole()).isEqualTo(health.whole());
    assertThat(plane.stats().toJson().at("/whole/p99_us").asDouble())
        .isBetween(149_000.0, 152_000.0);
    assertThat(plane.stats().toJson().at("/dispatch/count").asLong()).isEqualTo(1);
  }
}
