package dev.plumbline.perf.gatling.chart;

import java.util.List;

/**
 * What is drawn in one colour.
 *
 * @param name for the legend
 * @param color of CSS
 * @param points in the order of their x
 */
record Series(String name, String color, List<Point> points) {
  /**
   * One value.
   *
   * @param x where
   * @param y how much
   */
  record Point(double x, double y) {}

  Series {
    points = List.copyOf(points);
  }
}
