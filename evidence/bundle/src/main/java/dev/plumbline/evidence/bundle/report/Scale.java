package dev.plumbline.evidence.bundle.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Maps numbers to places on an axis.
 *
 * @param low the number at {@code from}
 * @param high the number at {@code to}
 * @param from the place of the lowest number
 * @param to the place of the highest number
 * @param logarithmic whether equal factors, rather than equal steps, take equal room
 */
record Scale(double low, double high, double from, double to, boolean logarithmic) {
  /** Beyond this ratio of largest to typical value a straight axis would hide everything small. */
  private static final double LOG_RATIO = 30;

  static Scale linear(double low, double high, double from, double to) {
    return new Scale(low, high > low ? high : low + 1, from, to, false);
  }

  /** Whole decades around the numbers. */
  static Scale decades(double low, double high, double from, double to) {
    double bottom = Math.pow(10, Math.floor(Math.log10(Math.max(low, 0.01))));
    double top = Math.pow(10, Math.ceil(Math.log10(Math.max(high, bottom * 10))));
    return new Scale(bottom, top, from, to, true);
  }

  /** Decades when the numbers span much, else from zero up. */
  static Scale fitting(double typical, double low, double high, double from, double to) {
    return high > LOG_RATIO * Math.max(typical, 0.001)
        ? decades(low, high, from, to)
        : linear(0, high * 1.08, from, to);
  }

  double place(double value) {
    double share =
        logarithmic
            ? Math.log10(Math.max(value, low) / low) / Math.log10(high / low)
            : (value - low) / (high - low);
    return from + Math.min(1, Math.max(0, share)) * (to - from);
  }

  /** The place as written into a picture: one digit behind the point, in any locale. */
  String at(double value) {
    return coordinate(place(value));
  }

  static String coordinate(double place) {
    return String.format(Locale.ROOT, "%.1f", place);
  }

  /** About {@code count} round numbers; on a logarithmic axis one a decade. */
  List<Double> ticks(int count) {
    List<Double> ticks = new ArrayList<>();
    if (logarithmic) {
      for (double tick = low; tick <= high * 1.0001; tick *= 10) {
        ticks.add(tick);
      }
      return ticks;
    }
    double step = step((high - low) / count);
    for (double tick = Math.ceil(low / step) * step; tick <= high * 1.0001; tick += step) {
      ticks.add(Math.abs(tick) < step / 1000 ? 0 : tick);
    }
    return ticks;
  }

  private static double step(double rough) {
    double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
    double factor = rough / magnitude;
    return magnitude * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
  }
}
