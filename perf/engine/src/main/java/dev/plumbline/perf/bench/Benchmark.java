package dev.plumbline.perf.bench;

import java.util.Optional;

/**
 * One figure that must not get worse. Times are never compared between runs: machines differ, and
 * so does what else they do. Compared are bytes of the heap, which do not depend on that, and
 * ratios of what one run measured.
 *
 * @param id permanent id, {@code BEN-101}
 * @param group what it is about
 * @param title what is demanded, one sentence
 * @param quantity the figure
 * @param most the limit of a ratio of times; for the others the limit follows from what was
 *     recorded
 */
public record Benchmark(String id, Group group, String title, Quantity quantity, double most) {
  /** What is held against what. */
  sealed interface Quantity {
    /** The name under which it is recorded. */
    String figure();

    /** What the table says; empty when it was not measured. */
    Optional<Double> in(BenchmarkTable table);

    /** How many samples stand behind it. */
    long samples(BenchmarkTable table);
  }

  /**
   * Bytes of the heap for each operation.
   *
   * @param row the benchmark
   */
  record Bytes(String row) implements Quantity {
    static final String PREFIX = "B/op ";

    @Override
    public String figure() {
      return PREFIX + row;
    }

    @Override
    public Optional<Double> in(BenchmarkTable table) {
      return table.row(row).map(BenchmarkTable.Row::bytes);
    }

    @Override
    public long samples(BenchmarkTable table) {
      return table.row(row).map(BenchmarkTable.Row::samples).orElse(0L);
    }
  }

  /**
   * The best time of one benchmark over that of another: whatever else the machine does only adds
   * to a time.
   *
   * @param row the one
   * @param over the other
   */
  record Times(String row, String over) implements Quantity {
    static final String PREFIX = "time of ";

    @Override
    public String figure() {
      return PREFIX + row + " over " + over;
    }

    @Override
    public Optional<Double> in(BenchmarkTable table) {
      return table
          .row(row)
          .flatMap(one -> table.row(over).map(other -> one.nanos() / other.nanos()));
    }

    @Override
    public long samples(BenchmarkTable table) {
      return table.row(row).map(BenchmarkTable.Row::samples).orElse(0L);
    }
  }

  /** The whole server's rate over that of a bare echo of the same answer. */
  record EchoShare() implements Quantity {
    static final String NAME = "share of the bare echo";

    @Override
    public String figure() {
      return NAME;
    }

    @Override
    public Optional<Double> in(BenchmarkTable table) {
      return Optional.ofNullable(table.echoShare());
    }

    @Override
    public long samples(BenchmarkTable table) {
      return 1;
    }
  }

  /**
   * @throws IllegalArgumentException when the id is not of the form
   */
  public Benchmark {
    if (!id.matches("BEN-[0-9]{3}")) {
      throw new IllegalArgumentException("not an id of a benchmark: " + id);
    }
  }
}
