package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.run.Plan;
import dev.plumbline.ci.cli.run.Rehearsal;
import dev.plumbline.ci.cli.run.RunRequest;
import dev.plumbline.ci.cli.terminal.SafeText;
import dev.plumbline.conformance.ledger.Clause;
import dev.plumbline.conformance.ledger.Ledger;
import dev.plumbline.conformance.run.Plan.Entry;
import dev.plumbline.conformance.run.Plan.Status;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.perf.reliability.raw.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code --dry-run} prints: what would run, what would not and why. */
final class RehearsalText {
  private static final String SCHEMA = "plumbline/dry-run/v1";
  private static final int INDENT = 52;

  private final RunRequest request;
  private final Rehearsal rehearsal;
  private final Ledger ledger;

  RehearsalText(RunRequest request, Rehearsal rehearsal) throws HarnessException {
    this.request = request;
    this.rehearsal = rehearsal;
    this.ledger = Ledger.load();
  }

  /**
   * The plan for machines.
   *
   * @param schema the version of this form
   * @param target who would be judged
   * @param suites what would run
   * @param seed the seed in hexadecimal
   * @param consent what would be allowed
   * @param expectedSeconds about how long it would take; null in profiles that are not quick
   * @param rules every rule considered
   * @param modes failure modes that would be injected
   * @param slos objectives that would be measured
   * @param notRun what would not be looked at, and why
   */
  record PlanJson(
      String schema,
      TargetIdentity target,
      List<Suite> suites,
      String seed,
      String consent,
      @org.jspecify.annotations.Nullable Long expectedSeconds,
      List<Entry> rules,
      List<String> modes,
      List<String> slos,
      Map<String, String> notRun) {}

  PlanJson json() {
    Plan plan = rehearsal.plan();
    return new PlanJson(
        SCHEMA,
        rehearsal.identity(),
        request.suites(),
        request.settings().seedText(),
        request.settings().consent().id(),
        request.settings().profile() == Profile.QUICK
            ? plan.expected(request.suites()).toSeconds()
            : null,
        runs(Suite.CONFORMANCE) ? plan.clauses().entries() : List.of(),
        runs(Suite.CHAOS) ? plan.modes() : List.of(),
        runs(Suite.PERF) ? plan.slos() : List.of(),
        rehearsal.notRun());
  }

  private boolean runs(Suite suite) {
    return request.suites().contains(suite);
  }

  /** The lines below target and plan. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("would run");
    if (runs(Suite.CONFORMANCE)) {
      group(Status.APPLIES, this::place).forEach((name, ids) -> lines.add(row(name, ids)));
    }
    if (runs(Suite.CHAOS)) {
      lines.add(row("chaos", rehearsal.plan().modes()));
    }
    if (runs(Suite.PERF)) {
      lines.add(row("load", rehearsal.plan().slos()));
    }
    if (runs(Suite.RELIABILITY)) {
      lines.add(row("reliability", parts()));
    }
    if (runs(Suite.SUPPLY_CHAIN)) {
      lines.add(row("supply chain", List.of()));
    }
    lines.add("");
    lines.add("would not run");
    if (runs(Suite.CONFORMANCE)) {
      group(Status.NOT_APPLICABLE, Entry::reason).forEach((why, ids) -> lines.add(row(why, ids)));
      group(Status.UNOBSERVABLE, Entry::reason).forEach((why, ids) -> lines.add(row(why, ids)));
    }
    rehearsal.notRun().forEach((what, why) -> lines.add(row(what, List.of()) + why));
    lines.add("");
    lines.add("dry run: nothing else was sent, nothing was judged, nothing is kept");
    return lines;
  }

  private List<String> parts() {
    return Stream.of(Part.values())
        .filter(part -> request.parts().isEmpty() || request.parts().contains(part))
        .map(Part::id)
        .toList();
  }

  private Map<String, List<String>> group(Status status, Function<Entry, String> by) {
    return rehearsal.plan().clauses().entries().stream()
        .filter(entry -> entry.status() == status)
        .collect(
            Collectors.groupingBy(
                by, TreeMap::new, Collectors.mapping(Entry::clause, Collectors.toList())));
  }

  private String place(Entry entry) {
    return entry.over().map(Transport::id).orElse("")
        + " "
        + ledger.clause(entry.clause()).map(Clause::page).orElse("");
  }

  private static String row(String name, List<String> ids) {
    String label = "  " + SafeText.of(name);
    String padded = label + " ".repeat(Math.max(1, INDENT - label.length()));
    return ids.isEmpty() ? padded : padded + "%3d  ".formatted(ids.size()) + String.join(" ", ids);
  }
}
