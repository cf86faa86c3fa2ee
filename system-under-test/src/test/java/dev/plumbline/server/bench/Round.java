package dev.plumbline.server.bench;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one run of the load generator against one server came to.
 *
 * @param requests answered requests
 * @param seconds how long it took
 * @param failed answers that were no success, and broken or late exchanges
 * @param p50Millis median latency, closed loop: without correction for coordinated omission
 * @param p99Millis the same at the 99th percentile
 * @param allocatedPerRequest heap bytes the server allocated for each request
 * @param cpuMicrosPerRequest processor time the server used for each request
 */
record Round(
    long requests,
    double seconds,
    long failed,
    double p50Millis,
    double p99Millis,
    double allocatedPerRequest,
    double cpuMicrosPerRequest) {
  private static final String PREFIX = "figures ";
  private static final double MICROS = 1e6;
  private static final double MICROS_IN_MILLI = 1e3;
  private static final double NANOS_IN_MICRO = 1e3;

  /** From the line the script of the load generator ends with; empty when there is none. */
  static Optional<Round> parse(String output, Counters.Reading used) {
    return output
        .lines()
        .filter(line -> line.startsWith(PREFIX))
        .map(line -> of(fields(line.substring(PREFIX.length())), used))
        .findFirst();
  }

  private static Map<String, Double> fields(String line) {
    return Stream.of(line.split(" ", -1))
        .map(field -> field.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> Double.parseDouble(pair[1])));
  }

  private static Round of(Map<String, Double> fields, Counters.Reading used) {
    double requests = fields.getOrDefault("requests", 0.0);
    return new Round(
        (long) requests,
        fields.getOrDefault("micros", 0.0) / MICROS,
        fields.getOrDefault("failed", 0.0).longValue(),
        fields.getOrDefault("p50", 0.0) / MICROS_IN_MILLI,
        fields.getOrDefault("p99", 0.0) / MICROS_IN_MILLI,
        used.allocatedBytes() / requests,
        used.cpuNanos() / NANOS_IN_MICRO / requests);
  }

  double perSecond() {
    return requests / seconds;
  }
}
