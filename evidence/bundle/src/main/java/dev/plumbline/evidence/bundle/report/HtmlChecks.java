package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;

/** Every check with its verdict, by suite, folded. */
final class HtmlChecks {
  private HtmlChecks() {}

  static Html render(Reported bundle) {
    return Html.of(
        """
        <section id="checks" aria-labelledby="checks-h"><h2 id="checks-h">All checks</h2>
        {}
        </section>
        """,
        bundle.results().isEmpty()
            ? Html.of("<p class=\"lead\">No suite ended in this run.</p>")
            : Html.join(bundle.results().values().stream().map(HtmlChecks::suite)));
  }

  private static Html suite(SuiteResult result) {
    return Html.of(
        """
        <details class="sheet group"><summary>{} <span>· {}</span></summary>
        <div class="scroll"><table><thead><tr><th scope="col">id</th><th scope="col">requirement</th><th scope="col">verdict</th><th scope="col" class="wide-only">weight</th><th scope="col" class="wide-only">where</th></tr></thead><tbody>{}</tbody></table></div>
        <div class="pad"><dl class="facts">{}</dl></div></details>
        """,
        result.suite().id(),
        result.checks().size() == 1 ? "1 check" : result.checks().size() + " checks",
        Html.join(result.checks().stream().map(HtmlChecks::row)),
        Html.join(
            result.facts().entrySet().stream()
                .map(f -> Html.of("<dt>{}</dt><dd>{}</dd>", f.getKey(), f.getValue()))));
  }

  private static Html row(CheckResult check) {
    return Html.of(
        "<tr><td class=\"mono nw\">{}</td><td>{}</td><td>{}{}</td><td class=\"wide-only nw\">{}</td><td class=\"wide-only nw\">{}</td></tr>\n",
        check.id(),
        check.title(),
        VerdictMark.of(check.verdict()),
        note(check.verdict()),
        Text.level(check),
        Text.where(check));
  }

  private static Html note(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass(var examined) ->
          Html.of(" <small class=\"label\">{} examined</small>", examined);
      case Verdict.Fail(var findings) ->
          Html.of(
              " <small class=\"label\">{}</small>",
              findings.size() == 1 ? "1 finding" : findings.size() + " findings");
      case Verdict.NotObserved(var missing) ->
          Html.of(" <small class=\"label\">{}</small>", missing);
      case Verdict.NotApplicable(var reason) ->
          Html.of(" <small class=\"label\">{}</small>", reason);
      case Verdict.HarnessFault(var cause) -> Html.of(" <small class=\"label\">{}</small>", cause);
    };
  }
}
