package dev.plumbline.evidence.bundle.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/** The frame every picture shares: room for labels, a light grid, a name for screen readers. */
final class Frame {
  static final double WIDTH = 760;
  static final double LEFT = 58;
  static final double RIGHT = 12;
  private static final int X_TICKS = 8;
  private static final int Y_TICKS = 5;

  private Frame() {}

  /** A drawing with its title and a sentence for those who cannot see it. */
  static Html svg(double height, String title, String description, List<Html> parts) {
    return Html.of(
        "<div class=\"chart\" tabindex=\"0\"><svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}. {}\">{}</svg></div>\n",
        Scale.coordinate(WIDTH),
        Scale.coordinate(height),
        title,
        description,
        Html.join(parts));
  }

  /** Horizontal grid lines with their numbers. */
  static List<Html> rows(Scale y, DoubleFunction<String> label) {
    List<Html> rows = new ArrayList<>();
    for (double tick : y.ticks(Y_TICKS)) {
      rows.add(line("grid", LEFT, y.place(tick), WIDTH - RIGHT, y.place(tick)));
      rows.add(text("", LEFT - 7, y.place(tick) + 4, "end", label.apply(tick)));
    }
    return rows;
  }

  /** The numbers below the picture. */
  static List<Html> columns(Scale x, double bottom, DoubleFunction<String> label) {
    List<Html> columns = new ArrayList<>();
    columns.add(line("axis", LEFT, bottom, WIDTH - RIGHT, bottom));
    for (double tick : x.ticks(X_TICKS)) {
      columns.add(line("axis", x.place(tick), bottom, x.place(tick), bottom + 4));
      String anchor = x.place(tick) > WIDTH - RIGHT - 12 ? "end" : "middle";
      columns.add(text("", x.place(tick), bottom + 17, anchor, label.apply(tick)));
    }
    return columns;
  }

  static Html line(String style, double x1, double y1, double x2, double y2) {
    return Html.of(
        "<path class=\"{}\" d=\"M{} {}L{} {}\"/>",
        style,
        Scale.coordinate(x1),
        Scale.coordinate(y1),
        Scale.coordinate(x2),
        Scale.coordinate(y2));
  }

  static Html text(String style, double x, double y, String anchor, String text) {
    return Html.of(
        "<text class=\"{}\" x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>",
        style,
        Scale.coordinate(x),
        Scale.coordinate(y),
        anchor,
        text);
  }

  /** A connected line through points. */
  static Html curve(String style, List<double[]> points) {
    StringBuilder path = new StringBuilder();
    for (double[] point : points) {
      path.append(path.isEmpty() ? 'M' : 'L')
          .append(Scale.coordinate(point[0]))
          .append(' ')
          .append(Scale.coordinate(point[1]));
    }
    return points.isEmpty() ? Html.NONE : Html.of("<path class=\"{}\" d=\"{}\"/>", style, path);
  }

  static String millis(double value) {
    return value >= 1000 ? Text.number(value / 1000) + " s" : Text.number(value) + " ms";
  }
}
