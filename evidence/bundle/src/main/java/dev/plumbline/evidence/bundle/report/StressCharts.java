package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.bundle.release.HeapLog;
import dev.plumbline.evidence.bundle.release.HeapLog.Collection;
import dev.plumbline.evidence.bundle.release.LoadSeries;
import dev.plumbline.evidence.bundle.release.RegistryScale;
import dev.plumbline.evidence.bundle.release.RegistryScale.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Pictures of an overload and of growth: what was served, what memory did, how lookups scale. */
final class StressCharts {
  private static final double HEIGHT = 214;
  private static final double TOP = 16;
  private static final double BOTTOM = HEIGHT - 26;
  private static final double ROOM_ABOVE = 1.08;

  /** A curve needs two ends. */
  static final int FEWEST = 2;

  private StressCharts() {}

  /** Answered and refused, second by second, beside the capacity. */
  static Html throughput(LoadSeries load, String what) {
    List<LoadSeries.Second> seconds = load.seconds();
    double high =
        Math.max(
            load.capacity(),
            seconds.stream()
                .mapToDouble(second -> Math.max(second.answered(), second.refused()))
                .max()
                .orElse(1));
    Scale x = Scale.linear(0, seconds.size(), Frame.LEFT, Frame.WIDTH - Frame.RIGHT);
    Scale y = Scale.linear(0, high * ROOM_ABOVE, BOTTOM, TOP);
    List<Html> parts = new ArrayList<>(Frame.rows(y, Text::number));
    parts.addAll(Frame.columns(x, BOTTOM, tick -> Text.number(tick) + " s"));
    parts.add(
        Frame.line(
            "limit",
            Frame.LEFT,
            y.place(load.capacity()),
            Frame.WIDTH - Frame.RIGHT,
            y.place(load.capacity())));
    parts.add(Frame.curve("line second", perSecond(seconds, x, y, LoadSeries.Second::refused)));
    parts.add(Frame.curve("line", perSecond(seconds, x, y, LoadSeries.Second::answered)));
    long answered = seconds.stream().mapToLong(LoadSeries.Second::answered).sum();
    long refused = seconds.stream().mapToLong(LoadSeries.Second::refused).sum();
    return Frame.svg(
        HEIGHT,
        "Throughput of " + what + " under overload",
        Text.number(load.offered())
            + " a second were offered, the capacity is "
            + Text.number(load.capacity())
            + "; "
            + Text.whole(answered)
            + " were answered and "
            + Text.whole(refused)
            + " refused.",
        parts);
  }

  private static List<double[]> perSecond(
      List<LoadSeries.Second> seconds,
      Scale x,
      Scale y,
      ToDoubleFunction<LoadSeries.Second> value) {
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < seconds.size(); i++) {
      points.add(new double[] {x.place(i + 0.5), y.place(value.applyAsDouble(seconds.get(i)))});
    }
    return points;
  }

  /** What the heap held before and after each collection. */
  static Html memory(HeapLog heap, String what) {
    List<Collection> all = heap.collections();
    double high = all.stream().mapToDouble(Collection::beforeMib).max().orElse(1);
    Scale x = Scale.linear(0, all.getLast().seconds(), Frame.LEFT, Frame.WIDTH - Frame.RIGHT);
    Scale y = Scale.linear(0, high * ROOM_ABOVE, BOTTOM, TOP);
    List<Html> parts = new ArrayList<>(Frame.rows(y, tick -> Text.number(tick) + " MiB"));
    parts.addAll(Frame.columns(x, BOTTOM, tick -> Text.number(tick) + " s"));
    List<double[]> held = new ArrayList<>();
    List<double[]> left = new ArrayList<>();
    for (Collection one : all) {
      held.add(new double[] {x.place(one.seconds()), y.place((double) one.beforeMib())});
      held.add(new double[] {x.place(one.seconds()), y.place((double) one.afterMib())});
      left.add(new double[] {x.place(one.seconds()), y.place((double) one.afterMib())});
    }
    parts.add(Frame.curve("line second", held));
    parts.add(Frame.curve("line", left));
    double longest = all.stream().mapToDouble(Collection::millis).max().orElse(0);
    return Frame.svg(
        HEIGHT,
        "Heap of the server with " + what,
        all.size()
            + " collections; the first left "
            + all.getFirst().afterMib()
            + " MiB, the last "
            + all.getLast().afterMib()
            + " MiB; the longest pause took "
            + Frame.millis(longest)
            + ".",
        parts);
  }

  /** The time of lookups by number of entries, both in decades. */
  static Html lookups(RegistryScale scale) {
    List<Size> sizes = scale.sizes();
    Scale x =
        Scale.decades(
            (double) sizes.getFirst().entries(),
            (double) sizes.getLast().entries(),
            Frame.LEFT,
            Frame.WIDTH - Frame.RIGHT);
    double low = sizes.stream().mapToDouble(Size::p50Micros).min().orElse(0.01);
    double high = sizes.stream().mapToDouble(Size::p999Micros).max().orElse(1);
    Scale y = Scale.decades(low, high, BOTTOM, TOP);
    List<Html> parts = new ArrayList<>(Frame.rows(y, tick -> Text.number(tick) + " µs"));
    parts.addAll(Frame.columns(x, BOTTOM, Text::number));
    parts.add(Frame.curve("line second", bySize(sizes, x, y, Size::p50Micros)));
    parts.add(Frame.curve("line p99", bySize(sizes, x, y, Size::p999Micros)));
    parts.add(Frame.curve("line", bySize(sizes, x, y, Size::p99Micros)));
    Size largest = sizes.getLast();
    return Frame.svg(
        HEIGHT,
        "Lookups in the registry by its size",
        "With "
            + Text.whole(largest.entries())
            + " entries 99 % take at most "
            + Text.number(largest.p99Micros())
            + " µs, at "
            + Text.number(largest.operationsPerSecond())
            + " operations a second and "
            + Text.number(largest.bytesAnEntry())
            + " bytes an entry.",
        parts);
  }

  private static List<double[]> bySize(
      List<Size> sizes, Scale x, Scale y, ToDoubleFunction<Size> value) {
    return sizes.stream()
        .map(
            size ->
                new double[] {x.place((double) size.entries()), y.place(value.applyAsDouble(size))})
        .toList();
  }
}
