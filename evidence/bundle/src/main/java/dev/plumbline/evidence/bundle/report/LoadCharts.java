package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.model.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/** The two pictures of an objective: its percentile curve and its latency over time. */
final class LoadCharts {
  private static final double HEIGHT = 244;
  private static final double TOP = 16;
  private static final double BOTTOM = HEIGHT - 26;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int STEPS_A_NINE = 24;
  private static final double MAX_NINES = 5;
  private static final Map<String, Double> NAMED =
      Map.of("latency p50", 50.0, "latency p95", 95.0, "latency p99", 99.0, "latency p999", 99.9);

  private static final SortedMap<Double, String> PERCENTILES =
      new TreeMap<>(
          Map.of(
              0.0, "min", 50.0, "p50", 90.0, "p90", 99.0, "p99", 99.9, "p99.9", 99.99, "p99.99",
              99.999, "p99.999"));

  private LoadCharts() {}

  /** The percentile curve: each step to the right is one nine more. */
  static Html percentiles(LoadData data, List<Measurement> measurements) {
    double nines =
        Math.min(MAX_NINES, Math.max(1, Math.log10((double) data.latency().getTotalCount())));
    Scale x = Scale.linear(0, nines, Frame.LEFT, Frame.WIDTH - Frame.RIGHT);
    double high = Math.max(data.latency().getMaxValue() / NANOS_PER_MILLI, 0.01);
    double limits =
        measurements.stream()
            .filter(m -> NAMED.containsKey(m.name()) && m.limit() != null)
            .mapToDouble(m -> m.limit() == null ? 0 : m.limit())
            .max()
            .orElse(0);
    Scale y =
        Scale.fitting(
            millis(data.latency(), 50),
            Math.max(millis(data.latency(), 0), 0.01),
            Math.max(high, limits),
            BOTTOM,
            TOP);
    List<Html> parts = new ArrayList<>(Frame.rows(y, Frame::millis));
    parts.add(Frame.line("axis", Frame.LEFT, BOTTOM, Frame.WIDTH - Frame.RIGHT, BOTTOM));
    PERCENTILES.forEach(
        (percentile, name) -> {
          double at = nines(percentile);
          if (at <= nines + 1e-9) {
            parts.add(Frame.line("grid", x.place(at), TOP, x.place(at), BOTTOM));
            String anchor = at == 0 ? "start" : x.place(at) > Frame.WIDTH - 40 ? "end" : "middle";
            parts.add(Frame.text("", x.place(at), BOTTOM + 17, anchor, name));
          }
        });
    parts.add(Frame.curve("line second", points(data.service(), x, y, nines)));
    parts.add(Frame.curve("line", points(data.latency(), x, y, nines)));
    for (Measurement m : measurements) {
      Double percentile = NAMED.get(m.name());
      if (percentile != null && m.limit() != null && nines(percentile) <= nines) {
        double at = x.place(nines(percentile));
        parts.add(Frame.line("limit", at - 22, y.place(m.limit()), at + 8, y.place(m.limit())));
      }
    }
    String description =
        "p50 "
            + Frame.millis(millis(data.latency(), 50))
            + ", p90 "
            + Frame.millis(millis(data.latency(), 90))
            + ", p99 "
            + Frame.millis(millis(data.latency(), 99))
            + ", longest "
            + Frame.millis(high)
            + ", "
            + data.latency().getTotalCount()
            + " requests.";
    return Frame.svg(HEIGHT, "Percentile curve of " + data.slo(), description, parts);
  }

  private static List<double[]> points(Histogram histogram, Scale x, Scale y, double nines) {
    List<double[]> points = new ArrayList<>();
    if (histogram.getTotalCount() == 0) {
      return points;
    }
    for (int step = 0; step <= nines * STEPS_A_NINE; step++) {
      double at = (double) step / STEPS_A_NINE;
      points.add(
          new double[] {x.place(at), y.place(millis(histogram, 100 * (1 - Math.pow(10, -at))))});
    }
    return points;
  }

  /** Median and 99th percentile of each interval. */
  static Html overTime(LoadData data) {
    List<Double> starts = List.copyOf(data.intervals().keySet());
    if (starts.size() < 2) {
      return Html.NONE;
    }
    double width = starts.get(1) - starts.get(0);
    Scale x = Scale.linear(0, starts.getLast() + width, Frame.LEFT, Frame.WIDTH - Frame.RIGHT);
    double high =
        data.intervals().values().stream().mapToDouble(h -> millis(h, 99)).max().orElse(1);
    double low =
        data.intervals().values().stream()
            .mapToDouble(h -> millis(h, 50))
            .filter(v -> v > 0)
            .min()
            .orElse(0.01);
    Scale y = Scale.fitting(millis(data.latency(), 50), low, high, BOTTOM, TOP);
    List<Html> parts = new ArrayList<>(Frame.rows(y, Frame::millis));
    parts.addAll(Frame.columns(x, BOTTOM, tick -> Text.number(tick) + " s"));
    parts.add(Frame.curve("line p99", series(data, x, y, width, h -> millis(h, 99))));
    parts.add(Frame.curve("line", series(data, x, y, width, h -> millis(h, 50))));
    String description =
        "The median stays around "
            + Frame.millis(millis(data.latency(), 50))
            + "; the highest p99 of an interval is "
            + Frame.millis(high)
            + ".";
    return Frame.svg(HEIGHT, "Latency over time of " + data.slo(), description, parts);
  }

  private static List<double[]> series(
      LoadData data, Scale x, Scale y, double width, ToDoubleFunction<Histogram> value) {
    List<double[]> points = new ArrayList<>();
    data.intervals()
        .forEach(
            (start, histogram) -> {
              if (histogram.getTotalCount() > 0) {
                points.add(
                    new double[] {
                      x.place(start + width / 2), y.place(value.applyAsDouble(histogram))
                    });
              }
            });
    return points;
  }

  private static double nines(double percentile) {
    return -Math.log10(1 - percentile / 100);
  }

  private static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
  }
}
