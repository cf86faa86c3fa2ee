package dev.plumbline.perf.bench;

import dev.plumbline.perf.bench.Benchmark.Bytes;
import dev.plumbline.perf.bench.Benchmark.EchoShare;
import dev.plumbline.perf.bench.Benchmark.Quantity;
import dev.plumbline.perf.bench.Benchmark.Times;
import java.util.List;

/** The figures that must not get worse, group after group. Ids are never reused. */
public final class Benchmarks {
  private static final String CALL = "DispatchBenchmark.stateless";
  private static final String FEW = "RegistryBenchmark.lookup entries=1000";
  private static final String MANY = "RegistryBenchmark.lookup entries=100000";

  private static final List<Benchmark> ALL =
      List.of(
          held(101, Group.THROUGHPUT, "Reading a call takes no more heap", "CodecBenchmark.decode"),
          held(
              102,
              Group.THROUGHPUT,
              "Writing its answer takes no more heap",
              "CodecBenchmark.encode"),
          held(
              103,
              Group.THROUGHPUT,
              "A call in a session takes no more heap",
              "DispatchBenchmark.inSession"),
          held(104, Group.THROUGHPUT, "A call without a session takes no more heap", CALL),
          one(
              105,
              Group.THROUGHPUT,
              "The whole server keeps its share of a bare echo's rate",
              new EchoShare(),
              0),
          held(
              201,
              Group.BACKPRESSURE,
              "Taking a permit and giving it back takes no more heap",
              "LimitBenchmark.takeAndGiveBack"),
          held(
              202,
              Group.BACKPRESSURE,
              "Refusing a request takes no more heap",
              "LimitBenchmark.refusalScanned"),
          ratio(
              203,
              Group.BACKPRESSURE,
              "Refusing a request takes at most half the time of serving it",
              "LimitBenchmark.refusalScanned",
              CALL,
              0.5),
          ratio(
              204,
              Group.BACKPRESSURE,
              "A permit takes at most a twentieth of the time of a call",
              "LimitBenchmark.takeAndGiveBack",
              CALL,
              0.05),
          held(
              301,
              Group.CIRCUIT_BREAKER,
              "An open breaker's answer takes no more heap",
              "LimitBenchmark.refuseOpen"),
          ratio(
              302,
              Group.CIRCUIT_BREAKER,
              "An open breaker answers in at most a twentieth of the time of a call",
              "LimitBenchmark.refuseOpen",
              CALL,
              0.05),
          held(401, Group.SCALING, "A lookup among 1,000 takes no more heap", FEW),
          held(402, Group.SCALING, "A lookup among 100,000 takes no more heap", MANY),
          ratio(
              403,
              Group.SCALING,
              "A lookup among 100 times the entries takes at most 40 times as long",
              MANY,
              FEW,
              40),
          held(
              501,
              Group.SECURITY,
              "Bringing a URI into its one form takes no more heap",
              "GuardBenchmark.uri"),
          held(
              502,
              Group.SECURITY,
              "Looking at the head of a request takes no more heap",
              "GuardBenchmark.head"),
          ratio(
              503,
              Group.SECURITY,
              "A hostile URI takes at most five times as long as an ordinary one",
              "GuardBenchmark.hostileUri",
              "GuardBenchmark.uri",
              5),
          ratio(
              504,
              Group.SECURITY,
              "The head of a request takes at most half the time of its call",
              "GuardBenchmark.head",
              CALL,
              0.5));

  private Benchmarks() {}

  /** All of them, in order. */
  public static List<Benchmark> all() {
    return ALL;
  }

  /** Bytes of the heap, held against the recording. */
  private static Benchmark held(int number, Group group, String title, String row) {
    return one(number, group, title, new Bytes(row), 0);
  }

  private static Benchmark ratio(
      int number, Group group, String title, String row, String over, double most) {
    return one(number, group, title, new Times(row, over), most);
  }

  private static Benchmark one(
      int number, Group group, String title, Quantity quantity, double most) {
    return new Benchmark("BEN-" + number, group, title, quantity, most);
  }
}
