package dev.plumbline.perf.bench;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every figure beside what was recorded of it, for people: also those that no check holds. Ratios
 * of times have a limit of their own and are only told.
 */
final class Regression {
  /** How a figure fared. */
  enum Outcome {
    /** Not worse by more than what is allowed. */
    HELD,
    /** Worse by more. */
    REGRESSED,
    /** Its limit does not depend on what was recorded. */
    TOLD,
    /** Never recorded: record it. */
    NEW,
    /** Recorded, and not measured this time. */
    NOT_RUN
  }

  private Regression() {}

  /** How a figure of that name fared. */
  static Outcome outcome(String name, Map<String, Double> recorded, Map<String, Double> now) {
    Double before = recorded.get(name);
    Double after = now.get(name);
    if (before == null) {
      return Outcome.NEW;
    }
    if (after == null) {
      return Outcome.NOT_RUN;
    }
    if (name.startsWith(Benchmark.Times.PREFIX)) {
      return Outcome.TOLD;
    }
    boolean worse =
        name.startsWith(Benchmark.Bytes.PREFIX)
            ? after > Limit.most(before)
            : after < before * (1 - Limit.ALLOWED);
    return worse ? Outcome.REGRESSED : Outcome.HELD;
  }

  /** For people. */
  static String table(Map<String, Double> recorded, Map<String, Double> now) {
    SortedMap<String, Double> all = new TreeMap<>(recorded);
    all.putAll(now);
    StringBuilder text = new StringBuilder();
    text.append(line("figure", "recorded", "now", "change", ""));
    for (String name : all.keySet()) {
      Double before = recorded.get(name);
      Double after = now.get(name);
      String change =
          before == null || after == null || before == 0
              ? "-"
              : String.format(Locale.ROOT, "%+.1f %%", 100 * (after - before) / before);
      text.append(
          line(name, shown(before), shown(after), change, words(outcome(name, recorded, now))));
    }
    return text.toString();
  }

  private static String shown(@Nullable Double figure) {
    return figure == null ? "-" : String.format(Locale.ROOT, "%.3f", figure);
  }

  private static String words(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String line(String... cells) {
    return String.format(Locale.ROOT, "%-88s %12s %12s %10s  %s%n", (Object[]) cells);
  }
}
