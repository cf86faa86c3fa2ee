package dev.plumbline.perf.reliability;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import dev.plumbline.perf.journey.GatlingRun;
import dev.plumbline.perf.reliability.demand.Demand;
import dev.plumbline.perf.reliability.demand.Demands;
import dev.plumbline.perf.reliability.raw.Part;
import dev.plumbline.perf.reliability.raw.ReliabilityPlan;
import dev.plumbline.perf.reliability.raw.ReliabilityPlan.Entry;
import dev.plumbline.perf.reliability.raw.ReliabilityPlan.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Shows with measured numbers that the reliability core of the bundled server holds: part after
 * part, each in processes of its own.
 */
public final class ReliabilitySuite {
  private static final String INTERRUPTED = "the run was interrupted before it was measured";
  private static final String NO_CONSENT = "consent load: grant with --consent read-only,load";

  /** An overload whose generator was unhealthy is repeated once. */
  private static final int ATTEMPTS = 2;

  private final ReliabilityOptions options;

  /** A suite with these options. */
  public ReliabilitySuite(ReliabilityOptions options) {
    this.options = options;
  }

  /**
   * Runs all parts asked for.
   *
   * @return what {@link ReliabilityJudge} concludes from the folder
   * @throws HarnessException when the evidence cannot be kept; what a part itself gets wrong is a
   *     verdict of its own
   */
  public SuiteResult run(SuiteContext context) throws HarnessException, InterruptedException {
    Run run = new Run(context);
    try {
      run.all();
      return new ReliabilityJudge().judge(context.raw());
    } catch (InterruptedException e) {
      run.sealInterrupted();
      throw e;
    } catch (IOException e) {
      throw new HarnessException(
          "the reliability evidence could not be kept: " + e.getMessage(), e);
    }
  }

  /** One run's state: what became of the parts so far. */
  private final class Run {
    private final SuiteContext context;
    private final Map<Part, Entry> entries = new EnumMap<>(Part.class);
    private final Map<String, String> facts = new TreeMap<>();
    private final MeasureRun measures;
    private final OverloadRun overloads;

    Run(SuiteContext context) {
      this.context = context;
      this.measures = new MeasureRun(options.installation(), context);
      this.overloads = new OverloadRun(options.installation(), context, facts);
    }

    void all() throws IOException, InterruptedException {
      for (Part part : Part.values()) {
        Optional<Entry> settled = without(part);
        if (settled.isPresent()) {
          entries.put(part, settled.get());
        }
      }
      int skipped = entries.keySet().stream().mapToInt(part -> Demands.of(part).size()).sum();
      context.progress().planned(Suite.RELIABILITY, Demands.all().size() - skipped, skipped);
      for (Part part : Part.values()) {
        if (!entries.containsKey(part)) {
          started(part);
          entries.put(part, measured(part));
          finished(part);
        }
      }
      seal();
    }

    private Optional<Entry> without(Part part) throws IOException {
      if (!options.parts().contains(part)) {
        return Optional.of(new Entry(part, State.NOT_APPLICABLE, options.leftOut()));
      }
      if (part.main().isEmpty() && !context.settings().loadAllowed()) {
        return Optional.of(new Entry(part, State.NOT_APPLICABLE, NO_CONSENT));
      }
      if (part.main().isPresent() && !measures.isBuilt(part.main().get())) {
        return Optional.of(new Entry(part, State.NOT_OBSERVED, "not built: " + part.main().get()));
      }
      return part == Part.OVERLOAD_WORK && !GatlingRun.isBuilt(options.installation().gatling())
          ? Optional.of(new Entry(part, State.NOT_OBSERVED, "not built: the Gatling simulation"))
          : Optional.empty();
    }

    private Entry measured(Part part) throws IOException, InterruptedException {
      try {
        Optional<String> main = part.main();
        if (main.isPresent()) {
          measures.run(part, main.get());
        } else {
          overloaded(part);
        }
        return new Entry(part, State.RUN, "");
      } catch (HarnessException e) {
        return new Entry(part, State.HARNESS_FAULT, part.id() + ": " + e.getMessage());
      }
    }

    private void overloaded(Part part) throws IOException, HarnessException, InterruptedException {
      for (int attempt = 1; ; attempt++) {
        overloads.run(part);
        boolean isVoid =
            ReliabilityJudge.checks(context.raw(), new Entry(part, State.RUN, "")).stream()
                .anyMatch(check -> check.verdict() instanceof Verdict.HarnessFault);
        if (!isVoid || attempt == ATTEMPTS) {
          return;
        }
        context.progress().note(Suite.RELIABILITY, part.id() + ": void, once more");
        facts.put("attempts " + part.id(), attempt + 1 + ": the ones before it were void");
        empty(context.raw().resolve(part.id()));
      }
    }

    private void started(Part part) {
      for (Demand demand : Demands.of(part)) {
        context.progress().started(Suite.RELIABILITY, demand.id(), demand.title());
      }
    }

    private void finished(Part part) throws IOException {
      Entry entry = entries.getOrDefault(part, new Entry(part, State.NOT_OBSERVED, INTERRUPTED));
      for (CheckResult check : ReliabilityJudge.checks(context.raw(), entry)) {
        context.progress().finished(Suite.RELIABILITY, check);
      }
    }

    private void seal() throws IOException {
      List<Entry> all = new ArrayList<>();
      for (Part part : Part.values()) {
        all.add(entries.getOrDefault(part, new Entry(part, State.NOT_OBSERVED, INTERRUPTED)));
      }
      Json.write(
          context.raw().resolve(ReliabilityPlan.FILE),
          new ReliabilityPlan(
              ReliabilityPlan.SCHEMA,
              context.settings().profile().id(),
              context.settings().seedText(),
              all,
              facts,
              all.size()));
    }

    /** Keeps what was measured; that the run is incomplete is told by whoever was interrupted. */
    void sealInterrupted() {
      try {
        seal();
      } catch (IOException e) {
        context.progress().note(Suite.RELIABILITY, "the evidence could not be kept: " + e);
      }
    }
  }

  private static void empty(Path folder) throws IOException {
    List<Path> found;
    try (Stream<Path> all = Files.walk(folder)) {
      found = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : found) {
      Files.delete(path);
    }
  }
}
