package dev.plumbline.server.control;

import static dev.plumbline.server.control.PlaneFixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.config.ControlSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class InterferencesTest {
  private static final ControlReply WELL =
      new ControlReply.HealthReport(true, "", JsonNodeFactory.instance.objectNode());

  private final PlaneFixture fixture = new PlaneFixture();
  private final ControlPlane plane = fixture.plane;

  @AfterEach
  void close() {
    fixture.close();
  }

  private Interference only() {
    await().until(() -> plane.stats().delivered() > 0);
    await()
        .until(
            () -> {
              fixture.nanos.addAndGet(Interferences.SETTLE.toNanos());
              plane.settle();
              return !plane.interference().isEmpty();
            });
    assertThat(plane.interference()).hasSize(1);
    return plane.interference().getFirst();
  }

  @Test
  void namesTheHandlersThatOccupiedTheWorkers() throws Exception {
    // Before the time passes: whoever begins must be late by the objective of then.
    fixture.config.set(fixture.config.get().withControl(tight(fixture.config.get().control())));
    Gate one = new Gate();
    Gate other = new Gate();
    plane.registerComponent("hog-1", one);
    plane.registerComponent("hog-2", other);
    plane.registerComponent("victim", _ -> WELL);
    Future<Delivery> first = plane.healthCheck("hog-1", HealthKind.FULL);
    Future<Delivery> second = plane.healthCheck("hog-2", HealthKind.FULL);
    one.awaitEntered();
    other.awaitEntered();
    Future<Delivery> starved = plane.healthCheck("victim", HealthKind.FULL);
    // Whether a worker that is free again serves it, or one that came beside those that take long:
    // it began when 4 ms had passed, by a clock that stands still since.
    fixture.nanos.addAndGet(Duration.ofMillis(4).toNanos());
    one.open();
    get(first);
    get(starved);
    other.open();
    get(second);
    Interference found = only();
    assertThat(found.cause()).isEqualTo(Interference.Cause.HANDLERS);
    assertThat(found.component()).isEqualTo("victim");
    assertThat(found.starved()).isEqualTo(Priority.HEALTH);
    assertThat(found.waited()).isEqualTo(Duration.ofMillis(4));
    assertThat(found.occupants())
        .extracting(Interference.Occupant::component)
        .containsExactlyInAnyOrder("hog-1", "hog-2");
    assertThat(fixture.telemetry.events().recent(10))
        .anySatisfy(notice -> assertThat(notice.facts()).containsEntry("cause", "handlers"));
  }

  private static ControlSettings tight(ControlSettings c) {
    Duration milli = Duration.ofMillis(1);
    return new ControlSettings(c.components(), c.queue(), c.handler(), milli, milli, milli, milli);
  }

  private static Call late(long from, long to) {
    Component component = new Component("victim", _ -> WELL, false);
    return new Call(
        new Envelope(
            new ControlMessage.HealthCheck("victim", HealthKind.FULL), component, 1, from, _ -> {}),
        to);
  }

  private Interference settled(Pauses pauses) {
    Interferences interferences =
        new Interferences(
            fixture.telemetry.events(), () -> Instant.EPOCH.plusNanos(fixture.nanos.get()));
    interferences.pauses(pauses);
    long from = fixture.nanos.get();
    fixture.nanos.addAndGet(Duration.ofMillis(200).toNanos());
    interferences.late(late(from, fixture.nanos.get()), List.of());
    interferences.settle();
    assertThat(interferences.recent()).as("too early to know").isEmpty();
    fixture.nanos.addAndGet(Interferences.SETTLE.toNanos());
    interferences.settle();
    return interferences.recent().getFirst();
  }

  @Test
  void blamesTheCollectorForItsPauses() {
    Interference found = settled((_, _) -> Duration.ofMillis(150));
    assertThat(found.cause()).isEqualTo(Interference.Cause.COLLECTOR);
    assertThat(found.collector()).isEqualTo(Duration.ofMillis(150));
  }

  @Test
  void blamesTheDataPlaneWhenTheWorkersWereFree() {
    Interference found = settled(Pauses.UNKNOWN);
    assertThat(found.cause()).isEqualTo(Interference.Cause.PROCESSORS);
    assertThat(found.occupants()).isEmpty();
  }

  @Test
  void remembersABoundedNumberAndDoesNotRepeatItself() {
    Interferences interferences =
        new Interferences(
            fixture.telemetry.events(), () -> Instant.EPOCH.plusNanos(fixture.nanos.get()));
    for (int i = 0; i < 3 * Interferences.MAX; i++) {
      long from = fixture.nanos.get();
      interferences.late(late(from - 200_000_000, from), List.of());
      fixture.nanos.addAndGet(Interferences.SETTLE.toNanos() / 100);
      interferences.settle();
    }
    assertThat(interferences.recent()).hasSize(Interferences.MAX);
    assertThat(fixture.telemetry.events().recent(1_000)).hasSize(1);
  }
}
