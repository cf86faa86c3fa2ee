package dev.plumbline.perf.gatling.chart;

import dev.plumbline.perf.gatling.chart.Picture.Shape;
import dev.plumbline.perf.gatling.chart.Series.Point;
import io.gatling.charts.component.Component;
import io.gatling.charts.component.ComponentLibrary;
import io.gatling.charts.report.GroupContainer;
import io.gatling.charts.stats.CountsVsTimePlot;
import io.gatling.charts.stats.IntVsTimePlot;
import io.gatling.charts.stats.PercentVsTimePlot;
import io.gatling.charts.stats.Percentiles;
import io.gatling.charts.stats.PercentilesVsTimePlot;
import io.gatling.charts.stats.Ranges;
import io.gatling.charts.stats.UserSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Draws what Gatling's report asks for. Times are seconds since the run began. */
public final class Charts implements ComponentLibrary {
  private static final double MILLIS = 1_000;
  private static final String TIME = "seconds since the start";
  private static final String RESPONSE = "response time, ms";
  private static final String ALL = "#1f6feb";
  private static final String RIGHT = "#2da44e";
  private static final String WRONG = "#cf222e";

  /** Colours of further series, again from the first when there are more. */
  private static final List<String> COLORS =
      List.of("#8250df", "#bf8700", "#1b7c83", "#bc4c00", "#57606a");

  /** Made by Gatling, which finds it as a service. */
  public Charts() {}

  @Override
  public Component getUserStartRateComponent(
      String name, long runStart, UserSeries all, Seq<UserSeries> scenarios) {
    return drawn("Users that start", TIME, "users a second", users(all, scenarios));
  }

  @Override
  public Component getMaxConcurrentUsersComponent(
      String name, long runStart, UserSeries all, Seq<UserSeries> scenarios) {
    return drawn("Users at once", TIME, "users", users(all, scenarios));
  }

  @Override
  public Component getRangesComponent(
      String name, String events, String unit, Ranges ranges, boolean large) {
    List<Series> series =
        List.of(
            bar("below " + ranges.lowerBound() + " ms", RIGHT, 0, ranges.lowCount()),
            bar("below " + ranges.higherBound() + " ms", COLORS.get(1), 1, ranges.middleCount()),
            bar("slower", COLORS.get(3), 2, ranges.highCount()),
            bar("failed", WRONG, 3, ranges.koCount()));
    return new Drawn(
        new Picture(Picture.NARROW, "How many took how long", "", "count", Shape.BARS, series)
            .svg());
  }

  private static Series bar(String name, String color, int at, int count) {
    return new Series(name + ": " + count, color, List.of(new Point(at, count)));
  }

  /** Shares of requests are in the table beside it already. */
  @Override
  public Component getRequestCountPolarComponent(GroupContainer root) {
    return new Drawn("");
  }

  @Override
  public Component getDistributionComponent(
      String name,
      String title,
      String unit,
      Seq<PercentVsTimePlot> ok,
      Seq<PercentVsTimePlot> ko) {
    return new Drawn(
        new Picture(
                Picture.WIDE,
                "How the response times are spread",
                RESPONSE,
                "percent",
                Shape.BARS,
                List.of(
                    series("right", RIGHT, ok, PercentVsTimePlot::time, PercentVsTimePlot::value),
                    series("failed", WRONG, ko, PercentVsTimePlot::time, PercentVsTimePlot::value)))
            .svg());
  }

  @Override
  public Component getPercentilesOverTimeComponent(
      String name, String title, String unit, long runStart, Seq<PercentilesVsTimePlot> plots) {
    List<PercentilesVsTimePlot> known =
        list(plots).stream().filter(plot -> plot.percentiles().isDefined()).toList();
    return drawn(
        "Response times",
        TIME,
        RESPONSE,
        List.of(
            percentile("max", WRONG, known, Percentiles::percentile100),
            percentile("p99", COLORS.get(3), known, Percentiles::percentile99),
            percentile("p95", COLORS.get(1), known, Percentiles::percentile95),
            percentile("p50", RIGHT, known, Percentiles::percentile50)));
  }

  private static Series percentile(
      String name,
      String color,
      List<PercentilesVsTimePlot> plots,
      ToDoubleFunction<Percentiles> which) {
    return new Series(
        name,
        color,
        plots.stream()
            .map(
                plot ->
                    new Point(plot.time() / MILLIS, which.applyAsDouble(plot.percentiles().get())))
            .toList());
  }

  @Override
  public Component getRequestsComponent(String name, long runStart, Seq<CountsVsTimePlot> plots) {
    return drawn("Requests", TIME, "a second", counts(plots));
  }

  @Override
  public Component getResponsesComponent(String name, long runStart, Seq<CountsVsTimePlot> plots) {
    return drawn("Responses", TIME, "a second", counts(plots));
  }

  @Override
  public Component getResponseTimeScatterComponent(
      String name, Seq<IntVsTimePlot> ok, Seq<IntVsTimePlot> ko) {
    return new Drawn(
        new Picture(
                Picture.WIDE,
                "Response times by load",
                "requests a second",
                RESPONSE,
                Shape.DOTS,
                List.of(
                    series("right", RIGHT, ok, IntVsTimePlot::time, IntVsTimePlot::value),
                    series("failed", WRONG, ko, IntVsTimePlot::time, IntVsTimePlot::value)))
            .svg());
  }

  private static Component drawn(String title, String x, String y, List<Series> series) {
    return new Drawn(new Picture(Picture.WIDE, title, x, y, Shape.LINE, series).svg());
  }

  private static List<Series> users(UserSeries all, Seq<UserSeries> scenarios) {
    List<Series> series = new ArrayList<>();
    series.add(users(all, ALL));
    for (UserSeries scenario : list(scenarios)) {
      series.add(users(scenario, COLORS.get((series.size() - 1) % COLORS.size())));
    }
    return series;
  }

  private static Series users(UserSeries one, String color) {
    return series(
        one.name(), color, one.data(), plot -> plot.time() / MILLIS, IntVsTimePlot::value);
  }

  private static List<Series> counts(Seq<CountsVsTimePlot> plots) {
    return List.of(
        series("all", ALL, plots, Charts::seconds, plot -> (double) plot.oks() + plot.kos()),
        series("right", RIGHT, plots, Charts::seconds, CountsVsTimePlot::oks),
        series("failed", WRONG, plots, Charts::seconds, CountsVsTimePlot::kos));
  }

  private static double seconds(CountsVsTimePlot plot) {
    return plot.time() / MILLIS;
  }

  private static <T> Series series(
      String name, String color, Seq<T> plots, ToDoubleFunction<T> x, ToDoubleFunction<T> y) {
    return new Series(
        name,
        color,
        list(plots).stream()
            .map(plot -> new Point(x.applyAsDouble(plot), y.applyAsDouble(plot)))
            .toList());
  }

  private static <T> List<T> list(Seq<T> plots) {
    return CollectionConverters.asJava(plots);
  }
}
