package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.bundle.release.Metric;
import dev.plumbline.evidence.bundle.release.Owasp;
import dev.plumbline.evidence.bundle.release.Release;
import dev.plumbline.evidence.bundle.release.Shown;
import dev.plumbline.evidence.bundle.release.Standing;
import dev.plumbline.evidence.bundle.release.Status;
import dev.plumbline.evidence.bundle.release.Workstreams;
import dev.plumbline.evidence.bundle.release.Workstreams.Go;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the run says of a release: workstreams, values that are asked for, the checklist. */
final class HtmlRelease {
  /** A row names this many checks that say nothing; the data has them all. */
  private static final int NAMED_CHECKS = 4;

  private HtmlRelease() {}

  static Html render(Release release) {
    Workstreams workstreams = release.workstreams();
    return Html.of(
        """
        <section id="release" aria-labelledby="release-h"><h2 id="release-h">For a release</h2>
        <p class="lead">The same evidence by subject, with every figure beside its target: <code>release.json</code>, and as tables <code>release.csv</code> and <code>release/</code>. Nothing here decides; the gates above do.</p>
        {}{}{}
        </section>
        """,
        workstreams == null ? Html.NONE : ten(workstreams),
        workstreams == null ? Html.NONE : named(release.named()),
        checklist(release.security().owasp()));
  }

  private static Html ten(Workstreams workstreams) {
    return Html.of(
        """
        <h3 class="sub">Ten workstreams <span class="{}"><span class="mark {}">{}</span></span></h3>
        <p class="lead">A go needs all ten; each hangs on the checks and gates that it names.</p>
        <div class="sheet scroll"><table><thead><tr><th scope="col">workstream</th><th scope="col">state</th><th scope="col">demands</th><th scope="col">shown by</th></tr></thead><tbody>{}</tbody></table></div>
        """,
        tone(workstreams.decision()),
        mark(workstreams.decision()),
        workstreams.decision().text(),
        Html.join(workstreams.streams().stream().map(HtmlRelease::stream)));
  }

  private static Html stream(Workstreams.Stream stream) {
    return Html.of(
        "<tr><td class=\"nw\"><span class=\"label\">{}</span> {}</td><td class=\"nw\"><span class=\"{}\"><span class=\"mark {}\">{}</span></span></td><td>{}{}</td><td>{}</td></tr>\n",
        stream.id(),
        stream.title(),
        tone(stream.state()),
        mark(stream.state()),
        stream.state().text(),
        stream.demand(),
        stream.note() == null
            ? Html.NONE
            : Html.of(" <small class=\"label\">{}</small>", stream.note()),
        shownBy(stream.checks()));
  }

  /** What failed with its reason, what is shown, and what said nothing. */
  private static Html shownBy(List<Shown> checks) {
    Html failed =
        Html.join(
            checks.stream()
                .filter(check -> check.status() == Standing.FAILED)
                .map(
                    check ->
                        Html.of(
                            "<div><span class=\"tone-no\"><span class=\"mark fail\">{}</span></span> <small class=\"label\">{}</small></div>",
                            check.id(),
                            check.why() == null ? "" : check.why())));
    List<String> shown = ids(checks, Standing.SHOWN);
    List<String> unseen = ids(checks, Standing.NOT_RUN);
    return Html.of(
        "{}{}{}",
        failed,
        Html.of("<div>{}</div>", String.join(", ", shown)).when(!shown.isEmpty()),
        Html.of(
                "<div><small class=\"label\">not run, or not applicable: {}</small></div>",
                few(unseen))
            .when(!unseen.isEmpty()));
  }

  private static List<String> ids(List<Shown> checks, Standing standing) {
    return checks.stream()
        .filter(check -> check.status() == standing)
        .map(Shown::id)
        .collect(Collectors.toList());
  }

  private static String few(List<String> ids) {
    return ids.size() <= NAMED_CHECKS + 1
        ? String.join(", ", ids)
        : String.join(", ", ids.subList(0, NAMED_CHECKS))
            + " and "
            + (ids.size() - NAMED_CHECKS)
            + " more";
  }

  private static Html named(Map<String, Metric> named) {
    return Html.of(
        """
        <h3 class="sub">Values that are asked for by name</h3>
        <div class="sheet scroll"><table><thead><tr><th scope="col">value</th><th scope="col" class="num">found</th><th scope="col" class="num">target</th><th scope="col">status</th><th scope="col">source</th></tr></thead><tbody>{}</tbody></table></div>
        """,
        Html.join(named.entrySet().stream().map(entry -> value(entry.getKey(), entry.getValue()))));
  }

  private static Html value(String name, Metric metric) {
    return Html.of(
        "<tr><td class=\"mono nw\">{}</td><td class=\"num nw\">{}</td><td class=\"num nw\">{}</td><td class=\"nw\"><span class=\"{}\"><span class=\"mark {}\">{}</span></span></td><td>{}{}</td></tr>\n",
        name,
        metric.value() == null ? "–" : Text.quantity(metric.value(), metric.unit()),
        target(metric),
        tone(metric.status()),
        mark(metric.status()),
        metric.status().text(),
        metric.source(),
        metric.note() == null
            ? Html.NONE
            : Html.of(" <small class=\"label\">{}</small>", metric.note()));
  }

  private static String target(Metric metric) {
    if (metric.target() == null || metric.relation() == null) {
      return "";
    }
    return switch (metric.relation()) {
          case AT_MOST -> "≤ ";
          case AT_LEAST -> "≥ ";
        }
        + Text.quantity(metric.target(), metric.unit());
  }

  private static Html checklist(List<Owasp> rows) {
    return Html.of(
        """
        <h3 class="sub">Checklist of usual weaknesses <span>OWASP Top 10, 2021</span></h3>
        <p class="lead">Each with the checks that look for it, and with what none of them looks at.</p>
        <div class="sheet scroll"><table><thead><tr><th scope="col">weakness</th><th scope="col">status</th><th scope="col">looked for</th><th scope="col">by</th></tr></thead><tbody>{}</tbody></table></div>
        """,
        Html.join(rows.stream().map(HtmlRelease::weakness)));
  }

  private static Html weakness(Owasp row) {
    return Html.of(
        "<tr><td class=\"weak\"><span class=\"label\">{}</span> {}</td><td class=\"nw\"><span class=\"{}\"><span class=\"mark {}\">{}</span></span></td><td>{} <small class=\"label\">not covered: {}</small></td><td>{}</td></tr>\n",
        row.id(),
        row.title(),
        tone(row.status()),
        mark(row.status()),
        row.status().text(),
        row.asks(),
        row.notCovered(),
        shownBy(row.checks()));
  }

  private static String tone(Go go) {
    return switch (go) {
      case GO -> "tone-go";
      case NO_GO -> "tone-no";
      case NOT_SHOWN -> "tone-doubt";
    };
  }

  private static String mark(Go go) {
    return switch (go) {
      case GO -> "pass";
      case NO_GO -> "fail";
      case NOT_SHOWN -> "none";
    };
  }

  private static String tone(Standing standing) {
    return switch (standing) {
      case SHOWN -> "tone-go";
      case FAILED -> "tone-no";
      case PARTLY_SHOWN, NOT_RUN -> "tone-doubt";
    };
  }

  private static String mark(Standing standing) {
    return switch (standing) {
      case SHOWN -> "pass";
      case FAILED -> "fail";
      case PARTLY_SHOWN -> "warn";
      case NOT_RUN -> "none";
    };
  }

  private static String tone(Status status) {
    return switch (status) {
      case MET -> "tone-go";
      case NOT_MET -> "tone-no";
      case OBSERVED -> "tone-mute";
      case NOT_RUN, NOT_ATTEMPTED -> "tone-doubt";
    };
  }

  private static String mark(Status status) {
    return switch (status) {
      case MET -> "pass";
      case NOT_MET -> "fail";
      case OBSERVED -> "na";
      case NOT_RUN, NOT_ATTEMPTED -> "none";
    };
  }
}
