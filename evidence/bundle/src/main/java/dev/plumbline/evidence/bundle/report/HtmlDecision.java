package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.bundle.gate.Decision;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The head of the report: the decision, large, and what it is about. */
final class HtmlDecision {
  private HtmlDecision() {}

  static Html render(Reported bundle) {
    RunManifest run = bundle.run();
    TargetIdentity target = run.target();
    return Html.of(
        """
        <header>
        <div class="mast"><span><svg viewBox="0 0 12 18" aria-hidden="true"><path d="M6 0v7" stroke="currentColor" stroke-width="1.4"/><path d="M2 7h8v4l-4 7-4-7z" fill="currentColor"/></svg><b>Plumbline</b> {}</span><span>{}</span></div>
        <div class="decision {}">
        <div class="verdict"><h1>{}</h1><p>{} <span>{}</span></p></div>
        {}{}{}{}
        <dl class="identity">{}</dl>
        </div>
        <nav aria-label="Sections"><ul>{}</ul></nav>
        </header>
        """,
        run.harness(),
        Text.time(run.started()),
        tone(bundle.decided().decision()),
        bundle.decided().decision().word(),
        target.name(),
        target.version(),
        reasons(bundle),
        Html.of(
                "<p class=\"notice\">Incomplete: the run was cut short. This report holds what was recorded until then.</p>")
            .when(!run.complete()),
        Html.of(
                "<p class=\"notice\">Self-signed: the key was made for this run. The signature proves that nothing changed since, not who signed.</p>")
            .when(bundle.selfSigned()),
        tally(bundle),
        Html.join(identity(bundle)),
        sections());
  }

  static String tone(Decision decision) {
    return switch (decision) {
      case Decision.Go _ -> "tone-go";
      case Decision.NoGo _ -> "tone-no";
      case Decision.Inconclusive _ -> "tone-doubt";
      case Decision.HarnessFault _ -> "tone-mute";
    };
  }

  private static Html reasons(Reported bundle) {
    List<String> why = bundle.decided().decision().why();
    if (why.isEmpty()) {
      return Html.of(
          "<ul class=\"reasons\"><li>No gate objects: everything that was evaluated holds.</li></ul>");
    }
    return Html.of(
        "<ul class=\"reasons\">{}</ul>",
        Html.join(why.stream().map(reason -> Html.of("<li>{}</li>", reason))));
  }

  private static Html tally(Reported bundle) {
    return Html.of(
        "<p class=\"tally\"><span><b>{}</b> checks passed</span><span><b>{}</b> failed</span><span><b>{}</b> not observed</span><span><b>{}</b> not applicable</span>{}</p>",
        bundle.count(Verdict.Pass.class),
        bundle.count(Verdict.Fail.class),
        bundle.count(Verdict.NotObserved.class),
        bundle.count(Verdict.NotApplicable.class),
        Html.of(
                "<span><b>{}</b> void by a harness fault</span>",
                bundle.count(Verdict.HarnessFault.class))
            .when(bundle.count(Verdict.HarnessFault.class) > 0));
  }

  private static List<Html> identity(Reported bundle) {
    RunManifest run = bundle.run();
    TargetIdentity target = run.target();
    List<Html> entries = new ArrayList<>();
    entries.add(entry("wide mono", addressName(target.kind()), target.address()));
    entries.add(
        entry(
            "",
            "Speaks",
            target.revisions().isEmpty() ? "unknown" : String.join(", ", target.revisions())));
    entries.add(
        entry(
            "",
            "Over",
            target.transports().stream().map(Transport::id).collect(Collectors.joining(", "))));
    entries.add(entry("", "Profile", run.settings().profile().id()));
    entries.add(entry("mono", "Seed", run.settings().seedText()));
    entries.add(entry("", "Consent", consent(run)));
    entries.add(entry("", "Took", Text.duration(Duration.between(run.started(), run.ended()))));
    entries.add(entry("", "Run", run.runId()));
    entries.add(
        entry(
            "mono",
            bundle.selfSigned() ? "Signed by (self-signed)" : "Signed by key",
            bundle.keyId().substring(0, Math.min(16, bundle.keyId().length()))));
    return entries;
  }

  private static String addressName(TargetIdentity.Kind kind) {
    return switch (kind) {
      case URL -> "Address";
      case COMMAND -> "Command";
      case BUNDLED -> "Bundled server, at";
    };
  }

  private static String consent(RunManifest run) {
    Consent consent = run.settings().consent();
    return consent.id() + (run.settings().loadAllowed() ? ", load" : ", no load");
  }

  private static Html entry(String style, String term, String value) {
    return Html.of(
        "<div class=\"{}\"><dt>{}</dt><dd>{}</dd></div>",
        style.contains("wide") ? "wide" : "",
        term,
        Html.of(style.contains("mono") ? "<code>{}</code>" : "{}", value));
  }

  private static Html sections() {
    return Html.verbatim(
        "<li><a href=\"#why\">Why</a></li><li><a href=\"#unseen\">Not looked at</a></li><li><a href=\"#findings\">Findings</a></li><li><a href=\"#pictures\">Pictures</a></li><li><a href=\"#release\">Release</a></li><li><a href=\"#pages\">Pages</a></li><li><a href=\"#checks\">All checks</a></li><li><a href=\"#evidence\">Evidence</a></li>");
  }
}
