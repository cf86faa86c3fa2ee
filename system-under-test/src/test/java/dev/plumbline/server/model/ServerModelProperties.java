package dev.plumbline.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.model.Choices;
import dev.plumbline.conformance.model.Command;
import dev.plumbline.conformance.model.LifecycleModel;
import dev.plumbline.conformance.model.Model;
import dev.plumbline.conformance.model.RoundTripModel;
import dev.plumbline.conformance.model.SessionModel;
import dev.plumbline.conformance.model.StreamModel;
import dev.plumbline.conformance.model.SubscriptionModel;
import dev.plumbline.conformance.model.TaskModel;
import dev.plumbline.conformance.model.Walk;
import dev.plumbline.conformance.model.Walker;
import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.config.InvalidConfigException;
import dev.plumbline.server.config.Sources;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Every model of the specification against the server in process. */
class ServerModelProperties {
  private static final int WALKS = 10_000;
  private static final int STEPS = 12;
  private static final int CHOICES = 24;

  private static final ServerCore CORE = core();

  /** What every walk of a model has done, so that no command is never tried. */
  private static final Set<String> DONE = new HashSet<>();

  private static ServerCore core() {
    try {
      Sources sources = Sources.of(Map.of(), Optional.empty(), List.of("rate.kind=off"));
      return new ServerCore(
          Walked.catalog(), ServerContext.of(sources.read()), UnaryOperator.identity());
    } catch (InvalidConfigException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterContainer
  static void stop() {
    assertThat(CORE.sessions().count()).as("sessions that walks left").isZero();
    CORE.close();
    assertThat(DONE)
        .contains("unknown-revision", "listen-session", "resume-stream-after-event")
        .contains("result-task", "list", "hush", "listen-everything", "forge", "answer");
  }

  /** Any numbers are a walk. */
  @Provide
  Arbitrary<List<Integer>> choices() {
    return Arbitraries.integers().between(0, CHOICES).list().ofMinSize(1).ofMaxSize(STEPS);
  }

  private static <S, C extends Command> void holds(
      Model<S, C> model, boolean stateless, List<Integer> choices) throws InterruptedException {
    try (EndpointPort port = new EndpointPort(CORE, stateless)) {
      Walk walk = new Walker<>(model, Walked.OFFER).walk(Choices.of(choices), port);
      assertThat(walk.breach()).as(() -> model.name() + ": " + walk.labels()).isEmpty();
      // Tasks that were cancelled one after the other open the breaker of their tool.
      assertThat(walk.unclear())
          .as(() -> model.name() + ": " + walk.labels())
          .matches("|.*: status 429 with error -31429");
      DONE.addAll(Walked.kinds(walk));
    }
  }

  @Property(tries = WALKS)
  void lifecycle(@ForAll("choices") List<Integer> choices) throws InterruptedException {
    holds(new LifecycleModel(), false, choices);
  }

  @Property(tries = WALKS)
  void session(@ForAll("choices") List<Integer> choices) throws InterruptedException {
    holds(new SessionModel(), false, choices);
  }

  @Property(tries = WALKS)
  void stream(@ForAll("choices") List<Integer> choices) throws InterruptedException {
    holds(new StreamModel(), false, choices);
  }

  @Property(tries = WALKS)
  void task(@ForAll("choices") List<Integer> choices) throws InterruptedException {
    holds(new TaskModel(), false, choices);
  }

  @Property(tries = WALKS)
  void subscription(@ForAll("choices") List<Integer> choices) throws InterruptedException {
    holds(new SubscriptionModel(), true, choices);
  }

  @Property(tries = WALKS)
  void roundTrips(@ForAll("choices") List<Integer> choices) throws InterruptedException {
    holds(new RoundTripModel(), true, choices);
  }
}
