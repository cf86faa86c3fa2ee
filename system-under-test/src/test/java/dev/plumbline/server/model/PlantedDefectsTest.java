package dev.plumbline.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.model.Breach;
import dev.plumbline.conformance.model.Choices;
import dev.plumbline.conformance.model.Command;
import dev.plumbline.conformance.model.Model;
import dev.plumbline.conformance.model.Models;
import dev.plumbline.conformance.model.Shrinker;
import dev.plumbline.conformance.model.Walk;
import dev.plumbline.conformance.model.Walker;
import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.config.Sources;
import dev.plumbline.server.mutant.Mutant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Long walks that meet a planted defect of the server become the shortest that show it. */
class PlantedDefectsTest {
  private static final int LONG = 60;
  private static final int AT_LEAST = 20;
  private static final int WALKS = 1;

  /**
   * A planted defect.
   *
   * @param mutant its name
   * @param model the model that shows it
   * @param clause the clause it breaks
   * @param minimal the choices of the shortest walk
   * @param steps what that walk does
   */
  record Planted(
      String mutant, String model, String clause, List<Integer> minimal, List<String> steps) {
    @Override
    public String toString() {
      return mutant;
    }
  }

  static Stream<Planted> planted() {
    return Stream.of(
        new Planted(
            "state-busy-session-outlives-delete",
            "session",
            "TRAN-004",
            List.of(0, 0, 0, 0, 1, 0),
            List.of(
                "open",
                "ping-session-1",
                "ping-session-1",
                "ping-session-1",
                "delete-session-1",
                "ping-session-1")),
        new Planted(
            "state-second-resume-repeats-id",
            "stream",
            "TRAN-039",
            List.of(0, 0, 1, 0, 0),
            List.of(
                "open",
                "initialized",
                "call-report",
                "resume-stream-1-after-event-1",
                "resume-stream-1-after-event-1")),
        new Planted(
            "state-task-revived-by-cancels",
            "task",
            "TASK-052",
            List.of(0, 0, 0, 1, 1, 1, 0),
            List.of(
                "open",
                "initialized",
                "create-slow_compute",
                "cancel-task-1",
                "cancel-task-1",
                "cancel-task-1",
                "get-task-1")),
        new Planted(
            "state-filters-of-a-connection-add-up",
            "subscription",
            "SUBS-501",
            List.of(5, 7, 1),
            List.of(
                "listen-toolsListChanged",
                "listen-promptsListChanged",
                "call-test_trigger_tool_change")),
        new Planted(
            "state-capabilities-stick-to-a-connection",
            "mrtr",
            "MRTR-514",
            List.of(0, 0, 1),
            List.of(
                "call-test_input_required_result_elicitation",
                "call-test_input_required_result_elicitation",
                "call-test_input_required_result_elicitation-unable")));
  }

  @ParameterizedTest
  @MethodSource("planted")
  void everyLongWalkBecomesTheKnownMinimalOne(Planted planted) throws Exception {
    Mutant mutant = Mutant.named(planted.mutant()).orElseThrow();
    Model<?, ?> model = Models.named(planted.model()).orElseThrow();
    Sources sources = Sources.of(Map.of(), Optional.empty(), List.of("rate.kind=off"));
    try (ServerCore core =
        new ServerCore(Walked.catalog(), ServerContext.of(sources.read()), mutant.change())) {
      boolean stateless = Set.of("subscription", "mrtr").contains(planted.model());
      List<Walk> found = longWalks(model, core, stateless, planted.clause());
      for (Walk walk : found) {
        Walk small =
            Shrinker.shrink(walk, choices -> walk(model, core, stateless, Choices.of(choices)));
        assertThat(steps(small).stream().map(PlantedDefectsTest::plain).toList())
            .isEqualTo(planted.steps().stream().map(PlantedDefectsTest::plain).toList());
        assertThat(small.choices()).hasSameSizeAs(planted.minimal());
      }
    }
  }

  /** Two lists of news are as small as each other: either shows what a third one does. */
  private static String plain(String step) {
    return step.replace("listen-resourcesListChanged", "listen-promptsListChanged");
  }

  private static List<Walk> longWalks(
      Model<?, ?> model, ServerCore core, boolean stateless, String clause)
      throws InterruptedException {
    List<Walk> found = new ArrayList<>();
    Set<Integer> lengths = new HashSet<>();
    for (int seed = 0; found.size() < WALKS; seed++) {
      Walk walk = walk(model, core, stateless, Choices.random(seed, LONG));
      boolean own = walk.breach().map(Breach::clause).filter(clause::equals).isPresent();
      if (own && walk.choices().size() >= AT_LEAST) {
        found.add(walk);
        lengths.add(walk.choices().size());
      }
    }
    assertThat(lengths).isNotEmpty();
    return found;
  }

  private static Walk walk(Model<?, ?> model, ServerCore core, boolean stateless, Choices choices)
      throws InterruptedException {
    return typed(model, core, stateless, choices);
  }

  private static <S, C extends Command> Walk typed(
      Model<S, C> model, ServerCore core, boolean stateless, Choices choices)
      throws InterruptedException {
    try (EndpointPort port = new EndpointPort(core, stateless)) {
      return new Walker<>(model, Walked.OFFER).walk(choices, port);
    }
  }

  private static List<String> steps(Walk walk) {
    return walk.labels().stream()
        .limit(walk.choices().size())
        .map(label -> label.substring(label.indexOf('-') + 1))
        .toList();
  }
}
