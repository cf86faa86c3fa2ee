package dev.plumbline.perf.bench;

import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.perf.bench.Benchmark.Bytes;
import dev.plumbline.perf.bench.Benchmark.EchoShare;
import dev.plumbline.perf.bench.Benchmark.Quantity;

/** How much worse than what was recorded a figure may be (R093). */
final class Limit {
  /** The share by which it may be worse. */
  static final double ALLOWED = 0.10;

  /** So few bytes are noise of the measurement, whatever share they are. */
  static final double NOISE_BYTES = 64;

  private Limit() {}

  /** A figure beside its limit, which follows from what was recorded. */
  static Measurement of(Quantity quantity, double value, double recorded, long samples) {
    return switch (quantity) {
      case Bytes _ -> Measurement.atMost(quantity.figure(), value, "B", most(recorded), samples);
      case EchoShare _ ->
          Measurement.atLeast(quantity.figure(), value, "1", recorded * (1 - ALLOWED), samples);
      case Benchmark.Times _ ->
          throw new IllegalArgumentException("the limit of a ratio of times is fixed");
    };
  }

  /** The most bytes that are no regression. */
  static double most(double recordedBytes) {
    return Math.max(recordedBytes * (1 + ALLOWED), recordedBytes + NOISE_BYTES);
  }
}
