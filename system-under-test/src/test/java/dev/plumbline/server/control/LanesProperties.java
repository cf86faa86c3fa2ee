package dev.plumbline.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LanesProperties {
  private static final int CAP = 5;
  private static final int COMPONENTS = 4;

  /** A message arrives, the next is taken, or a component's call comes back. */
  sealed interface Step {
    /** A message of a priority arrives for a component. */
    record Arrive(Priority priority, int component) implements Step {}

    /** A worker asks for work. */
    record Take() implements Step {}

    /** A call of the component comes back, when there is one. */
    record Return(int component) implements Step {}
  }

  @Provide
  Arbitrary<List<Step>> walks() {
    Arbitrary<Integer> components = Arbitraries.integers().between(0, COMPONENTS - 1);
    Arbitrary<Step> arrive =
        Combinators.combine(Arbitraries.of(Priority.values()), components).as(Step.Arrive::new);
    Arbitrary<Step> take = Arbitraries.create(Step.Take::new);
    Arbitrary<Step> back = components.map(Step.Return::new);
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(4, arrive),
            net.jqwik.api.Tuple.of(3, take),
            net.jqwik.api.Tuple.of(2, back))
        .list()
        .ofMaxSize(60);
  }

  private static ControlMessage message(Priority priority, String component) {
    return switch (priority) {
      case CIRCUIT_BREAKER -> new ControlMessage.BreakerChange(component, "b", BreakerCommand.OPEN);
      case HEALTH -> new ControlMessage.HealthCheck(component, HealthKind.FULL);
      case DRAIN -> new ControlMessage.DrainSession(component, "s", Duration.ZERO);
      case CANCEL -> new ControlMessage.CancelTask(component, "t", "");
    };
  }

  /** Beside a plain list: the next is the most urgent and oldest whose component is free. */
  @Property(tries = 10_000)
  void theNextIsTheMostUrgentAndOldestWhoseComponentIsFree(@ForAll("walks") List<Step> walk) {
    Lanes lanes = new Lanes();
    List<Component> components = new ArrayList<>();
    for (int i = 0; i < COMPONENTS; i++) {
      components.add(new Component("c" + i, _ -> ControlReply.Acknowledged.done(""), false));
    }
    List<Envelope> model = new ArrayList<>();
    long number = 0;
    for (Step step : walk) {
      switch (step) {
        case Step.Arrive(var priority, var index) -> {
          Component component = components.get(index);
          Envelope envelope =
              new Envelope(message(priority, component.id()), component, ++number, 0, _ -> {});
          long same = model.stream().filter(e -> e.priority() == priority).count();
          long mine = model.stream().filter(e -> e.component().equals(component)).count();
          boolean fits = same < CAP && mine < CAP / 2;
          assertThat(lanes.offer(envelope, CAP)).isEqualTo(fits);
          if (fits) {
            model.add(envelope);
          }
        }
        case Step.Take() -> {
          Optional<Envelope> expected =
              model.stream()
                  .filter(e -> !e.component().busy())
                  .min(
                      Comparator.comparing(Envelope::priority).thenComparingLong(Envelope::number));
          Envelope taken = lanes.take();
          assertThat(Optional.ofNullable(taken)).isEqualTo(expected);
          if (taken != null) {
            taken.component().busy(true);
            model.remove(taken);
          }
        }
        case Step.Return(var index) -> {
          if (components.get(index).busy()) {
            lanes.free(components.get(index));
          }
        }
      }
      for (Priority priority : Priority.values()) {
        assertThat(lanes.waiting(priority))
            .isEqualTo((int) model.stream().filter(e -> e.priority() == priority).count())
            .isLessThanOrEqualTo(CAP);
      }
    }
  }
}
