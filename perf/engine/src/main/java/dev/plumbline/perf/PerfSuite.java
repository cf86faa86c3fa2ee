package dev.plumbline.perf;

import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.perf.journey.GatlingRun;
import dev.plumbline.perf.raw.PerfPlan;
import dev.plumbline.perf.raw.PerfPlan.State;
import dev.plumbline.perf.slo.Slo;
import dev.plumbline.perf.slo.SloFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts a target under load, objective after objective, and keeps what was seen. Without permission
 * to apply load nothing is sent.
 */
public final class PerfSuite {
  /** Why nothing was sent. */
  static final String NO_CONSENT = "consent load: grant with --consent read-only,load";

  /** The fact that tells whether Gatling ran. */
  static final String GATLING = "gatling";

  private static final String NO_CONTROL = "only the bundled server has a control port";
  private static final String INTERRUPTED = "the run was interrupted before it was measured";

  private final PerfOptions options;

  /** A suite with these options. */
  public PerfSuite(PerfOptions options) {
    this.options = options;
  }

  /**
   * Runs all objectives that apply.
   *
   * @return what {@link PerfJudge} concludes from the folder
   * @throws HarnessException when the evidence cannot be written; what the engine itself gets wrong
   *     is a verdict of its own
   */
  public SuiteResult run(Target target, ProbeReport probe, SuiteContext context)
      throws HarnessException, InterruptedException {
    Run run = new Run(target, probe, context);
    try {
      run.all();
      return new PerfJudge().judge(context.raw());
    } catch (InterruptedException e) {
      run.sealInterrupted();
      throw e;
    } catch (IOException e) {
      throw new HarnessException("the load evidence could not be kept: " + e.getMessage(), e);
    }
  }

  /** One run's state: what became of the objectives so far. */
  private final class Run {
    private final Target target;
    private final ProbeReport probe;
    private final SuiteContext context;
    private final List<SloFile.Row> rows;
    private final Map<String, PerfPlan.Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> facts = new TreeMap<>();
    private final LoadRuns loads;

    Run(Target target, ProbeReport probe, SuiteContext context) {
      this.target = target;
      this.probe = probe;
      this.context = context;
      rows =
          SloFile.standard().rows(target.kind(), context.settings().profile(), options.overrides());
      loads = new LoadRuns(target, context, facts, repeats(context.settings().profile()));
    }

    void all() throws IOException, HarnessException, InterruptedException {
      settleWhatDoesNotRun();
      long ready = rows.stream().filter(row -> !entries.containsKey(row.id())).count();
      context.progress().planned(Suite.PERF, (int) ready, entries.size());
      Optional<Slo> health = pending(Slo.Scenario.HEALTH);
      for (SloFile.Row row : rows) {
        if (!entries.containsKey(row.id())
            && (row.scenario() == Slo.Scenario.CALL_HANDSHAKE
                || row.scenario() == Slo.Scenario.CALL_STATELESS)) {
          calls(row, health);
        }
      }
      for (SloFile.Row row : rows) {
        if (!entries.containsKey(row.id()) && row.scenario() == Slo.Scenario.HEALTH) {
          settle(loads.health(row));
        }
      }
      for (SloFile.Row row : rows) {
        if (!entries.containsKey(row.id())) {
          journey(row);
        }
      }
      seal();
    }

    private Optional<Slo> pending(Slo.Scenario scenario) {
      return rows.stream()
          .filter(row -> row.scenario() == scenario && !entries.containsKey(row.id()))
          .flatMap(row -> row.slo().stream())
          .findFirst();
    }

    private void settleWhatDoesNotRun() throws IOException {
      for (SloFile.Row row : rows) {
        Optional<String> reason = notApplicable(row);
        if (reason.isPresent()) {
          if (row.scenario() == Slo.Scenario.JOURNEY) {
            facts.put(GATLING, "not run: " + reason.get());
          }
          entries.put(row.id(), without(row, State.NOT_APPLICABLE, reason.get()));
        }
      }
    }

    private Optional<String> notApplicable(SloFile.Row row) {
      if (!context.settings().loadAllowed()) {
        return Optional.of(NO_CONSENT);
      }
      boolean noControl = row.scenario() == Slo.Scenario.HEALTH && target.control().isEmpty();
      if (noControl) {
        return Optional.of(NO_CONTROL);
      }
      if (row.scenario() == Slo.Scenario.JOURNEY && http(Era.HANDSHAKE).isEmpty()) {
        return Optional.of("the journey needs the handshake era over HTTP");
      }
      if (row.slo().isEmpty()) {
        return Optional.of("profile " + context.settings().profile().id());
      }
      return era(row).isPresent() && spoken(era(row).get()).isEmpty()
          ? Optional.of("era: the target does not speak " + era(row).get().revision())
          : Optional.empty();
    }

    private void calls(SloFile.Row row, Optional<Slo> health)
        throws IOException, InterruptedException {
      context.progress().started(Suite.PERF, row.id(), row.title());
      Era era = era(row).orElseThrow();
      EraProbe spoken = spoken(era).orElseThrow();
      try {
        settle(loads.calls(row.slo().orElseThrow(), spoken, health));
      } catch (TargetException e) {
        settle(without(row, State.NOT_OBSERVED, String.valueOf(e.getMessage())));
      } catch (HarnessException e) {
        settle(without(row, State.HARNESS_FAULT, String.valueOf(e.getMessage())));
      }
    }

    private void journey(SloFile.Row row) throws IOException, InterruptedException {
      context.progress().started(Suite.PERF, row.id(), row.title());
      if (!GatlingRun.isBuilt(options.gatling())) {
        facts.put(GATLING, "not run: its jars are missing, build Plumbline first");
        settle(without(row, State.NOT_OBSERVED, "the Gatling journey is not built"));
        return;
      }
      try {
        settle(loads.journey(row, http(Era.HANDSHAKE).orElseThrow(), options.gatling()));
      } catch (TargetException e) {
        facts.put(GATLING, "not run: no session could be opened");
        settle(without(row, State.NOT_OBSERVED, String.valueOf(e.getMessage())));
      } catch (HarnessException e) {
        facts.put(GATLING, "not run: Plumbline failed");
        settle(without(row, State.HARNESS_FAULT, String.valueOf(e.getMessage())));
      }
    }

    private void settle(PerfPlan.Entry entry) throws IOException {
      entries.put(entry.id(), entry);
      CheckResult result = PerfJudge.check(context.raw(), entry, new TreeMap<>());
      context.progress().finished(Suite.PERF, result);
    }

    private Optional<EraProbe> spoken(Era era) {
      return http(era)
          .or(() -> probe.eras().stream().filter(spoken -> spoken.era() == era).findFirst());
    }

    private Optional<EraProbe> http(Era era) {
      return probe.era(era, Transport.HTTP);
    }

    private void seal() throws IOException {
      List<PerfPlan.Entry> all = new ArrayList<>();
      for (SloFile.Row row : rows) {
        PerfPlan.Entry entry = entries.get(row.id());
        all.add(entry != null ? entry : without(row, State.NOT_OBSERVED, INTERRUPTED));
      }
      PerfPlan plan =
          new PerfPlan(
              PerfPlan.SCHEMA,
              context.settings().profile().id(),
              context.settings().seedText(),
              all,
              facts,
              all.size());
      Json.write(context.raw().resolve(PerfPlan.FILE), plan);
    }

    /** Keeps what was measured; that the run is incomplete is told by whoever was interrupted. */
    void sealInterrupted() {
      try {
        seal();
      } catch (IOException e) {
        context.progress().note(Suite.PERF, "the load evidence could not be kept: " + e);
      }
    }
  }

  private static PerfPlan.Entry without(SloFile.Row row, State state, String reason) {
    return new PerfPlan.Entry(
        row.id(), row.title(), null, era(row).orElse(null), null, state, reason, List.of());
  }

  private static Optional<Era> era(SloFile.Row row) {
    return switch (row.scenario()) {
      case CALL_HANDSHAKE, JOURNEY -> Optional.of(Era.HANDSHAKE);
      case CALL_STATELESS -> Optional.of(Era.STATELESS);
      case HEALTH -> Optional.empty();
    };
  }

  /** How often an objective may be attempted again because the generator was unhealthy. */
  private static int repeats(Profile profile) {
    return switch (profile) {
      case QUICK -> 5;
      case STANDARD, NIGHTLY -> 2;
    };
  }
}
