package dev.plumbline.chaos;

import dev.plumbline.chaos.experiment.Backoff;
import dev.plumbline.chaos.experiment.Bench;
import dev.plumbline.chaos.experiment.BenchSetup;
import dev.plumbline.chaos.experiment.Calibration;
import dev.plumbline.chaos.journal.Entry;
import dev.plumbline.chaos.journal.Journal;
import dev.plumbline.chaos.journal.SuiteLog;
import dev.plumbline.chaos.mode.FailureMode;
import dev.plumbline.chaos.proxy.FaultProxy;
import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Transport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs the failure modes one after the other against one target and records what happens. */
public final class ChaosSuite {
  private static final String NO_TCP =
      "transport stdio: the fault disturbs TCP connections, and the target is not reached over one";

  private static final Duration BACKOFF_BASE = Duration.ofMillis(100);
  private static final Duration PACE_WITH_LOAD_CONSENT = Duration.ofMillis(50);
  private static final Duration PACE = Duration.ofMillis(150);

  /** How far percentiles may be off the injected delay and still be told apart from it. */
  private static final double SHIFT_MEDIAN_MS = 50;

  private static final double SHIFT_TAIL_MS = 250;
  private static final double SERVER_MEDIAN_MS = 50;

  private static final Duration ALERT_WINDOW = Duration.ofMillis(1_500);

  /** R275. */
  private static final Duration SLO_P95 = Duration.ofMillis(200);

  private final ChaosOptions options;

  /** A suite with these options. */
  public ChaosSuite(ChaosOptions options) {
    this.options = options;
  }

  /**
   * Runs. What was recorded is kept and marked when the run is cut short; every fault is healed and
   * everything started is ended, however it goes.
   *
   * @throws HarnessException when no fault proxy can be had or nothing can be recorded
   */
  public SuiteResult run(Target target, ProbeReport probe, SuiteContext context)
      throws HarnessException, InterruptedException {
    List<SuiteLog.Planned> log = new ArrayList<>();
    boolean reachable = !overHttp(probe).isEmpty();
    int skipped = reachable ? 0 : options.modes().size();
    context.progress().planned(Suite.CHAOS, options.modes().size() - skipped, skipped);
    if (!reachable) {
      options.modes().forEach(mode -> log.add(new SuiteLog.Planned(mode.id(), "", NO_TCP)));
      return finish(context, "none needed", log, true);
    }
    String backend = "none";
    boolean complete = false;
    try (FaultProxy proxy =
        options
            .proxy()
            .open(context.settings().seed(), note -> context.progress().note(Suite.CHAOS, note))) {
      backend = proxy.backend().toString();
      context.progress().note(Suite.CHAOS, "fault proxy: " + backend);
      for (FailureMode mode : options.modes()) {
        context.progress().started(Suite.CHAOS, mode.id(), mode.title());
        SuiteLog.Planned planned = new SuiteLog.Planned(mode.id(), mode.id() + ".jsonl", "");
        log.add(planned);
        experiment(mode, target, probe, proxy, context);
        context.progress().finished(Suite.CHAOS, judged(context.raw(), planned));
      }
      complete = true;
    } finally {
      if (!complete) {
        options.modes().stream()
            .skip(log.size())
            .forEach(mode -> log.add(new SuiteLog.Planned(mode.id(), "", "")));
        write(context, backend, log, false);
      }
    }
    return finish(context, backend, log, true);
  }

  private static CheckResult judged(Path raw, SuiteLog.Planned planned) throws HarnessException {
    try {
      return ChaosJudge.judge(raw, planned);
    } catch (IOException e) {
      throw new HarnessException("cannot read back what was recorded: " + e.getMessage(), e);
    }
  }

  private static SuiteResult finish(
      SuiteContext context, String backend, List<SuiteLog.Planned> log, boolean complete)
      throws HarnessException {
    write(context, backend, log, complete);
    try {
      return new ChaosJudge().judge(context.raw());
    } catch (IOException e) {
      throw new HarnessException("cannot read back what was recorded: " + e.getMessage(), e);
    }
  }

  private static void write(
      SuiteContext context, String backend, List<SuiteLog.Planned> log, boolean complete)
      throws HarnessException {
    try {
      new SuiteLog(backend, log, complete).write(context.raw());
    } catch (IOException e) {
      throw new HarnessException("cannot write " + SuiteLog.FILE + ": " + e.getMessage(), e);
    }
  }

  private static List<EraProbe> overHttp(ProbeReport probe) {
    return probe.eras().stream().filter(era -> era.transport() == Transport.HTTP).toList();
  }

  private static void experiment(
      FailureMode mode, Target target, ProbeReport probe, FaultProxy proxy, SuiteContext context)
      throws HarnessException, InterruptedException {
    BenchSetup setup = setup(mode, target, probe, context.settings());
    Path file = context.raw().resolve(mode.id() + ".jsonl");
    Entry.Header header = header(mode, setup, proxy, context.settings());
    try (Journal journal = Journal.begin(file, header)) {
      try (Bench bench = new Bench(setup, target, proxy, journal)) {
        mode.script().run(mode, bench);
        journal.seal(true, "");
      } catch (TargetException e) {
        // Without a client there is no steady state, which is what the judge will see.
        context.progress().note(Suite.CHAOS, mode.id() + ": " + e.getMessage());
        journal.seal(true, "");
      } catch (HarnessException e) {
        journal.seal(false, String.valueOf(e.getMessage()));
      }
    }
  }

  private static BenchSetup setup(
      FailureMode mode, Target target, ProbeReport probe, RunSettings settings)
      throws HarnessException, InterruptedException {
    List<EraProbe> spoken = overHttp(probe);
    EraProbe chosen =
        spoken.stream()
            .filter(era -> era.era() == mode.prefers())
            .findFirst()
            .orElse(spoken.getFirst());
    // Both are answered by every server of their era: 2025-11-25 basic/utilities/ping,
    // 2026-07-28 server/discover.
    String method = chosen.era() == Era.HANDSHAKE ? "ping" : "server/discover";
    Duration deadline = Calibration.deadline(target, chosen.era(), method);
    return new BenchSetup(
        mode.id(),
        settings.profile(),
        settings.seed() ^ mode.id().hashCode(),
        chosen.era(),
        method,
        mode.deadline(deadline),
        settings.loadAllowed() ? PACE_WITH_LOAD_CONSENT : PACE,
        mode.steady().inRow(),
        new Backoff(BACKOFF_BASE, Backoff.CAP),
        SLO_P95,
        ALERT_WINDOW,
        mode.limits().recover().plus(deadline),
        mode.colour());
  }

  private static Entry.Header header(
      FailureMode mode, BenchSetup setup, FaultProxy proxy, RunSettings settings) {
    Map<String, Double> plan = new TreeMap<>();
    plan.put("deadlineMs", millis(setup.deadline()));
    plan.put("paceMs", millis(setup.pace()));
    plan.put("steadyInRow", (double) setup.steady());
    plan.put("detectLimitMs", millis(mode.limits().detect().plus(setup.deadline())));
    plan.put("recoverLimitMs", millis(mode.limits().recover()));
    plan.put("backoffBaseMs", millis(setup.backoff().base()));
    plan.put("backoffCapMs", millis(setup.backoff().cap()));
    plan.put("shiftMedianMs", SHIFT_MEDIAN_MS);
    plan.put("shiftTailMs", SHIFT_TAIL_MS);
    plan.put("serverMedianMs", SERVER_MEDIAN_MS);
    plan.put("sloP95Ms", millis(setup.objective()));
    plan.put("alertWindowMs", millis(setup.alertWindow()));
    return new Entry.Header(
        Entry.Header.SCHEMA,
        mode.id(),
        setup.era(),
        setup.method(),
        proxy.backend(),
        settings.seedText(),
        plan);
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
