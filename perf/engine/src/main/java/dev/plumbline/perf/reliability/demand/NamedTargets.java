package dev.plumbline.perf.reliability.demand;

import dev.plumbline.perf.reliability.raw.Part;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rates that were named once and never measured (C2): told as met, not met or not attempted on this
 * machine, and no demand.
 */
public final class NamedTargets {
  private static final String NOT_ATTEMPTED = "not attempted on this machine";

  private static final List<Target> ALL =
      List.of(
          new Target(
              "target 95,000 messages of 4 KiB a second",
              Part.THROUGHPUT,
              "messages a second of 4 KiB",
              95_000),
          new Target(
              "target 100,000 messages a second beside control requests",
              Part.OVERLOAD_CHEAP,
              "goodput",
              100_000),
          new Target(
              "target 500,000 operations of the registry a second",
              Part.REGISTRY,
              "operations, slowest size",
              500_000));

  /** The parts that measure them. */
  public static final List<Part> PARTS = ALL.stream().map(Target::part).toList();

  private NamedTargets() {}

  private record Target(String name, Part part, String figure, double perSecond) {
    private String outcome(Figures figures) {
      return figures
          .named(figure)
          .map(
              seen ->
                  String.format(
                      Locale.ROOT,
                      "%s on this machine: %,.0f a second, a share of %.2f",
                      seen.value() >= perSecond ? "met" : "not met",
                      seen.value(),
                      seen.value() / perSecond))
          .orElse(NOT_ATTEMPTED);
    }
  }

  /**
   * What became of each.
   *
   * @param measured the figures of the parts that ran
   */
  public static Map<String, String> of(Map<Part, Figures> measured) {
    Map<String, String> told = new TreeMap<>();
    for (Target target : ALL) {
      Figures figures = measured.get(target.part());
      told.put(target.name(), figures == null ? NOT_ATTEMPTED : target.outcome(figures));
    }
    return told;
  }
}
