package dev.plumbline.evidence.model;

import org.jspecify.annotations.Nullable;

/**
 * A number with its unit and, where there is one, the limit it was held against.
 *
 * @param name what was measured, for example {@code latency p99}
 * @param value the number
 * @param unit for example {@code ms}, {@code req/s}, {@code 1}
 * @param limit the limit in the same unit, or null when the number only informs
 * @param relation how value and limit relate when the limit holds; null without a limit
 * @param samples how many samples stand behind the number; at least 0
 */
public record Measurement(
    String name,
    double value,
    String unit,
    @Nullable Double limit,
    @Nullable Relation relation,
    long samples) {

  /** How a value must relate to its limit. */
  public enum Relation {
    AT_MOST,
    AT_LEAST
  }

  /**
   * @throws IllegalArgumentException when limit and relation are not given together
   */
  public Measurement {
    if ((limit == null) != (relation == null)) {
      throw new IllegalArgumentException(
          "a limit needs a relation and a relation a limit: " + name);
    }
  }

  /** A number that only informs. */
  public static Measurement of(String name, double value, String unit, long samples) {
    return new Measurement(name, value, unit, null, null, samples);
  }

  /** A number that must not exceed {@code limit}. */
  public static Measurement atMost(
      String name, double value, String unit, double limit, long samples) {
    return new Measurement(name, value, unit, limit, Relation.AT_MOST, samples);
  }

  /** A number that must reach {@code limit}. */
  public static Measurement atLeast(
      String name, double value, String unit, double limit, long samples) {
    return new Measurement(name, value, unit, limit, Relation.AT_LEAST, samples);
  }

  /** Whether the limit holds; a number without a limit always does, NaN never does. */
  public boolean holds() {
    if (limit == null || relation == null) {
      return true;
    }
    return switch (relation) {
      case AT_MOST -> value <= limit;
      case AT_LEAST -> value >= limit;
    };
  }
}
