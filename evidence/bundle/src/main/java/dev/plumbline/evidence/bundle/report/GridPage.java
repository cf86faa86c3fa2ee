package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.bundle.report.Grid.Column;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * {@code grid.html}: clauses down, servers across. One file without scripts and without any
 * reference to the network; a finding opens by the link in its cell.
 */
public final class GridPage {
  private final Grid grid;
  private final Map<String, List<CheckResult>> pages;

  private GridPage(Grid grid) {
    this.grid = grid;
    this.pages = pages(grid);
  }

  /** The page of a grid. */
  public static String render(Grid grid) {
    return new GridPage(grid).page().toString();
  }

  /** One check of each clause, by specification page, in the order of the rules. */
  private static Map<String, List<CheckResult>> pages(Grid grid) {
    Map<String, CheckResult> clauses = new LinkedHashMap<>();
    grid.columns().forEach(column -> column.checks().forEach(c -> clauses.putIfAbsent(c.id(), c)));
    Map<String, List<CheckResult>> pages = new LinkedHashMap<>();
    for (CheckResult check : clauses.values()) {
      String page = check.page().split("#", 2)[0];
      pages.computeIfAbsent(page, _ -> new ArrayList<>()).add(check);
    }
    return pages;
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
        <title>{} servers · Plumbline</title>
        <style>
        {}
        {}</style>
        </head>
        <body class="grid-page">
        <a class="skip" href="#grid">Skip to the grid</a>
        <div class="page">
        {}
        <main>
        {}{}{}
        </main>
        <footer>Made by Plumbline {} from grid.json, which lies beside it, and from nothing else.</footer>
        </div>
        </body>
        </html>
        """,
        grid.columns().size(),
        Html.verbatim(HtmlReport.resource("report.css")),
        Html.verbatim(HtmlReport.resource("grid.css")),
        head(),
        servers(),
        table(),
        findings(),
        grid.harness());
  }

  private Html head() {
    long go = grid.columns().stream().filter(c -> c.decision().equals("GO")).count();
    return Html.of(
        """
        <header>
        <div class="mast"><span><b>Plumbline</b> {}</span><span>{}</span></div>
        <h1>{} of {} servers are a GO</h1>
        <p class="lead">The same {} clauses, seed {}, in {}.</p>
        </header>
        """,
        grid.harness(),
        Text.time(grid.started()),
        go,
        grid.columns().size(),
        pages.values().stream().mapToInt(List::size).sum(),
        grid.seed(),
        Text.duration(Duration.between(grid.started(), grid.ended())));
  }

  private Html servers() {
    return Html.of(
        """
        <section id="servers" aria-labelledby="servers-h"><h2 id="servers-h">Servers</h2>
        <div class="sheet scroll" tabindex="0" role="region" aria-labelledby="servers-h"><table>
        <thead><tr><th scope="col">#</th><th scope="col">server</th><th scope="col">decision</th><th scope="col">pass</th><th scope="col">fail</th><th scope="col">not observed</th><th scope="col">not applicable</th><th scope="col">took</th><th scope="col">is</th></tr></thead>
        <tbody>{}</tbody></table></div></section>
        """,
        Html.join(IntStream.range(0, grid.columns().size()).mapToObj(this::server)));
  }

  private Html server(int index) {
    Column column = grid.columns().get(index);
    TargetIdentity target = column.target();
    Html name =
        column.report().isEmpty()
            ? Html.of("{}", column.name())
            : Html.of("<a href=\"{}\">{}</a>", Pages.path(column.report()), column.name());
    String is =
        target == null
            ? ""
            : target.name()
                + " "
                + target.version()
                + " · "
                + String.join(", ", target.revisions());
    return Html.of(
        "<tr id=\"s-{}\"><td>{}</td><th scope=\"row\">{}</th><td class=\"nw\"><b class=\"{}\">{}</b></td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"nw\">{}</td><td>{}{}</td></tr>\n",
        index + 1,
        index + 1,
        name,
        decisionTone(column.decision()),
        column.decision(),
        column.count(Verdict.Pass.class),
        column.count(Verdict.Fail.class),
        column.count(Verdict.NotObserved.class),
        column.count(Verdict.NotApplicable.class),
        Text.duration(Duration.ofMillis(column.millis())),
        is,
        column.problem());
  }

  private static String decisionTone(String decision) {
    return switch (decision) {
      case "GO" -> "word tone-go";
      case "NO-GO" -> "word tone-no";
      case "INCONCLUSIVE" -> "word tone-doubt";
      default -> "word tone-mute";
    };
  }

  private Html table() {
    return Html.of(
        """
        <section id="grid" aria-labelledby="grid-h"><h2 id="grid-h">Clauses</h2>
        <fieldset class="filter"><legend>Show</legend>
        <label><input type="radio" name="rows" id="rows-all"> every clause</label>
        <label><input type="radio" name="rows" id="rows-fail" checked> where a server fails</label>
        <label><input type="radio" name="rows" id="rows-differ"> where servers differ</label></fieldset>
        <p class="legend">{}</p>
        <div class="sheet scroll cells" tabindex="0" role="region" aria-labelledby="grid-h"><table>
        <thead><tr><th scope="col" class="corner">clause</th>{}</tr></thead>
        {}</table></div>
        <p class="nothing">No clause is like that.</p></section>
        """,
        Html.join(
            java.util.stream.Stream.of(Cell.values())
                .map(
                    c -> Html.of("<span class=\"key {}\">{}</span> {} ", c.style, c.word, c.says))),
        Html.join(
            IntStream.range(0, grid.columns().size())
                .mapToObj(
                    i ->
                        Html.of(
                            "<th scope=\"col\"><a href=\"#s-{}\" title=\"{}\"><span>{}</span></a></th>",
                            i + 1,
                            grid.columns().get(i).name(),
                            grid.columns().get(i).name()))),
        Html.join(pages.entrySet().stream().map(e -> body(e.getKey(), e.getValue()))));
  }

  private Html body(String page, List<CheckResult> clauses) {
    boolean fails = clauses.stream().anyMatch(this::fails);
    boolean differs = clauses.stream().anyMatch(this::differs);
    return Html.of(
        "<tbody class=\"{}\"><tr class=\"page-row\"><th scope=\"rowgroup\" colspan=\"{}\"><span>{}</span></th></tr>\n{}</tbody>\n",
        classes(fails, differs),
        grid.columns().size() + 1,
        page,
        Html.join(clauses.stream().map(this::row)));
  }

  private static String classes(boolean fails, boolean differs) {
    return (fails ? "fails " : "") + (differs ? "differs" : "");
  }

  private boolean fails(CheckResult clause) {
    return grid.columns().stream().anyMatch(c -> Cell.of(c.check(clause.id())) == Cell.FAIL);
  }

  private boolean differs(CheckResult clause) {
    return grid.columns().stream()
            .filter(column -> !column.checks().isEmpty())
            .map(column -> Cell.of(column.check(clause.id())))
            .distinct()
            .count()
        > 1;
  }

  private Html row(CheckResult clause) {
    return Html.of(
        "<tr class=\"clause {}\"><th scope=\"row\"><b class=\"mono\">{}</b> <small>{}</small><span class=\"statement\">{}</span></th>{}</tr>\n",
        classes(fails(clause), differs(clause)),
        clause.id(),
        Text.level(clause),
        clause.title(),
        Html.join(IntStream.range(0, grid.columns().size()).mapToObj(i -> cell(i, clause))));
  }

  private Html cell(int index, CheckResult clause) {
    Column column = grid.columns().get(index);
    Optional<CheckResult> check = column.check(clause.id());
    Cell cell = Cell.of(check);
    String why = check.map(c -> Cell.reason(c.verdict())).orElse(column.problem());
    if (!cell.opens) {
      return Html.of("<td class=\"{}\" title=\"{}\">{}</td>", cell.style, why, cell.word);
    }
    String place = index + 1 + "-" + clause.id();
    return Html.of(
        "<td class=\"{}\"><a id=\"c-{}\" href=\"#f-{}\" aria-label=\"{} on {}: {}\">{}</a></td>",
        cell.style,
        place,
        place,
        clause.id(),
        column.name(),
        cell.says,
        cell.word);
  }

  private Html findings() {
    List<Html> all = new ArrayList<>();
    for (int i = 0; i < grid.columns().size(); i++) {
      Column column = grid.columns().get(i);
      for (CheckResult check : column.checks()) {
        if (Cell.of(Optional.of(check)).opens) {
          all.add(opened(i, column, check));
        }
      }
    }
    return Html.of("<section id=\"findings\" aria-label=\"Findings\">{}</section>", Html.join(all));
  }

  private static Html opened(int index, Column column, CheckResult check) {
    String place = index + 1 + "-" + check.id();
    return Html.of(
        """
        <article class="opened" id="f-{}" tabindex="-1" aria-label="{} on {}"><a class="close" href="#c-{}">close</a>
        <h3><b class="mono">{}</b> on {}</h3><p class="lead">{} · {}</p>{}</article>
        """,
        place,
        check.id(),
        column.name(),
        place,
        check.id(),
        column.name(),
        Text.level(check),
        check.title(),
        check.verdict() instanceof Verdict.Fail(var findings)
            ? Html.join(
                findings.stream()
                    .limit(HtmlFindings.MAX_INSTANCES)
                    .map(
                        f ->
                            Html.of(
                                "<div class=\"instance\">{}</div>", HtmlFindings.told(check, f))))
            : Html.of("<p>{}</p>", Cell.reason(check.verdict())));
  }
}
