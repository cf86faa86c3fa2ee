package dev.plumbline.server.measure;

import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What holds the server together must cost it hardly anything: prints one JSON line for each
 * figure, with its unit and how many samples stand behind it. {@code CostRun [SECONDS]}: so long
 * the requests run whose spans are counted, 32 s unless said.
 */
public final class CostRun {
  private static final int SECONDS = 32;
  private static final int EXIT_USAGE = 2;

  private CostRun() {}

  /** Measures. */
  public static void main(String[] arguments) throws Exception {
    int seconds = SECONDS;
    try {
      seconds = arguments.length == 0 ? seconds : Integer.parseInt(arguments[0]);
    } catch (NumberFormatException e) {
      System.err.println("usage: CostRun [SECONDS], a whole number");
      System.exit(EXIT_USAGE);
    }
    LimitCost limits = new LimitCost();
    limits.measure();
    ConnectionCost.measure();
    RetryCount.measure();
    try (TracingCost tracing = new TracingCost()) {
      tracing.measure(seconds);
      double share = 100 * limits.permitNanos() / tracing.plainNanos();
      tell("permit, share of a request", share, "%", tracing.requests());
    }
    System.exit(0);
  }

  /** Prints a figure. */
  static void tell(String figure, double value, String unit, long samples) {
    System.out.println(
        JsonNodeFactory.instance
            .objectNode()
            .put("figure", figure)
            .put("value", value)
            .put("unit", unit)
            .put("samples", samples));
  }
}
