package dev.plumbline.perf.gatling.chart;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A diagram with two axes as SVG.
 *
 * @param width how wide it is drawn, beside a height of 280
 * @param title what it shows
 * @param xLabel what the horizontal axis means, with its unit
 * @param yLabel what the vertical axis means, with its unit
 * @param shape how values are drawn
 * @param series what is drawn; an empty list, or only series without points, is a picture too
 */
record Picture(
    int width, String title, String xLabel, String yLabel, Shape shape, List<Series> series) {
  /** How values are drawn. */
  enum Shape {
    /** Joined by lines. */
    LINE,
    /** From the axis up, beside each other. */
    BARS,
    /** One dot for each. */
    DOTS
  }

  /** As wide as the page. */
  static final int WIDE = 960;

  /** As wide as half of it. */
  static final int NARROW = 480;

  private static final int HEIGHT = 280;
  private static final int LEFT = 70;
  private static final int RIGHT = 20;
  private static final int TOP = 46;
  private static final int BOTTOM = 46;
  private static final int TICKS = 5;
  private static final int LEGEND = 110;
  private static final double HALF = 0.5;
  private static final double TEN = 10;

  /** The steps between ticks are these, times a power of ten. */
  private static final double[] STEPS = {1, 2, 5, 10};

  Picture {
    series = List.copyOf(series);
  }

  /** The picture as one element of a page. */
  String svg() {
    double lowest = edge(Series.Point::x, false);
    double highest = Math.max(edge(Series.Point::x, true), lowest + 1);
    if (shape == Shape.BARS) {
      // Bars stand to the right of their place.
      highest += (highest - lowest) / Math.max(1, slots() - 1);
    }
    double step = step(Math.max(edge(Series.Point::y, true), Double.MIN_NORMAL) / TICKS);
    double top = step * Math.max(1, Math.ceil(edge(Series.Point::y, true) / step));
    StringBuilder svg = new StringBuilder();
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"100%\" ")
        .append("viewBox=\"0 0 ")
        .append(width)
        .append(' ')
        .append(HEIGHT)
        .append("\" font-family=\"sans-serif\" font-size=\"12\"><title>")
        .append(escaped(title))
        .append("</title>")
        .append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
    text(svg, LEFT, 18, "start", "#222222", title);
    for (double y = 0; y <= top + step * HALF; y += step) {
      double at = vertical(y, top);
      line(svg, LEFT, at, width - RIGHT, at, "#dddddd");
      text(svg, LEFT - 6, at + 4, "end", "#555555", number(y));
    }
    double across = step((highest - lowest) / TICKS);
    for (double x = Math.ceil(lowest / across) * across; x <= highest; x += across) {
      double at = horizontal(x, lowest, highest);
      line(svg, at, HEIGHT - BOTTOM, at, HEIGHT - BOTTOM + 4, "#555555");
      text(svg, at, HEIGHT - BOTTOM + 18, "middle", "#555555", number(x));
    }
    text(svg, width - RIGHT, HEIGHT - 8, "end", "#555555", xLabel);
    text(svg, LEFT, TOP - 8, "start", "#555555", yLabel);
    for (int i = 0; i < series.size(); i++) {
      Series one = series.get(i);
      text(
          svg,
          width - RIGHT - LEGEND * (double) (series.size() - i - 1) - 8,
          18,
          "end",
          one.color(),
          "■ " + one.name());
      draw(svg, one, i, new Frame(lowest, highest, top));
    }
    return svg.append("</svg>").toString();
  }

  private record Frame(double lowest, double highest, double top) {}

  private void draw(StringBuilder svg, Series one, int index, Frame frame) {
    if (one.points().isEmpty()) {
      return;
    }
    switch (shape) {
      case LINE -> {
        svg.append("<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"")
            .append(one.color())
            .append("\" points=\"");
        for (Series.Point point : one.points()) {
          svg.append(decimal(horizontal(point.x(), frame.lowest(), frame.highest())))
              .append(',')
              .append(decimal(vertical(point.y(), frame.top())))
              .append(' ');
        }
        svg.append("\"/>");
      }
      case BARS -> {
        double wide =
            Math.max(1, (width - LEFT - RIGHT) / (double) slots() / (series.size() + 1.0));
        for (Series.Point point : one.points()) {
          double left = horizontal(point.x(), frame.lowest(), frame.highest()) + index * wide;
          double up = vertical(point.y(), frame.top());
          rectangle(svg, left, up, wide, HEIGHT - BOTTOM - up, one.color());
        }
      }
      case DOTS ->
          one.points()
              .forEach(
                  point ->
                      svg.append("<circle r=\"2.5\" fill-opacity=\"0.6\" fill=\"")
                          .append(one.color())
                          .append("\" cx=\"")
                          .append(decimal(horizontal(point.x(), frame.lowest(), frame.highest())))
                          .append("\" cy=\"")
                          .append(decimal(vertical(point.y(), frame.top())))
                          .append("\"/>"));
    }
  }

  /** How many places bars share. */
  private long slots() {
    return Math.max(
        1,
        series.stream()
            .flatMap(one -> one.points().stream())
            .mapToDouble(Series.Point::x)
            .distinct()
            .count());
  }

  private double edge(ToDoubleFunction<Series.Point> axis, boolean highest) {
    var all = series.stream().flatMap(one -> one.points().stream()).mapToDouble(axis);
    return (highest ? all.max() : all.min()).orElse(0);
  }

  /** A round number that is no smaller. */
  private static double step(double wanted) {
    double power = Math.pow(TEN, Math.floor(Math.log10(wanted)));
    for (double step : STEPS) {
      if (step * power >= wanted) {
        return step * power;
      }
    }
    return TEN * power;
  }

  private double horizontal(double x, double lowest, double highest) {
    return LEFT + (x - lowest) / (highest - lowest) * (width - LEFT - RIGHT);
  }

  private static double vertical(double y, double top) {
    return HEIGHT - BOTTOM - y / top * (HEIGHT - BOTTOM - TOP);
  }

  private static void line(
      StringBuilder svg, double x1, double y1, double x2, double y2, String color) {
    svg.append("<path stroke=\"")
        .append(color)
        .append("\" d=\"M")
        .append(decimal(x1))
        .append(' ')
        .append(decimal(y1))
        .append('L')
        .append(decimal(x2))
        .append(' ')
        .append(decimal(y2))
        .append("\"/>");
  }

  private static void rectangle(
      StringBuilder svg, double x, double y, double wide, double high, String color) {
    svg.append("<rect fill=\"")
        .append(color)
        .append("\" x=\"")
        .append(decimal(x))
        .append("\" y=\"")
        .append(decimal(y))
        .append("\" width=\"")
        .append(decimal(wide))
        .append("\" height=\"")
        .append(decimal(high))
        .append("\"/>");
  }

  private static void text(
      StringBuilder svg, double x, double y, String anchor, String color, String words) {
    svg.append("<text x=\"")
        .append(decimal(x))
        .append("\" y=\"")
        .append(decimal(y))
        .append("\" text-anchor=\"")
        .append(anchor)
        .append("\" fill=\"")
        .append(color)
        .append("\">")
        .append(escaped(words))
        .append("</text>");
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  private static String number(double number) {
    return number == Math.rint(number)
        ? Long.toString((long) number)
        : String.format(Locale.ROOT, "%.3g", number);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
