package dev.plumbline.perf;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Judge;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import dev.plumbline.perf.judge.JourneyVerdict;
import dev.plumbline.perf.judge.Judged;
import dev.plumbline.perf.judge.LoadVerdict;
import dev.plumbline.perf.raw.GatlingReport;
import dev.plumbline.perf.raw.JourneyRecord;
import dev.plumbline.perf.raw.PerfPlan;
import dev.plumbline.perf.raw.Scenario;
import dev.plumbline.perf.raw.ScenarioRecord;
import dev.plumbline.perf.slo.Slo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Recomputes every objective's verdict and numbers from {@code raw/perf}. */
public final class PerfJudge implements Judge {
  /** The document that defines the objectives. */
  static final String PAGE = "slos.txt";

  @Override
  public Suite suite() {
    return Suite.PERF;
  }

  @Override
  public SuiteResult judge(Path raw) throws IOException {
    PerfPlan plan = Json.read(raw.resolve(PerfPlan.FILE), PerfPlan.class);
    Map<String, String> facts = new TreeMap<>(plan.facts());
    List<CheckResult> checks = new ArrayList<>();
    for (PerfPlan.Entry entry : plan.entries()) {
      checks.add(check(raw, entry, facts));
    }
    return new SuiteResult(Suite.PERF, checks, facts);
  }

  /** The result of one objective; what the reader must know beside it is put into the facts. */
  static CheckResult check(Path raw, PerfPlan.Entry entry, Map<String, String> facts)
      throws IOException {
    return switch (entry.state()) {
      case NOT_APPLICABLE -> without(entry, new Verdict.NotApplicable(entry.reason()));
      case NOT_OBSERVED -> without(entry, new Verdict.NotObserved(entry.reason()));
      case HARNESS_FAULT -> without(entry, new Verdict.HarnessFault(entry.reason()));
      case RUN -> ran(raw, entry, facts);
    };
  }

  private static CheckResult without(PerfPlan.Entry entry, Verdict verdict) {
    return result(entry, new Judged(verdict, List.of()), List.of(file(PerfPlan.FILE)));
  }

  private static CheckResult ran(Path raw, PerfPlan.Entry entry, Map<String, String> facts)
      throws IOException {
    Slo slo = entry.slo();
    if (slo == null) {
      throw new IOException(PerfPlan.FILE + ": " + entry.id() + " ran without an objective");
    }
    List<String> files = files(entry, slo);
    return switch (slo.scenario()) {
      case CALL_HANDSHAKE, CALL_STATELESS, HEALTH -> {
        List<Scenario> scenarios = new ArrayList<>();
        for (String attempt : entry.attempts()) {
          scenarios.add(matching(Scenario.read(raw.resolve(attempt)), slo, attempt));
        }
        tell(slo, scenarios, facts);
        yield result(entry, LoadVerdict.of(slo, scenarios, files), files);
      }
      case JOURNEY -> journey(raw, entry, slo, files, facts);
    };
  }

  private static CheckResult journey(
      Path raw, PerfPlan.Entry entry, Slo slo, List<String> files, Map<String, String> facts)
      throws IOException {
    Path folder = raw.resolve(entry.attempts().getFirst());
    JourneyRecord ran = Json.read(folder.resolve(JourneyRecord.FILE), JourneyRecord.class);
    boolean matches =
        ran.slo().equals(slo.id())
            && ran.perSecond() == slo.perSecond()
            && ran.seconds() == slo.seconds();
    if (!matches) {
      throw new IOException(JourneyRecord.FILE + " is not of the schedule planned");
    }
    Optional<GatlingReport> report =
        ran.ended()
            ? Optional.of(GatlingReport.read(folder.resolve(JourneyRecord.REPORT)))
            : Optional.empty();
    facts.put("request " + slo.id(), ran.request());
    facts.put("gatling", ran.ended() ? "run" : "ended early");
    List<String> kept = new ArrayList<>(files);
    if (report.isPresent()) {
      kept.add(file(entry.attempts().getFirst() + "/" + JourneyRecord.REPORT + "/index.html"));
    }
    return result(entry, JourneyVerdict.of(slo, ran, report, kept), kept);
  }

  private static Scenario matching(Scenario scenario, Slo slo, String folder) throws IOException {
    ScenarioRecord seen = scenario.seen();
    boolean matches =
        seen.slo().equals(slo.id())
            && seen.perSecond() == slo.perSecond()
            && seen.deadlineMillis() == slo.deadlineMillis()
            && seen.connections() == slo.connections()
            && seen.due() == slo.schedule().measuredCount();
    if (!matches) {
      throw new IOException(folder + "/" + Scenario.RECORD + " is not of the schedule planned");
    }
    return scenario;
  }

  private static void tell(Slo slo, List<Scenario> scenarios, Map<String, String> facts) {
    facts.put("request " + slo.id(), scenarios.getFirst().seen().request());
    long unhealthy = scenarios.stream().filter(s -> !LoadVerdict.healthy(s, slo)).count();
    if (unhealthy > 0) {
      facts.put(
          "void attempts " + slo.id(),
          unhealthy + " of " + scenarios.size() + ": the load generator was late");
    }
  }

  private static List<String> files(PerfPlan.Entry entry, Slo slo) {
    List<String> files = new ArrayList<>();
    files.add(file(PerfPlan.FILE));
    for (String attempt : entry.attempts()) {
      if (slo.scenario() == Slo.Scenario.JOURNEY) {
        files.add(file(attempt + "/" + JourneyRecord.FILE));
      } else {
        for (String name :
            List.of(Scenario.RECORD, Scenario.LATENCY, Scenario.SERVICE, Scenario.LATENESS)) {
          files.add(file(attempt + "/" + name));
        }
      }
    }
    return files;
  }

  private static String file(String name) {
    return "raw/" + Suite.PERF.id() + "/" + name;
  }

  private static CheckResult result(PerfPlan.Entry entry, Judged judged, List<String> files) {
    return new CheckResult(
        entry.id(),
        entry.title(),
        Level.MUST,
        entry.era(),
        entry.transport(),
        PAGE + "#" + entry.id(),
        judged.verdict(),
        judged.measurements(),
        files);
  }
}
