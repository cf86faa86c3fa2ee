package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.bundle.gate.DecisionRecord.Gap;
import dev.plumbline.evidence.bundle.gate.GateOutcome;
import dev.plumbline.evidence.bundle.gate.GateOutcome.State;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;

/** {@code summary.md}: what fits into a pull request. */
final class Summary {
  private static final int MAX_FINDINGS = 20;
  private static final int MAX_GAPS = 12;
  private static final int MAX_LINE = 300;

  private final StringBuilder out = new StringBuilder();
  private final Reported bundle;

  private Summary(Reported bundle) {
    this.bundle = bundle;
  }

  static String render(Reported bundle) {
    Summary summary = new Summary(bundle);
    summary.head();
    summary.gates();
    summary.suites();
    summary.findings();
    summary.gaps();
    summary.foot();
    return summary.out.toString();
  }

  private void head() {
    RunManifest run = bundle.run();
    line("## Plumbline: " + bundle.decided().decision().word());
    line("");
    line(
        "**"
            + escape(run.target().name())
            + " "
            + escape(run.target().version())
            + "** · "
            + code(run.target().address())
            + (run.target().revisions().isEmpty()
                ? ""
                : " · speaks " + escape(String.join(", ", run.target().revisions())))
            + " · profile "
            + run.settings().profile().id()
            + " · seed "
            + code(run.settings().seedText())
            + " · Plumbline "
            + escape(run.harness())
            + " · "
            + Text.time(run.started()));
    line("");
    if (!run.complete()) {
      line("**Incomplete: the run was cut short.** What follows is what was recorded until then.");
      line("");
    }
    if (bundle.selfSigned()) {
      line(
          "_Self-signed: the key was made for this run, so the signature proves that nothing changed since, not who signed._");
      line("");
    }
    bundle.decided().decision().why().forEach(reason -> line("- " + escape(reason)));
    line("");
  }

  private void gates() {
    line("| Gate | | Value | Demanded |");
    line("|---|---|---|---|");
    for (GateOutcome gate : Order.objectedFirst(bundle.decided().gates())) {
      String value = gate.state() == State.NOT_EVALUATED ? gate.summary() : gate.value();
      line(
          "| "
              + gate.id()
              + " "
              + escape(gate.title())
              + " | "
              + word(gate.state())
              + " | "
              + escape(value)
              + " | "
              + escape(gate.threshold())
              + " |");
    }
    line("");
  }

  static String word(State state) {
    return switch (state) {
      case HELD -> "held";
      case OBJECTED -> "**objects**";
      case NOT_EVALUATED -> "not evaluated";
    };
  }

  private void suites() {
    line("| Suite | Pass | Fail | Not observed | Not applicable | Harness fault |");
    line("|---|---:|---:|---:|---:|---:|");
    for (SuiteResult result : bundle.results().values()) {
      line(
          "| "
              + result.suite().id()
              + " | "
              + count(result, Verdict.Pass.class)
              + " | "
              + count(result, Verdict.Fail.class)
              + " | "
              + count(result, Verdict.NotObserved.class)
              + " | "
              + count(result, Verdict.NotApplicable.class)
              + " | "
              + count(result, Verdict.HarnessFault.class)
              + " |");
    }
    line("");
  }

  private static long count(SuiteResult result, Class<? extends Verdict> verdict) {
    return result.checks().stream().filter(check -> verdict.isInstance(check.verdict())).count();
  }

  private void findings() {
    List<CheckResult> failures = bundle.failures();
    if (failures.isEmpty()) {
      return;
    }
    line("### Findings");
    line("");
    for (CheckResult check : failures.subList(0, Math.min(MAX_FINDINGS, failures.size()))) {
      String where = Text.where(check);
      line(
          "- **"
              + check.id()
              + "** "
              + Text.level(check)
              + (where.isEmpty() ? "" : " · " + where)
              + (bundle.isAccepted(check) ? " · accepted by the baseline" : "")
              + ": "
              + escape(check.title()));
      if (check.verdict() instanceof Verdict.Fail(var findings)) {
        line("  - " + escape(findings.getFirst().summary()));
        line("  - Fix: " + escape(findings.getFirst().fix()));
      }
    }
    if (failures.size() > MAX_FINDINGS) {
      line("- and " + (failures.size() - MAX_FINDINGS) + " more in report.html");
    }
    line("");
  }

  private void gaps() {
    List<Gap> gaps = bundle.decided().notLookedAt();
    line("### Not looked at");
    line("");
    if (gaps.isEmpty()) {
      line("Nothing was left out.");
    }
    for (Gap gap : gaps.subList(0, Math.min(MAX_GAPS, gaps.size()))) {
      line(
          "- "
              + escape(gap.what())
              + ": "
              + escape(gap.why())
              + (gap.checks().isEmpty()
                  ? ""
                  : " (" + Text.shorten(String.join(", ", gap.checks()), MAX_LINE) + ")"));
    }
    if (gaps.size() > MAX_GAPS) {
      line("- and " + (gaps.size() - MAX_GAPS) + " more in report.html");
    }
    line("");
  }

  private void foot() {
    line(
        "Evidence: "
            + bundle.files().size()
            + " files, signed by key "
            + code(bundle.keyId())
            + (bundle.selfSigned() ? " (self-signed)" : "")
            + ". Check it with "
            + code(HtmlEvidence.command(bundle))
            + ".");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }

  /** A code span that cannot be left: no backtick, no line end. */
  static String code(String text) {
    return "`" + flat(text).replace('`', '\'') + "`";
  }

  /** Text in which nothing is markup, a link, a mention or a second line. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : Text.shorten(flat(text), MAX_LINE).toCharArray()) {
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        // A zero-width space after it keeps hosting sites from notifying whoever is named.
        case '@' -> escaped.append("@\u200b");
        case '\\', '`', '*', '_', '[', ']', '#', '|', '~', '!', '$' ->
            escaped.append('\\').append(c);
        default -> escaped.append(c);
      }
    }
    return escaped.toString().replace("://", ":\u200b//");
  }

  private static String flat(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
