package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.ConsentGrant;
import dev.plumbline.ci.cli.run.Plan;
import dev.plumbline.ci.cli.run.RunOutcome;
import dev.plumbline.ci.cli.run.RunRequest;
import dev.plumbline.ci.cli.terminal.Durations;
import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.probe.ToolInfo;
import dev.plumbline.evidence.bundle.gate.Gates;
import dev.plumbline.evidence.model.ReproducerIndex;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The lines around a run: who is judged, what will be done, why it is a GO. */
final class Headings {
  private Headings() {}

  /** Name, version, transports, revisions, and what it offers. */
  static String target(TargetIdentity identity, ProbeReport probe) {
    List<String> parts = new ArrayList<>();
    String version = identity.version().equals("unknown") ? "" : " " + identity.version();
    parts.add(identity.name() + version);
    parts.add(over(identity.transports()));
    parts.add("speaks " + String.join(", ", identity.revisions()));
    probe.eras().stream()
        .max(Comparator.comparingInt(era -> era.tools().size()))
        .ifPresent(era -> parts.add(offers(era)));
    return String.join(" · ", parts);
  }

  private static String over(List<Transport> transports) {
    List<String> ids = transports.stream().map(Transport::id).toList();
    return ids.size() < 2
        ? String.join("", ids)
        : String.join(", ", ids.subList(0, ids.size() - 1)) + " and " + ids.getLast();
  }

  private static String offers(EraProbe era) {
    long readOnly = era.tools().stream().filter(ToolInfo::readOnly).count();
    String tools =
        era.tools().isEmpty()
            ? "no tools"
            : "tools " + era.tools().size() + " (" + readOnly + " read-only)";
    return tools
        + ", "
        + (era.declares("resources") ? "resources" : "no resources")
        + ", "
        + (era.declares("prompts") ? "prompts" : "no prompts");
  }

  /** What will run, on what terms, for about how long. */
  static String plan(RunRequest request, Plan plan) {
    List<String> parts = new ArrayList<>();
    if (request.suites().contains(Suite.CONFORMANCE)) {
      parts.add(plan.rules() + " of " + plan.allRules() + " rules apply");
    }
    if (request.suites().contains(Suite.CHAOS)) {
      parts.add(plan.modes().size() + " of " + Plan.ALL_MODES + " failure modes");
    }
    if (request.suites().contains(Suite.PERF)) {
      parts.add(plan.slos().size() + (plan.slos().size() == 1 ? " SLO" : " SLOs"));
    }
    ConsentGrant consent =
        new ConsentGrant(request.settings().consent(), request.settings().loadAllowed());
    parts.add("consent " + consent.text());
    parts.add("seed " + request.settings().seedText());
    if (!request.selection().isEverything()) {
      parts.add("only " + request.selection().text());
    }
    parts.add(about(request, plan));
    return String.join(" · ", parts);
  }

  private static String about(RunRequest request, Plan plan) {
    return switch (request.settings().profile()) {
      case QUICK -> "about " + Durations.text(plan.expected(request.suites()));
      case STANDARD -> "about 10 min";
      case NIGHTLY -> "hours";
    };
  }

  /** What failures became. */
  static String reproducers(ReproducerIndex index) {
    long shown =
        index.entries().stream()
            .filter(entry -> entry.how().endsWith("shown on the server"))
            .count();
    return (index.count() == 1 ? "1 failure replays" : index.count() + " failures replay")
        + " from reproducers/"
        + (shown == 0 ? "" : " · " + shown + " reduced to the requests that matter");
  }

  /** Why a run is a GO: what held, and what is accepted though it did not. */
  static List<String> go(RunOutcome outcome) {
    List<String> reasons = new ArrayList<>();
    reasons.add(held(outcome));
    if (!outcome.decided().accepted().isEmpty()) {
      outcome.decided().gates().stream()
          .filter(gate -> gate.id().equals(Gates.BASELINE))
          .forEach(gate -> reasons.add(gate.summary()));
    }
    return reasons;
  }

  private static String held(RunOutcome outcome) {
    List<String> parts = new ArrayList<>();
    for (SuiteResult result : outcome.results()) {
      long passed =
          result.checks().stream().filter(check -> check.verdict() instanceof Verdict.Pass).count();
      if (passed > 0) {
        parts.add(
            switch (result.suite()) {
              case CONFORMANCE -> passed + (passed == 1 ? " clause kept" : " clauses kept");
              case CHAOS -> passed + (passed == 1 ? " fault" : " faults") + " withstood and healed";
              case PERF -> passed + (passed == 1 ? " objective met" : " objectives met");
              case RELIABILITY ->
                  passed + (passed == 1 ? " demand" : " demands") + " on the reliability core met";
              case SUPPLY_CHAIN -> "bill of materials matches";
              case REFEREE -> passed + " official scenarios passed";
              case INTEROP -> passed + " cells of SDK interoperability passed";
              case MUTANTS -> passed + " planted defects judged as they must be";
              case BENCHMARKS -> passed + " benchmarks no worse than before";
            });
      }
    }
    return String.join(", ", parts) + "; no gate objects";
  }
}
