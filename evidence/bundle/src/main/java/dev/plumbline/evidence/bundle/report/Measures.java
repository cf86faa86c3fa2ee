package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.model.Measurement;
import java.util.List;

/** Numbers with their limits, as a compact list. */
final class Measures {
  private Measures() {}

  static Html list(List<Measurement> measurements) {
    if (measurements.isEmpty()) {
      return Html.NONE;
    }
    return Html.of(
        "<ul class=\"measures\">{}</ul>", Html.join(measurements.stream().map(Measures::item)));
  }

  private static Html item(Measurement m) {
    String limit = Text.limit(m);
    return Html.of(
        "<li><span>{}</span><span class=\"{}\">{}{} <small>{}</small></span></li>",
        m.name(),
        m.holds() ? "" : "over",
        m.holds() ? "" : "✗ ",
        Text.quantity(m.value(), m.unit()),
        limit);
  }
}
