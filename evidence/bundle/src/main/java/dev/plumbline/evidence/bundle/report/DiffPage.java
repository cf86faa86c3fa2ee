package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.bundle.report.Comparison.Change;
import dev.plumbline.evidence.bundle.report.Comparison.Row;
import dev.plumbline.evidence.bundle.report.Comparison.Side;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Verdict;
import java.util.Optional;

/** {@code diff.html}: two servers side by side, one file without scripts or network. */
public final class DiffPage {
  private final Comparison comparison;

  private DiffPage(Comparison comparison) {
    this.comparison = comparison;
  }

  /** The page of a comparison. */
  public static String render(Comparison comparison) {
    return new DiffPage(comparison).page().toString();
  }

  private Html page() {
    return Html.of(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
        <meta name="referrer" content="no-referrer">
        <title>{} beside {} · Plumbline</title>
        <style>
        {}
        {}</style>
        </head>
        <body class="grid-page">
        <div class="page">
        <header>
        <div class="mast"><span><b>Plumbline</b></span><span>seed {}</span></div>
        <h1>{} worse, {} better</h1>
        <p class="lead">{} of {} clauses came out otherwise on B, without being broken or mended by it.</p>
        <dl class="identity">{}{}</dl>
        </header>
        <main><section id="grid" aria-labelledby="grid-h"><h2 id="grid-h">Clauses</h2>
        <fieldset class="filter"><legend>Show</legend>
        <label><input type="radio" name="rows" id="rows-differ" checked> what differs</label>
        <label><input type="radio" name="rows" id="rows-all"> every clause</label></fieldset>
        <div class="sheet scroll" tabindex="0" role="region" aria-labelledby="grid-h"><table class="diff">
        <thead><tr><th scope="col">clause</th><th scope="col">A</th><th scope="col">B</th></tr></thead>
        <tbody class="differs">{}</tbody></table></div></section></main>
        </div>
        </body>
        </html>
        """,
        comparison.a().name(),
        comparison.b().name(),
        Html.verbatim(HtmlReport.resource("report.css")),
        Html.verbatim(HtmlReport.resource("grid.css")),
        comparison.seed(),
        comparison.count(Change.WORSE),
        comparison.count(Change.BETTER),
        comparison.count(Change.OTHER),
        comparison.count(),
        side("A", comparison.a()),
        side("B", comparison.b()),
        Html.join(comparison.rows().stream().map(DiffPage::row)));
  }

  private static Html side(String letter, Side side) {
    return Html.of(
        "<div><dt>{}</dt><dd><b>{}</b> · {}{}{}</dd></div>",
        letter,
        side.name(),
        side.decision(),
        side.problem().isEmpty() ? "" : " · " + side.problem(),
        Html.of(" · <a href=\"{}\">report</a>", Pages.path(side.report()))
            .when(!side.report().isEmpty()));
  }

  private static Html row(Row row) {
    return Html.of(
        "<tr class=\"clause {}\"><th scope=\"row\"><b class=\"mono\">{}</b> <small>{}{}</small><span class=\"statement\">{}</span></th>{}{}</tr>\n",
        row.change() == Change.SAME ? "" : "differs",
        row.clause(),
        row.level().name().replace('_', ' '),
        word(row.change()),
        row.title(),
        cell(row.a()),
        cell(row.b()));
  }

  private static String word(Change change) {
    return switch (change) {
      case WORSE -> " · worse";
      case BETTER -> " · better";
      case OTHER -> " · otherwise";
      case SAME -> "";
    };
  }

  private static Html cell(Optional<CheckResult> check) {
    Cell cell = Cell.of(check);
    if (check.isEmpty()) {
      return Html.of("<td><span class=\"key {}\">{}</span></td>", cell.style, cell.says);
    }
    Verdict verdict = check.get().verdict();
    Html why =
        verdict instanceof Verdict.Fail(var findings)
            ? Html.of(
                "<details><summary>{}</summary>{}</details>",
                Cell.reason(verdict),
                HtmlFindings.told(check.get(), findings.getFirst()))
            : Html.of("<span class=\"statement\">{}</span>", Cell.reason(verdict));
    return Html.of("<td><span class=\"key {}\">{}</span>{}</td>", cell.style, cell.word, why);
  }
}
