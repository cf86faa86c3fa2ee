package dev.plumbline.server.measure;

import dev.plumbline.server.ServerContext;
import dev.plumbline.server.limit.CircuitBreaker;
import dev.plumbline.server.limit.Clocks;
import dev.plumbline.server.limit.Flow;
import dev.plumbline.server.limit.OverloadAlert;
import dev.plumbline.server.limit.OverloadLevel;
import dev.plumbline.server.limit.Restraint;
import dev.plumbline.server.limit.RolePermits;
import dev.plumbline.server.machine.Machines;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/**
 * What permits, breakers and the overload monitor cost (R134 to R136, R161): times of single calls
 * in this process, in rounds that alternate, and memory as collections leave it.
 */
final class LimitCost {
  private static final int ROUNDS = 15;
  private static final int CALLS = 200_000;
  private static final int REFUSALS = 500_000;
  private static final int SMALL = 500;
  private static final int LARGE = 1_000_000;
  private static final int CONNECTIONS = 1_000;
  private static final int CHECKS = 200;
  private static final int ALERTS = 100_000;
  private static final int WATCHED = 20_000;
  private static final long LONGEST_NANOS = 10_000_000_000L;
  private static final double MOST_OF_THEM = 99.99;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double PERCENT = 100;

  private final ServerContext context = ServerContext.standard();
  private double permitNanos;

  /** Taking a permit and giving it back, in nanoseconds. */
  double permitNanos() {
    return permitNanos;
  }

  void measure() {
    try (Restraint restraint =
        new Restraint(
            context.config(),
            context.telemetry(),
            Clocks.of(System::nanoTime),
            Machines.unobserved(System::nanoTime))) {
      openBreaker(restraint);
      permits();
      monitor(restraint);
      memory(restraint);
    }
  }

  private static void openBreaker(Restraint restraint) {
    CircuitBreaker breaker = restraint.breakers().named("measured");
    breaker.forceOpen();
    Histogram times = new Histogram(LONGEST_NANOS, 3);
    for (int round = 0; round < 2; round++) {
      times.reset();
      for (int i = 0; i < REFUSALS; i++) {
        long began = System.nanoTime();
        boolean refused = breaker.tryCall().isEmpty();
        times.recordValue(System.nanoTime() - began);
        if (!refused) {
          throw new IllegalStateException("an open breaker lets a call through");
        }
      }
    }
    CostRun.tell(
        "open breaker, 99.99 % of its answers",
        times.getValueAtPercentile(MOST_OF_THEM) / NANOS_PER_MILLI, "ms", REFUSALS);
    CostRun.tell("open breaker, median", (double) times.getValueAtPercentile(50), "ns", REFUSALS);
  }

  /** Near their caps, one a thousand times the other. */
  private void permits() {
    RolePermits small = filled("small", SMALL);
    RolePermits large = filled("large", LARGE);
    double[] ofSmall = new double[ROUNDS];
    double[] ofLarge = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      ofSmall[round] = pairs(small);
      ofLarge[round] = pairs(large);
    }
    // Whatever else the machine does only adds to a round: the quickest says what it takes.
    permitNanos = quickest(ofSmall);
    CostRun.tell("permit, both ways", permitNanos, "ns", (long) ROUNDS * CALLS);
    CostRun.tell(
        "permit at a cap of 1,000,000 over one of 500",
        quickest(ofLarge) / permitNanos,
        "1",
        (long) ROUNDS * CALLS);
  }

  private static RolePermits filled(String role, int cap) {
    RolePermits permits = new RolePermits(role, cap);
    for (int i = 1; i < cap; i++) {
      take(permits);
    }
    return permits;
  }

  private static void take(RolePermits permits) {
    if (!permits.tryTake()) {
      throw new IllegalStateException("there was room");
    }
  }

  private static double pairs(RolePermits permits) {
    long began = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      take(permits);
      permits.giveBack();
    }
    return (System.nanoTime() - began) / (double) CALLS;
  }

  private void monitor(Restraint restraint) {
    for (int i = 0; i < CONNECTIONS; i++) {
      restraint.flows().open("measured");
    }
    double[] times = new double[CHECKS];
    for (int i = 0; i < CHECKS; i++) {
      long began = System.nanoTime();
      restraint.monitor().check();
      times[i] = System.nanoTime() - began;
    }
    long period = context.config().get().overload().check().toNanos();
    CostRun.tell(
        "overload monitor, share of a processor with 1,000 connections",
        PERCENT * median(times) / period,
        "%",
        CHECKS);
  }

  private static void memory(Restraint restraint) {
    CostRun.tell(
        "bytes an alert",
        bytes(
            ALERTS,
            i ->
                new OverloadAlert(
                    Instant.ofEpochSecond(i), OverloadLevel.WARNING, "role", "owner", i, i, i)),
        "B",
        ALERTS);
    CostRun.tell(
        "bytes a queue that is watched",
        bytes(WATCHED, i -> restraint.monitor().watch("owner", new RolePermits("watched", i + 1))),
        "B",
        WATCHED);
    List<RolePermits> queues = new ArrayList<>(WATCHED);
    for (int i = 0; i < WATCHED; i++) {
      queues.add(new RolePermits("watched", i + 1));
    }
    CostRun.tell(
        "bytes that watching a queue takes",
        bytes(WATCHED, i -> restraint.monitor().watch("owner", queues.get(i))),
        "B",
        WATCHED);
    CostRun.tell(
        "bytes of what waits for a connection",
        bytes(WATCHED, _ -> List.<Flow>of(restraint.flows().open("measured")).getFirst()),
        "B",
        WATCHED);
  }

  private static double bytes(int count, IntFunction<Object> made) {
    List<Object> kept = new ArrayList<>(count);
    long before = used();
    for (int i = 0; i < count; i++) {
      kept.add(made.apply(i));
    }
    double each = (used() - before) / (double) count;
    if (kept.size() != count) {
      throw new IllegalStateException("nothing may go before it was counted");
    }
    return each;
  }

  /** The heap in use once collections have left what lives. */
  static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static double quickest(double[] rounds) {
    return Arrays.stream(rounds).min().orElseThrow();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
