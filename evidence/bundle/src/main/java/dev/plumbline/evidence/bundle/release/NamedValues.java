package dev.plumbline.evidence.bundle.release;

import dev.plumbline.evidence.model.Measurement.Relation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The values that the requirements ask for by name, and the counters of attacks. Values of older
 * reports that were never measured over a wire are void; their targets stay (C2).
 */
final class NamedValues {
  /** The rate of messages of 4 KB, which is told and not demanded (C2). */
  static final String THROUGHPUT = "throughput_4kb";

  private static final String OVERFLOWS = "backpressure_queue_overflow_count";
  private static final String ISOLATION = "connection_crash_isolation";

  private static final List<NamedValue> ASKED =
      List.of(
          NamedValue.atLeast(THROUGHPUT, "msg/s", 95_000, "RC-193")
              .figure("messages a second of 4 KiB"),
          NamedValue.atMost("latency_p99", "ms", 2, "RC-194"),
          NamedValue.atLeast("path_traversal_attacks_blocked", "attacks", 100, "RC-901"),
          NamedValue.atLeast("header_injection_attacks_blocked", "attacks", 50, "RC-903"),
          NamedValue.atMost("fuzzing_crashes", "crashes", 0, "RC-912", "RC-914"),
          NamedValue.atMost("registry_100k_lookup_p99_ms", "ms", 1, "RC-201", "RC-203"),
          NamedValue.atMost(OVERFLOWS, "looks", 0, "RC-708").figure("looks above the cap"),
          NamedValue.atMost(ISOLATION, "pings", 0, "RC-401", "RC-403"),
          NamedValue.never(
              "dialyzer_warnings",
              "warnings",
              0,
              "Dialyzer is a tool for Erlang. Error Prone and NullAway take its place, and the build"
                  + " treats each warning as an error; a bundle holds no figure of it"));

  private static final List<NamedValue> COUNTERS =
      List.of(
          NamedValue.atLeast("traversal_attacks_blocked", "attacks", 100, "RC-901"),
          NamedValue.atMost("traversal_attacks_not_blocked", "attacks", 0, "RC-902"),
          NamedValue.atLeast("header_attacks_blocked", "attacks", 50, "RC-903"),
          NamedValue.atMost("header_attacks_not_blocked", "attacks", 0, "RC-904"),
          NamedValue.atLeast("look_alike_attacks_blocked", "attacks", 40, "RC-905"),
          NamedValue.atMost("look_alike_attacks_not_blocked", "attacks", 0, "RC-906"),
          NamedValue.atLeast("file_attacks_blocked", "attacks", 40, "RC-907"),
          NamedValue.atMost("file_attacks_not_blocked", "attacks", 0, "RC-908"),
          NamedValue.atMost("answers_with_the_secret", "answers", 0, "RC-909"),
          NamedValue.atMost("lawful_requests_refused", "requests", 0, "RC-910"),
          NamedValue.atMost("fuzzing_crashes", "crashes", 0, "RC-912"),
          NamedValue.atLeast("fuzzing_inputs", "inputs", 10_000, "RC-914"),
          NamedValue.atMost("known_grave_vulnerabilities", "advisories", 0, "VULN-001"));

  private NamedValues() {}

  /** The values that are asked for by name: met, not met or not attempted. */
  static Map<String, Metric> asked(Outcomes outcomes, Path raw) throws IOException {
    Map<String, Metric> values = NamedValue.all(ASKED, outcomes, Status.NOT_ATTEMPTED);
    overflows(outcomes, raw).ifPresent(metric -> values.put(OVERFLOWS, metric));
    values.computeIfPresent(ISOLATION, (_, metric) -> worded(metric));
    return values;
  }

  /** How many attacks of each kind were blocked, and how many were not. */
  static Map<String, Metric> counters(Outcomes outcomes) {
    return NamedValue.all(COUNTERS, outcomes, Status.NOT_RUN);
  }

  /** Every check that is named. */
  static List<String> checks() {
    return Stream.concat(ASKED.stream(), COUNTERS.stream())
        .map(NamedValue::check)
        .filter(check -> !check.isEmpty())
        .distinct()
        .toList();
  }

  /** This one is asked for as a word. */
  private static Metric worded(Metric metric) {
    return switch (metric.status()) {
      case MET -> noted(metric, "PASS");
      case NOT_MET -> noted(metric, "FAIL");
      case OBSERVED, NOT_RUN, NOT_ATTEMPTED -> metric;
    };
  }

  private static Metric noted(Metric metric, String note) {
    return new Metric(
        metric.title(),
        metric.value(),
        metric.unit(),
        metric.target(),
        metric.relation(),
        metric.status(),
        metric.samples(),
        metric.source(),
        note);
  }

  /**
   * How often a queue was seen above its cap, in the overloads whose figures are worth something.
   */
  private static Optional<Metric> overflows(Outcomes outcomes, Path raw) throws IOException {
    long above = 0;
    long looks = 0;
    String source = "";
    for (Overload overload : Overload.ALL) {
      if (outcomes.observed(overload.depth()).isPresent()) {
        QueueLooks seen = QueueLooks.read(raw.resolve(overload.folder()));
        above += seen.above();
        looks += seen.looks();
        source = source.isEmpty() ? overload.depth() : source;
      }
    }
    return looks == 0
        ? Optional.empty()
        : Optional.of(
            Metric.against(
                "How often a queue was above its cap when it was looked at",
                (double) above,
                "looks",
                0,
                Relation.AT_MOST,
                looks,
                source));
  }
}
