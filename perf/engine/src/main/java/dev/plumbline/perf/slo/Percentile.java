package dev.plumbline.perf.slo;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The percentiles that objectives may limit. */
public enum Percentile {
  P50("p50", 50),
  P95("p95", 95),
  P99("p99", 99),
  P999("p999", 99.9);

  /** A percentile is judged only when so many samples may lie beyond it; else it only informs. */
  public static final int MIN_BEYOND = 5;

  private final String id;
  private final double value;

  Percentile(String id, double value) {
    this.id = id;
    this.value = value;
  }

  /** The name in files. */
  public String id() {
    return id;
  }

  /** In percent. */
  public double value() {
    return value;
  }

  /** Whether {@code samples} are enough to say something about this percentile. */
  public boolean isTold(long samples) {
    return samples * (100 - value) / 100 >= MIN_BEYOND - 1e-6;
  }

  /**
   * The percentile of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Percentile named(String id) {
    return Arrays.stream(values())
        .filter(percentile -> percentile.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown percentile "
                        + id
                        + ", known are "
                        + Arrays.stream(values())
                            .map(Percentile::id)
                            .collect(Collectors.joining(", "))));
  }
}
