package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.bundle.report.Timeline.Fault;
import dev.plumbline.evidence.bundle.report.Timeline.Sample;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * When a fault was first felt by requests that took its way, and when they were served again, as
 * the record shows it. What the failure mode is judged by stands in its measurements.
 *
 * @param failing whether requests failed; else they were only slow
 * @param felt when the first of them ended, ms; empty when none was
 * @param over when the first good one after the healing ended, ms; empty when nothing was felt, or
 *     the next fault came before
 */
record Moments(boolean failing, OptionalDouble felt, OptionalDouble over) {
  /** So many times the slowest usual latency counts as slow. */
  private static final double SLOW_FACTOR = 2;

  static Moments of(Timeline timeline, Fault fault) {
    List<Sample> way = timeline.samples().stream().filter(sample -> !sample.direct()).toList();
    double usual = usual(way, timeline.faults().getFirst());
    OptionalDouble failed = first(way, fault, sample -> !sample.ok());
    boolean failing = failed.isPresent();
    OptionalDouble felt = failing ? failed : first(way, fault, sample -> sample.latency() > usual);
    double next =
        timeline.faults().stream()
            .mapToDouble(Fault::start)
            .filter(start -> start >= fault.end())
            .min()
            .orElse(Double.MAX_VALUE);
    OptionalDouble over =
        way.stream()
            .filter(sample -> sample.ok() && sample.done() >= fault.end() && sample.done() < next)
            .filter(sample -> failing || sample.latency() <= usual)
            .mapToDouble(Sample::done)
            .min();
    return new Moments(failing, felt, felt.isPresent() ? over : OptionalDouble.empty());
  }

  private static OptionalDouble first(List<Sample> way, Fault fault, Predicate<Sample> bad) {
    return way.stream()
        .filter(sample -> sample.done() >= fault.start() && sample.at() <= fault.end())
        .filter(bad)
        .mapToDouble(Sample::done)
        .min();
  }

  private static double usual(List<Sample> way, Fault first) {
    return SLOW_FACTOR
        * way.stream()
            .filter(sample -> sample.ok() && sample.done() < first.start())
            .mapToDouble(Sample::latency)
            .max()
            .orElse(Double.MAX_VALUE);
  }

  /** How the fault was felt. */
  String word() {
    return failing ? "felt" : "slow";
  }

  /** What came after it. */
  String overWord() {
    return failing ? "works again" : "normal again";
  }
}
