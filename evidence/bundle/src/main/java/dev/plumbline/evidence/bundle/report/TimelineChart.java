package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.bundle.report.Timeline.Fault;
import dev.plumbline.evidence.bundle.report.Timeline.Sample;
import java.util.ArrayList;
import java.util.List;

/**
 * Latency over time of one experiment: a mark a request, the fault window shaded, the moment the
 * fault was first felt and the moment a request succeeded again.
 */
final class TimelineChart {
  private static final double HEIGHT = 264;
  private static final double TOP = 46;
  private static final double BOTTOM = HEIGHT - 24;

  /** More marks than this make a picture slow and say nothing more; failures are never left out. */
  private static final int MAX_MARKS = 900;

  private final Timeline timeline;
  private final Scale x;
  private final Scale y;

  private TimelineChart(Timeline timeline) {
    this.timeline = timeline;
    double end = timeline.samples().stream().mapToDouble(Sample::done).max().orElse(1);
    double last = timeline.faults().stream().mapToDouble(Fault::end).max().orElse(0);
    this.x = Scale.linear(0, Math.max(end, last) * 1.01, Frame.LEFT, Frame.WIDTH - Frame.RIGHT);
    double low =
        timeline.samples().stream()
            .mapToDouble(Sample::latency)
            .filter(l -> l > 0)
            .min()
            .orElse(0.1);
    double high = timeline.samples().stream().mapToDouble(Sample::latency).max().orElse(1);
    this.y = Scale.decades(low, high, BOTTOM, TOP);
  }

  static Html render(Timeline timeline, String title) {
    TimelineChart chart = new TimelineChart(timeline);
    List<Html> parts = new ArrayList<>();
    for (int i = 0; i < timeline.faults().size(); i++) {
      parts.add(chart.window(timeline.faults().get(i), i));
    }
    parts.addAll(Frame.rows(chart.y, Frame::millis));
    parts.addAll(Frame.columns(chart.x, BOTTOM, tick -> Text.number(tick / 1000) + " s"));
    parts.add(chart.marks());
    for (int i = 0; i < timeline.faults().size(); i++) {
      parts.addAll(chart.moments(timeline.faults().get(i), i));
    }
    return Frame.svg(HEIGHT, title, chart.description(), parts);
  }

  private Html window(Fault fault, int index) {
    double from = x.place(fault.start());
    double width = Math.max(2, x.place(fault.end()) - from);
    // Labels of neighbouring windows take turns so that they do not run into each other.
    double row = index % 2 == 0 ? 13 : 28;
    boolean atRightEdge = from > Frame.WIDTH * 0.72;
    return Html.of(
        "<path d=\"M{} {}h{}V{}h-{}z\" fill=\"{}\" fill-opacity=\".16\"/>{}",
        Scale.coordinate(from),
        Scale.coordinate(TOP - 10),
        Scale.coordinate(width),
        Scale.coordinate(BOTTOM),
        Scale.coordinate(width),
        fault.colour(),
        Frame.text(
            "strong",
            atRightEdge ? from + width : from,
            row,
            atRightEdge ? "end" : "start",
            Text.shorten(fault.label(), 48)));
  }

  private Html marks() {
    List<Sample> samples = timeline.samples();
    long answered = samples.stream().filter(Sample::ok).count();
    long every = Math.max(1, answered / MAX_MARKS);
    StringBuilder good = new StringBuilder();
    StringBuilder direct = new StringBuilder();
    StringBuilder bad = new StringBuilder();
    long seen = 0;
    for (Sample sample : samples) {
      if (!sample.ok()) {
        bad.append(cross(x.place(sample.at()), y.place(sample.latency())));
      } else if (seen++ % every == 0) {
        (sample.direct() ? direct : good)
            .append(dot(x.place(sample.at()), y.place(sample.latency())));
      }
    }
    return Html.of(
        "<path class=\"dot direct\" d=\"{}\"/><path class=\"dot\" d=\"{}\"/><path class=\"miss\" d=\"{}\"/>",
        direct,
        good,
        bad);
  }

  private static String dot(double cx, double cy) {
    return "M"
        + Scale.coordinate(cx - 2.2)
        + " "
        + Scale.coordinate(cy)
        + "a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0";
  }

  private static String cross(double cx, double cy) {
    return "M"
        + Scale.coordinate(cx - 3.2)
        + " "
        + Scale.coordinate(cy - 3.2)
        + "l6.4 6.4m0-6.4l-6.4 6.4";
  }

  private List<Html> moments(Fault fault, int index) {
    List<Html> moments = new ArrayList<>();
    // Below the tallest marks and above the bulk of them; neighbours take turns.
    double row = (TOP + BOTTOM) / 2 + (index % 2) * 34;
    Moments seen = Moments.of(timeline, fault);
    seen.felt()
        .ifPresent(
            at ->
                moments.add(
                    moment(at, seen.word() + " +" + Frame.millis(at - fault.start()), row)));
    seen.over()
        .ifPresent(
            at ->
                moments.add(
                    moment(at, seen.overWord() + " +" + Frame.millis(at - fault.end()), row + 15)));
    return moments;
  }

  private Html moment(double at, String label, double row) {
    double place = x.place(at);
    boolean left = place > Frame.WIDTH * 0.75;
    return Html.of(
        "{}{}",
        Frame.line("mark-line", place, TOP - 10, place, BOTTOM),
        Frame.text("strong", left ? place - 4 : place + 4, row, left ? "end" : "start", label));
  }

  private String description() {
    long failed = timeline.samples().stream().filter(s -> !s.ok()).count();
    StringBuilder text = new StringBuilder();
    text.append(timeline.samples().size())
        .append(" requests, ")
        .append(failed)
        .append(" without a result. ");
    for (Fault fault : timeline.faults()) {
      text.append("Fault ")
          .append(fault.label())
          .append(" from ")
          .append(Text.number(fault.start() / 1000))
          .append(" s to ")
          .append(Text.number(fault.end() / 1000))
          .append(" s");
      Moments seen = Moments.of(timeline, fault);
      seen.felt()
          .ifPresent(
              at ->
                  text.append(", ")
                      .append(seen.word())
                      .append(" after ")
                      .append(Frame.millis(at - fault.start())));
      seen.over()
          .ifPresent(
              at ->
                  text.append(", ")
                      .append(seen.overWord())
                      .append(" ")
                      .append(Frame.millis(at - fault.end()))
                      .append(" after healing"));
      text.append(". ");
    }
    return text.toString().strip();
  }
}
