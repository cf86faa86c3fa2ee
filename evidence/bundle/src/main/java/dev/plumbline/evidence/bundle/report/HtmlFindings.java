package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.ReproducerIndex;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Findings by weight; each opens to the exchange. */
final class HtmlFindings {
  static final int MAX_INSTANCES = 20;

  /** Longer texts are cut in the page; the raw data has them whole. */
  private static final int MAX_TEXT = 6000;

  private final Reported bundle;
  private final Reproducers reproducers;

  private final ReproducerIndex index;

  private HtmlFindings(Reported bundle) throws IOException {
    this.bundle = bundle;
    this.index = ReproducerIndex.of(bundle.folder());
    this.reproducers = new Reproducers(bundle);
  }

  static Html render(Reported bundle) throws IOException {
    return new HtmlFindings(bundle).section();
  }

  private Html section() {
    List<CheckResult> failures = bundle.failures();
    Html list = Html.NONE;
    for (int i = 0; i < failures.size(); i++) {
      list = Html.of("{}{}", list, check(failures.get(i), i == 0));
    }
    return Html.of(
        """
        <section id="findings" aria-labelledby="findings-h"><h2 id="findings-h">Findings</h2>
        <p class="lead">{}</p>
        {}
        </section>
        """,
        failures.isEmpty()
            ? "No check failed."
            : "The heaviest first. Each opens to what was sent, what came back and what to change.",
        list);
  }

  private Html check(CheckResult check, boolean open) {
    if (!(check.verdict() instanceof Verdict.Fail(var findings))) {
      return Html.NONE;
    }
    boolean accepted = bundle.isAccepted(check);
    String weight = Text.level(check) + (accepted ? ", accepted by the baseline" : "");
    String where = Text.where(check);
    List<Finding> shown = findings.subList(0, Math.min(MAX_INSTANCES, findings.size()));
    return Html.of(
        """
        <details class="finding {}"{}>
        <summary><span class="meta"><span class="mark {}">{}</span> · <b>{}</b>{}</span><span class="title">{}</span></summary>
        <div class="body">{}{}{}{}</div>
        </details>
        """,
        accepted ? "tone-mute" : check.level().isMandatory() ? "tone-no" : "tone-doubt",
        Html.verbatim(open ? " open" : ""),
        check.level().isMandatory() && !accepted ? "fail" : "warn",
        weight,
        check.id(),
        where.isEmpty() ? "" : " · " + where,
        check.title(),
        Html.join(shown.stream().map(finding -> instance(check, finding))),
        Html.of("<p class=\"lead\">and {} more of the same</p>", findings.size() - shown.size())
            .when(findings.size() > shown.size()),
        Measures.list(check.measurements()),
        replay(check));
  }

  /** The command that makes it happen again, judged by the same rule. */
  private Html replay(CheckResult check) {
    return index
        .of(check)
        .map(
            entry ->
                copyable(
                    "to replay it (" + entry.how() + ")", "./plumbline repro run " + entry.id()))
        .orElse(Html.NONE);
  }

  private Html instance(CheckResult check, Finding finding) {
    return Html.of(
        "<div class=\"instance\">{}{}</div>\n", told(check, finding), reproducer(finding));
  }

  /** One finding: what is wrong, what was asked for, what was sent and what came back. */
  static Html told(CheckResult check, Finding finding) {
    return Html.of(
        """
        <p>{}</p>
        <dl class="facts"><dt>expected</dt><dd>{}</dd><dt>actual</dt><dd>{}</dd><dt>to fix</dt><dd>{}</dd><dt>asked by</dt><dd>{}</dd>{}</dl>
        {}""",
        finding.summary(),
        cut(finding.expected()),
        cut(finding.actual()),
        cut(finding.fix()),
        page(check.page()),
        Html.of("<dt>evidence</dt><dd><code>{}</code></dd>", String.join(", ", finding.evidence()))
            .when(!finding.evidence().isEmpty()),
        exchange(finding));
  }

  private static Html exchange(Finding finding) {
    if (finding.sent().isEmpty() && finding.received().isEmpty()) {
      return Html.NONE;
    }
    return Html.of(
        "<div class=\"exchange\"><div><span class=\"label\">sent</span><pre>{}</pre></div><div><span class=\"label\">received</span><pre>{}</pre></div></div>",
        finding.sent().isEmpty() ? "(nothing)" : cut(finding.sent()),
        finding.received().isEmpty() ? "(nothing)" : cut(finding.received()));
  }

  private Html reproducer(Finding finding) {
    Optional<String> command = reproducers.command(finding);
    return command.isEmpty() ? Html.NONE : copyable("to send it again", command.get());
  }

  /** A command with a button that copies it; without scripts the button is not there. */
  static Html copyable(String label, String command) {
    return Html.of(
        "<div class=\"copy\"><div class=\"row\"><span class=\"label\">{}</span><button type=\"button\" aria-label=\"Copy the command: {}\">copy</button></div><pre>{}</pre></div>",
        label,
        label,
        command);
  }

  static Html page(String page) {
    String link = Pages.link(page);
    return link.isEmpty()
        ? Html.of("{}", page)
        : Html.of("<a href=\"{}\" rel=\"noreferrer\">{}</a>", link, page);
  }

  private static String cut(String text) {
    String shortened = Text.shorten(text, MAX_TEXT);
    return shortened.equals(text)
        ? text
        : shortened + "\n(cut here; the raw evidence has it whole)";
  }
}
