package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.bundle.release.HeapLog;
import dev.plumbline.evidence.bundle.release.LoadSeries;
import dev.plumbline.evidence.bundle.release.Overload;
import dev.plumbline.evidence.bundle.release.RegistryScale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The pictures of the reliability suite: throughput and memory under overload, and scale. */
final class HtmlStress {
  private HtmlStress() {}

  /** A figure for each experiment that left raw data. */
  static List<Html> figures(Reported bundle) throws IOException {
    Path raw = bundle.folder().raw();
    List<Html> figures = new ArrayList<>();
    for (Overload overload : Overload.ALL) {
      Path folder = raw.resolve(overload.folder());
      LoadSeries load = LoadSeries.read(folder);
      if (load.seconds().size() >= StressCharts.FEWEST) {
        figures.add(
            figure(
                "Overload of " + overload.what(),
                "throughput",
                verdict(bundle, overload.goodput()),
                "Answers of each second while "
                    + Text.number(load.offered())
                    + " requests a second arrive.",
                legend("answered", "refused", "capacity, measured before"),
                StressCharts.throughput(load, overload.what())));
      }
      HeapLog heap = HeapLog.read(folder);
      if (heap.collections().size() >= StressCharts.FEWEST) {
        figures.add(
            figure(
                "Overload of " + overload.what(),
                "memory",
                verdict(bundle, overload.heap()),
                "The server's heap from its start to its end, at each collection.",
                legend("left after a collection", "held in between", ""),
                StressCharts.memory(heap, overload.what())));
      }
    }
    RegistryScale scale = RegistryScale.read(raw);
    if (scale.sizes().size() >= StressCharts.FEWEST) {
      figures.add(
          figure(
              "Registry",
              "scale",
              verdict(bundle, RegistryScale.CHECK),
              "The time of a lookup while entries are added and removed, by number of entries; both in decades.",
              Html.of(
                  "{}{}{}",
                  swatch("var(--accent)", "p99"),
                  swatch("var(--faint)", "p50"),
                  swatch("var(--doubt)", "p99.9")),
              StressCharts.lookups(scale)));
    }
    return figures;
  }

  private static Html figure(
      String title, String of, Html verdict, String lead, Html legend, Html chart) {
    return Html.of(
        """
        <figure class="sheet">
        <figcaption><h3>{} <span>{}</span></h3>{}</figcaption>
        <p class="lead">{}</p>
        <p class="legend">{}</p>
        {}</figure>
        """,
        title,
        of,
        verdict,
        lead,
        legend,
        chart);
  }

  /** What is said of the demand that the picture is about; a void measurement is shown as such. */
  private static Html verdict(Reported bundle, String id) {
    return bundle.checks().stream()
        .filter(check -> check.id().equals(id))
        .findFirst()
        .map(check -> VerdictMark.of(check.verdict()))
        .orElse(Html.NONE);
  }

  private static Html legend(String line, String second, String limit) {
    return Html.of(
        "{}{}{}",
        swatch("var(--accent)", line),
        swatch("var(--faint)", second),
        swatch("var(--no)", limit).when(!limit.isEmpty()));
  }

  private static Html swatch(String colour, String text) {
    return Html.of(
        "<span><i style=\"background:{};height:.2rem;vertical-align:.2rem\"></i>{}</span>",
        Html.verbatim(colour),
        text);
  }
}
