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

  /** The kinds of commands in walks, so that none is never tried. */
  private static final Set<String> DONE = new HashSet<>();

  @AfterContainer
  static void stop() {
    assertThat(DONE)
        .contains("agree", "disagree", "answer-page", "answer-late", "give-up", "drop")
        .contains("slow-task", "ask-still", "accept", "completed")
        .contains("acknowledge", "news-of-none", "end", "ask-two", "state-only");
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
      DONE.addAll(Walked.kinds(walk));
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
