package dev.plumbline.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.model.Choices;
import dev.plumbline.conformance.model.Walk;
import dev.plumbline.conformance.model.Walker;
import dev.plumbline.conformance.model.client.ClientLifecycleModel;
import dev.plumbline.conformance.model.client.ClientModel;
import dev.plumbline.conformance.model.client.ClientRoundTripModel;
import dev.plumbline.conformance.model.client.ClientSubscriptionModel;
import dev.plumbline.conformance.model.client.ClientTaskModel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Every model of a client against the bundled one, over a line of this process. */
class ClientModelProperties {
  private static final int WALKS = 10_000;
  private static final int STEPS = 14;
  private static final int CHOICES = 24;

  /** What walks have done, so that no command is never tried. */
  private static final Set<String> DONE = new HashSet<>();

  @AfterContainer
  static void stop() {
    assertThat(DONE)
        .contains("agree-1", "disagree-1", "answer-page-1", "answer-late-1", "give-up-1", "drop")
        .contains("slow-task-1", "ask-still-1", "accept-1", "completed-1")
        .contains("acknowledge-1", "news-of-none", "end-1", "ask-two-1", "state-only-1");
  }

  /** Any numbers are a walk. */
  @Provide
  Arbitrary<List<Integer>> choices() {
    return Arbitraries.integers().between(0, CHOICES).list().ofMinSize(1).ofMaxSize(STEPS);
  }

  private static <N> void holds(ClientModel<N> model, List<Integer> choices)
      throws InterruptedException {
    try (ClientPort port = new ClientPort(model.stateless(), UnaryOperator.identity())) {
      Walk walk = new Walker<>(model, Walked.OFFER).walk(Choices.of(choices), port);
      assertThat(walk.breach()).as(() -> model.name() + ": " + walk.labels()).isEmpty();
      walk.labels().forEach(label -> DONE.add(label.substring(label.indexOf('-') + 1)));
    }
  }

  @Property(tries = WALKS)
  void lifecycle(@ForAll("choices") List<Integer> choices) throws InterruptedException {
    holds(new ClientLifecycleModel(), choices);
  }

  @Property(tries = WALKS)
  void task(@ForAll("choices") List<Integer> choices) throws InterruptedException {
    holds(new ClientTaskModel(), choices);
  }

  @Property(tries = WALKS)
  void subscription(@ForAll("choices") List<Integer> choices) throws InterruptedException {
    holds(new ClientSubscriptionModel(), choices);
  }

  @Property(tries = WALKS)
  void roundTrips(@ForAll("choices") List<Integer> choices) throws InterruptedException {
    holds(new ClientRoundTripModel(), choices);
  }
}
