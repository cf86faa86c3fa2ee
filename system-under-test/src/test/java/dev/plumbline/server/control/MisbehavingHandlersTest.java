package dev.plumbline.server.control;

import static dev.plumbline.server.control.PlaneFixture.refusal;
import static dev.plumbline.server.control.PlaneFixture.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class MisbehavingHandlersTest {
  private static final ControlReply WELL =
      new ControlReply.HealthReport(true, "", JsonNodeFactory.instance.objectNode());
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final PlaneFixture fixture = new PlaneFixture();
  private final ControlPlane plane = fixture.plane;
  private final List<Gate> gates = new ArrayList<>();

  @BeforeEach
  void goodCompany() throws Exception {
    plane.registerComponent("good", _ -> WELL);
  }

  @AfterEach
  void close() {
    gates.forEach(Gate::open);
    fixture.close();
  }

  private Future<Delivery> check(String id) {
    return plane.healthCheck(id, HealthKind.FULL);
  }

  private Gate stubborn(String id) throws Exception {
    Gate gate = new Gate(true);
    gates.add(gate);
    plane.registerComponent(id, gate);
    return gate;
  }

  private int overflow(int depth) {
    return depth < 0 ? 0 : overflow(depth + 1) + 1;
  }

  @Test
  void whateverIsThrownStaysInItsCall() throws Exception {
    List<ComponentHandler> bad =
        List.of(
            _ -> {
              throw new AssertionError("an error");
            },
            _ -> {
              throw new OutOfMemoryError("made up");
            },
            _ -> {
              throw new LinkageError();
            },
            _ -> {
              throw new InterruptedException();
            },
            _ -> {
              throw new Exception();
            },
            _ -> new ControlReply.Acknowledged("" + overflow(0), java.util.Optional.empty()));
    for (int i = 0; i < bad.size(); i++) {
      plane.registerComponent("bad-" + i, bad.get(i));
    }
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < bad.size(); i++) {
        assertThat(refusal(check("bad-" + i))).isEqualTo(Refusal.FAILED);
        assertThat(reply(check("good"))).isEqualTo(WELL);
      }
    }
    assertThat(plane.stats().threads()).isEqualTo(Crew.WORKERS);
  }

  @Test
  @SuppressWarnings("NullAway") // on purpose
  void noReplyAtAllIsAFailure() throws Exception {
    plane.registerComponent("mute", _ -> null);
    assertThat(refusal(check("mute"))).isEqualTo(Refusal.FAILED);
    assertThat(reply(check("good"))).isEqualTo(WELL);
  }

  @Test
  void anInterruptOfItselfDoesNotReachTheNextCall() throws Exception {
    AtomicReference<Boolean> seen = new AtomicReference<>();
    plane.registerComponent(
        "self",
        _ -> {
          Thread.currentThread().interrupt();
          return WELL;
        });
    plane.registerComponent(
        "next",
        _ -> {
          seen.set(Thread.currentThread().isInterrupted());
          return WELL;
        });
    for (int i = 0; i < 50; i++) {
      assertThat(reply(check("self"))).isEqualTo(WELL);
      assertThat(reply(check("next"))).isEqualTo(WELL);
      assertThat(seen).hasValue(false);
    }
  }

  @Test
  void oneThatNeverComesBackIsSetAsideAndReported() throws Exception {
    Gate gate = stubborn("stuck");
    Future<Delivery> first = check("stuck");
    gate.awaitEntered();
    Future<Delivery> behind = check("stuck");
    fixture.pass(LIMIT);
    assertThat(refusal(first)).isEqualTo(Refusal.NOT_RESPONDING);
    assertThat(refusal(behind)).isEqualTo(Refusal.NOT_RESPONDING);
    assertThat(plane.stuck("stuck")).isTrue();
    assertThat(plane.stats().stuck()).isEqualTo(1);
    // From now on nobody waits for it at all.
    assertThat(refusal(check("stuck"))).isEqualTo(Refusal.NOT_RESPONDING);
    assertThat(reply(check("good"))).isEqualTo(WELL);
    await()
        .untilAsserted(
            () ->
                assertThat(fixture.telemetry.events().recent(10))
                    .anySatisfy(
                        n -> assertThat(n.text()).isEqualTo("a component does not respond")));
    gate.open();
    await().until(() -> !plane.stuck("stuck"));
    assertThat(reply(check("stuck"))).isInstanceOf(ControlReply.Acknowledged.class);
    await().until(() -> plane.stats().threads() == Crew.WORKERS);
  }

  @Test
  void slowOnesGetAThreadBesideThemBeforeTheyCountAsStuck() throws Exception {
    for (int i = 0; i < 10; i++) {
      Gate gate = stubborn("slow-" + i);
      var _ = check("slow-" + i);
      gate.awaitEntered();
      fixture.pass(Crew.SLOW);
      assertThat(reply(check("good"))).isEqualTo(WELL);
    }
    assertThat(plane.stats().threads()).isEqualTo(10 + Crew.WORKERS);
    assertThat(plane.stats().stuck()).isZero();
    gates.forEach(Gate::open);
    await().until(() -> plane.stats().threads() == Crew.WORKERS);
  }

  @Test
  void moreThanThePlaneCanBearAreRefusedWhileTheServersOwnPartsAnswer() throws Exception {
    plane.registerPart("own", _ -> WELL);
    for (int i = 0; i < Crew.MAX_ORDINARY; i++) {
      Gate gate = stubborn("stuck-" + i);
      var _ = check("stuck-" + i);
      gate.awaitEntered();
      fixture.pass(LIMIT);
    }
    assertThat(plane.stats().stuck()).isEqualTo(Crew.MAX_ORDINARY);
    assertThat(plane.stats().threads()).isEqualTo(Crew.MAX_ORDINARY + Crew.WORKERS);
    assertThat(refusal(check("good"))).isEqualTo(Refusal.TOO_MANY_STUCK);
    assertThat(reply(check("own"))).isEqualTo(WELL);
    gates.getFirst().open();
    await().until(() -> !plane.stuck("stuck-0"));
    assertThat(reply(check("good"))).isEqualTo(WELL);
  }

  @Test
  void anAnswerThatThrowsTakesNothingDown() throws Exception {
    plane.send(
        new ControlMessage.HealthCheck("good", HealthKind.FULL),
        _ -> {
          throw new IllegalStateException("in an answer");
        });
    assertThat(reply(check("good"))).isEqualTo(WELL);
  }
}
