package dev.plumbline.server.feature.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.domain.Domains;
import dev.plumbline.server.limit.RolePermits;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.TaskLifecycle;
import dev.plumbline.server.observe.Introspection;
import dev.plumbline.server.observe.Pseudonym;
import dev.plumbline.server.observe.Telemetry;
import dev.plumbline.server.registry.Registry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The section {@code tasks} with the members of R027. */
@Timeout(60)
class TaskSectionsTest {
  private static final Instant NOON = Instant.parse("2026-07-28T12:00:00Z");

  private final AtomicLong passed = new AtomicLong();
  private final Machines machines = Machines.unobserved(passed::get);
  private final Telemetry telemetry = Telemetry.create();
  private final Registry registry = new Registry(System::nanoTime, this::now);
  private final RolePermits kept = new RolePermits("task_kept", 1_000);
  private final Tasks tasks =
      new Tasks(
          machines,
          this::now,
          new RolePermits("task_worker", 1_000),
          kept,
          registry,
          name -> registry.owner("test", name),
          new Domains(new Live<>(ServerConfig.standard()), telemetry, machines));
  private final CountDownLatch over = new CountDownLatch(1);

  private Instant now() {
    return NOON.plusNanos(passed.get());
  }

  @BeforeEach
  void show() {
    TaskSections.show(telemetry.introspection(), tasks, this::now);
  }

  @AfterEach
  void stop() {
    over.countDown();
    tasks.close();
  }

  /** A task that says how far it is, and then waits; gives its id. */
  private String started(double progress) throws Exception {
    CountDownLatch said = new CountDownLatch(1);
    TaskView seed =
        tasks.start(
            new Order(
                "alice",
                TaskLifecycle.TTL,
                StandIn.modern("alice"),
                false,
                Order::plain,
                context -> {
                  if (progress > 0) {
                    context.progress(progress, 4.0, null);
                  }
                  said.countDown();
                  over.await();
                  return JsonNodeFactory.instance.objectNode();
                }));
    said.await();
    return seed.id();
  }

  private JsonNode item(String key) {
    return telemetry.introspection().readItem("tasks", key).orElseThrow();
  }

  private JsonNode section() {
    Introspection sections = telemetry.introspection();
    return sections.read("tasks").orElseThrow();
  }

  @Test
  void aTaskIsShownWithItsProgressAndWhenItWillProbablyBeDone() throws Exception {
    String id = started(1);
    passed.set(Duration.ofSeconds(10).toNanos());
    JsonNode shown = item(id);
    assertThat(shown.propertyNames())
        .containsExactlyInAnyOrder(
            "task_id", "state", "progress", "started_at", "estimated_completion", "history");
    assertThat(shown.path("task_id").asString()).isEqualTo(id);
    assertThat(shown.path("state").asString()).isEqualTo("running");
    assertThat(shown.path("progress").asDouble()).isEqualTo(0.25);
    assertThat(shown.path("started_at").asString()).isEqualTo(NOON.toString());
    assertThat(shown.path("estimated_completion").asString())
        .as("a quarter took 10 s")
        .isEqualTo("2026-07-28T12:00:40Z");
    assertThat(kept.stats().oldestMillis()).isEqualTo(10_000);
  }

  @Test
  void whatIsNotKnownIsNull() throws Exception {
    JsonNode shown = item(started(0));
    assertThat(shown.path("progress").isNull()).isTrue();
    assertThat(shown.path("estimated_completion").isNull()).isTrue();
  }

  @Test
  void theListTellsNoIdAndCountsWhatWorks() throws Exception {
    String first = started(1);
    String second = started(2);
    JsonNode list = section();
    assertThat(list.path("count").asInt()).isEqualTo(2);
    assertThat(list.path("working").asInt()).isEqualTo(2);
    assertThat(list.at("/tasks/0/task_id").asString()).isEqualTo(Pseudonym.of(second));
    assertThat(list.toString()).doesNotContain(first).doesNotContain(second);
    over.countDown();
    await().until(() -> section().path("working").asInt() == 0);
    JsonNode done = item(Pseudonym.of(first));
    assertThat(done.path("state").asString()).isEqualTo("result_ready");
    assertThat(done.path("estimated_completion").isNull()).as("it is over").isTrue();
    assertThat(done.path("history").size()).isPositive();
    assertThat(done.path("history").path(done.path("history").size() - 1).path("to").asString())
        .isEqualTo("result_ready");
  }
}
