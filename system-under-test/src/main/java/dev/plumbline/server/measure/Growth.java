package dev.plumbline.server.measure;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How one figure grows with another: the exponent of a power law, by least squares over logarithms.
 * 1 is linear, 0 does not grow.
 *
 * @param points how many
 * @param slope the exponent
 * @param margin half of its 95 % confidence interval; NaN when there are too few points
 */
record Growth(int points, double slope, double margin) {
  /** Two-sided 95 % quantiles of Student's t for 1 to 10 degrees of freedom; above, 2. */
  private static final double[] T = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228
  };

  private static final double T_BEYOND = 2;

  /** The growth of the member {@code y} with the member {@code x}. */
  static Growth of(ArrayNode each, String x, String y) {
    int n = each.size();
    double[] xs = new double[n];
    double[] ys = new double[n];
    int i = 0;
    for (JsonNode one : each) {
      xs[i] = Math.log(one.path(x).asDouble());
      ys[i] = Math.log(Math.max(one.path(y).asDouble(), Double.MIN_NORMAL));
      i++;
    }
    return of(xs, ys);
  }

  /** The line through these points. */
  static Growth of(double[] xs, double[] ys) {
    int n = xs.length;
    double meanX = mean(xs);
    double meanY = mean(ys);
    double sxx = 0;
    double sxy = 0;
    for (int i = 0; i < n; i++) {
      sxx += (xs[i] - meanX) * (xs[i] - meanX);
      sxy += (xs[i] - meanX) * (ys[i] - meanY);
    }
    double slope = sxy / sxx;
    int freedom = n - 2;
    if (freedom < 1) {
      return new Growth(n, slope, Double.NaN);
    }
    double rest = 0;
    for (int i = 0; i < n; i++) {
      double off = ys[i] - meanY - slope * (xs[i] - meanX);
      rest += off * off;
    }
    double t = freedom <= T.length ? T[freedom - 1] : T_BEYOND;
    return new Growth(n, slope, t * Math.sqrt(rest / freedom / sxx));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("points", points)
        .put("exponent", slope)
        .put("low", slope - margin)
        .put("high", slope + margin);
  }
}
