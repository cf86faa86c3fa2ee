package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pictures: what the faults did to latency, and how latency spread under load. */
final class HtmlPictures {
  private final Reported bundle;
  private final List<Timeline> timelines;
  private final List<LoadData> loads;
  private final List<Html> stress;

  private HtmlPictures(
      Reported bundle, List<Timeline> timelines, List<LoadData> loads, List<Html> stress) {
    this.bundle = bundle;
    this.timelines = timelines;
    this.loads = loads;
    this.stress = stress;
  }

  static Html render(Reported bundle) throws IOException {
    return new HtmlPictures(
            bundle,
            Timeline.read(bundle.folder().raw(Suite.CHAOS)),
            LoadData.read(bundle.folder().raw(Suite.PERF)),
            HtmlStress.figures(bundle))
        .section();
  }

  private Html section() {
    List<Html> figures = new ArrayList<>();
    timelines.forEach(timeline -> figures.add(fault(timeline)));
    loads.forEach(load -> figures.add(load(load)));
    figures.addAll(stress);
    return Html.of(
        """
        <section id="pictures" aria-labelledby="pictures-h"><h2 id="pictures-h">Under faults and load</h2>
        {}{}
        </section>
        """,
        figures.isEmpty()
            ? Html.of(
                "<p class=\"lead\">No fault was injected and no load applied in this run.</p>")
            : Html.NONE,
        Html.join(figures));
  }

  private Html fault(Timeline timeline) {
    Optional<CheckResult> check = check(timeline.mode());
    String title = check.map(CheckResult::title).orElse("");
    return Html.of(
        """
        <figure class="sheet">
        <figcaption><h3>{} <span>{}</span></h3>{}</figcaption>
        <p class="legend"><span><i style="background:var(--accent);border-radius:50%"></i>answered</span><span><i style="border:1px solid var(--faint);border-radius:50%"></i>answered, past the fault</span><span><b class="tone-no" style="color:var(--tone)">✗</b> no result</span><span><i style="background:#c2571a;opacity:.35"></i>fault in force</span><span>latency on a log scale, time since the experiment began</span></p>
        {}{}{}
        </figure>
        """,
        timeline.mode(),
        title,
        verdict(check),
        TimelineChart.render(timeline, "Latency over time during " + timeline.mode()),
        Html.of("<p class=\"lead\">The record was cut short.</p>").when(!timeline.whole()),
        Measures.list(check.map(CheckResult::measurements).orElse(List.of())));
  }

  private Html load(LoadData load) {
    Optional<CheckResult> check = check(load.slo());
    List<Measurement> measurements = check.map(CheckResult::measurements).orElse(List.of());
    Html overTime = LoadCharts.overTime(load);
    return Html.of(
        """
        <figure class="sheet">
        <figcaption><h3>{} <span>{}</span></h3>{}</figcaption>
        <p class="lead">{} at {} requests a second, arriving whether or not earlier ones were answered.</p>
        <p class="legend"><span><i style="background:var(--accent);height:.2rem;vertical-align:.2rem"></i>latency from the intended start</span><span><i style="background:var(--faint);height:.2rem;vertical-align:.2rem"></i>service time, uncorrected</span><span><i style="background:var(--no);height:.2rem;vertical-align:.2rem"></i>limit</span></p>
        {}{}{}{}
        </figure>
        """,
        load.slo(),
        check.map(CheckResult::title).orElse(load.folder()),
        verdict(check),
        load.request(),
        Text.number(load.perSecond()),
        LoadCharts.percentiles(load, measurements),
        Html.of(
                "<p class=\"legend\"><span><i style=\"background:var(--accent);height:.2rem;vertical-align:.2rem\"></i>median of each interval</span><span><i style=\"background:var(--doubt);height:.2rem;vertical-align:.2rem\"></i>p99 of each interval</span></p>")
            .when(overTime != Html.NONE),
        overTime,
        Measures.list(measurements));
  }

  private Optional<CheckResult> check(String id) {
    return bundle.checks().stream().filter(check -> check.id().equals(id)).findFirst();
  }

  private static Html verdict(Optional<CheckResult> check) {
    return check.map(found -> VerdictMark.of(found.verdict())).orElse(Html.NONE);
  }
}
