package dev.plumbline.ci.cli.run;

import dev.plumbline.ci.cli.config.TargetChoice;
import dev.plumbline.conformance.explore.Budget;
import dev.plumbline.conformance.explore.Exploration;
import dev.plumbline.conformance.explore.Explorer;
import dev.plumbline.conformance.explore.Survey;
import dev.plumbline.conformance.explore.WalkRecording;
import dev.plumbline.conformance.explore.Walks;
import dev.plumbline.conformance.model.Model;
import dev.plumbline.conformance.model.Offer;
import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.probe.Probe;
import dev.plumbline.conformance.probe.ProbeOptions;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.target.BundledOptions;
import dev.plumbline.conformance.target.Installation;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.target.Targets;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Recorder;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Walks models on one target, outside of a run. */
public final class ExploreRun {
  /** Is told what comes of it. */
  public interface Listener extends Explorer.Listener {
    /** The target has answered. */
    void probed(ProbeReport probe, Target target);

    /** A model will be walked. */
    void began(Model<?, ?> model);

    /** There is nothing to walk. */
    void skipped(Model<?, ?> model, String why);

    /** A model was walked; the recording is of the walk to show. */
    void explored(Model<?, ?> model, Exploration exploration, Recording recording);
  }

  private final RunRequest request;
  private final List<Model<?, ?>> models;
  private final Listener listener;

  /** Walks these models. */
  public ExploreRun(RunRequest request, List<Model<?, ?>> models, Listener listener) {
    this.request = request;
    this.models = List.copyOf(models);
    this.listener = listener;
  }

  /**
   * Walks all of them, each until a walk fails.
   *
   * @param choices the one walk to make instead; none for random walks
   */
  public void execute(Budget budget, Optional<List<Integer>> choices)
      throws TargetException, HarnessException, InterruptedException {
    try (Target target = open()) {
      ProbeReport probe = probe(target);
      listener.probed(probe, target);
      for (Model<?, ?> model : models) {
        Optional<EraProbe> spoken =
            target.transports().stream()
                .flatMap(transport -> probe.era(Walks.era(model), transport).stream())
                .findFirst();
        if (spoken.isEmpty()) {
          listener.skipped(model, "the server does not speak " + Walks.era(model).revision());
        } else {
          explore(target, probe, spoken.get(), model, budget, choices);
        }
      }
    }
  }

  /** The bundled server with everything it has: tools that ask, and tools that run as tasks. */
  private Target open() throws TargetException, HarnessException, InterruptedException {
    if (request.target() instanceof TargetChoice.Bundled(var mutant)) {
      BundledOptions options =
          mutant == null ? BundledOptions.plain() : BundledOptions.mutant(mutant);
      return Targets.bundled(Installation.current(), options.withFixture());
    }
    return TargetFactory.open(request.target());
  }

  private ProbeReport probe(Target target)
      throws TargetException, HarnessException, InterruptedException {
    ProbeOptions options = new ProbeOptions(request.readOnlyTools(), request.settings().seed());
    try {
      Path file = Files.createTempFile("plumbline-probe-", ".json");
      try {
        return new Probe(options).run(target, file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new HarnessException("cannot keep what the probe found: " + e.getMessage(), e);
    }
  }

  private void explore(
      Target target,
      ProbeReport probe,
      EraProbe spoken,
      Model<?, ?> model,
      Budget budget,
      Optional<List<Integer>> choices)
      throws TargetException, HarnessException, InterruptedException {
    Explorer.Dialer dialer =
        () -> {
          Conversation fresh =
              target.converse(spoken.era(), spoken.transport(), Recorder.forgetting());
          fresh.ask(spoken.revision());
          fresh.deadline(probe.deadline());
          spoken.tools().forEach(tool -> fresh.know(tool.name(), tool.inputSchema()));
          return fresh;
        };
    Offer offer;
    try (Conversation own = dialer.dial()) {
      offer = Survey.of(spoken, request.settings().consent(), own, Walks.callsTools(model));
    }
    Optional<String> obstacle = model.obstacle(offer);
    if (obstacle.isPresent()) {
      listener.skipped(model, obstacle.get());
      return;
    }
    listener.began(model);
    long seed = request.settings().seed();
    Explorer explorer = new Explorer(model, offer, dialer);
    Exploration exploration =
        choices.isPresent()
            ? explorer.replay(choices.get())
            : explorer.explore(seed, budget.over(spoken.transport()), listener);
    Recording recording =
        new Recording(
            "walk-" + model.name(),
            spoken.era(),
            spoken.transport(),
            exploration.exchanges(),
            WalkRecording.facts(model.name(), seed, offer, exploration));
    listener.explored(model, exploration, recording);
  }
}
