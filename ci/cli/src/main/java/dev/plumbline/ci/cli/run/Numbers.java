package dev.plumbline.ci.cli.run;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Suite;
import java.util.HashMap;
import java.util.Map;

/** The number of each failure of a run, given when it is first seen. Thread-safe. */
public final class Numbers {
  private record Failure(Suite suite, String check, String era, String transport) {}

  private final Map<Failure, Integer> numbers = new HashMap<>();

  /** Nothing failed yet. */
  public Numbers() {}

  /** The number of this failed check, from 1; the same each time. */
  public synchronized int of(Suite suite, CheckResult check) {
    Failure failure =
        new Failure(
            suite, check.id(), String.valueOf(check.era()), String.valueOf(check.transport()));
    Integer known = numbers.putIfAbsent(failure, numbers.size() + 1);
    return known == null ? numbers.size() : known;
  }
}
