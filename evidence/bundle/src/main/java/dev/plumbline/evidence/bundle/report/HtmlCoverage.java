package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Verdicts by page of the specification. */
final class HtmlCoverage {
  private HtmlCoverage() {}

  static Html render(Reported bundle) {
    SuiteResult conformance = bundle.results().get(Suite.CONFORMANCE);
    if (conformance == null || conformance.checks().isEmpty()) {
      return Html.of(
          "<section id=\"pages\" aria-labelledby=\"pages-h\"><h2 id=\"pages-h\">By page of the specification</h2><p class=\"lead\">No clause was judged in this run.</p></section>");
    }
    Map<String, List<CheckResult>> byPage = new TreeMap<>();
    for (CheckResult check : conformance.checks()) {
      byPage.computeIfAbsent(check.page().split("#", 2)[0], _ -> new ArrayList<>()).add(check);
    }
    return Html.of(
        """
        <section id="pages" aria-labelledby="pages-h"><h2 id="pages-h">By page of the specification</h2>
        <div class="sheet scroll"><table>
        <thead><tr><th scope="col">page</th><th scope="col" class="wide-only"><span class="label">share</span></th><th scope="col" class="num">pass</th><th scope="col" class="num">fail</th><th scope="col" class="num">not observed</th><th scope="col" class="num">not applicable</th></tr></thead>
        <tbody>{}</tbody></table></div>
        </section>
        """,
        Html.join(byPage.entrySet().stream().map(entry -> row(entry.getKey(), entry.getValue()))));
  }

  private static Html row(String page, List<CheckResult> checks) {
    long passed = count(checks, Verdict.Pass.class);
    long failed = count(checks, Verdict.Fail.class);
    long unseen =
        count(checks, Verdict.NotObserved.class) + count(checks, Verdict.HarnessFault.class);
    long inapplicable = count(checks, Verdict.NotApplicable.class);
    return Html.of(
        "<tr><td>{}</td><td class=\"wide-only\"><span class=\"bar\" aria-hidden=\"true\">{}{}{}</span></td><td class=\"num\">{}</td><td class=\"num\">{}</td><td class=\"num\">{}</td><td class=\"num\">{}</td></tr>\n",
        HtmlFindings.page(page),
        part("p", passed, checks.size()),
        part("f", failed, checks.size()),
        part("n", unseen, checks.size()),
        passed,
        failed,
        unseen,
        inapplicable);
  }

  private static Html part(String style, long count, int of) {
    return Html.of(
            "<i class=\"{}\" style=\"width:{}%\"></i>", style, Scale.coordinate(100.0 * count / of))
        .when(count > 0);
  }

  private static long count(List<CheckResult> checks, Class<? extends Verdict> verdict) {
    return checks.stream().filter(check -> verdict.isInstance(check.verdict())).count();
  }
}
