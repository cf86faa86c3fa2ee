package dev.plumbline.evidence.bundle.release;

import dev.plumbline.evidence.model.CheckResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How much of the code its own tests reach.
 *
 * @param state what the check over it says
 * @param lines the share of lines by package; empty when it was not looked at
 */
public record Coverage(Shown state, Map<String, Metric> lines) {
  private static final String CHECK = "COV-001";

  static Coverage of(Outcomes outcomes) {
    Map<String, Metric> lines = new LinkedHashMap<>();
    Optional<CheckResult> check = outcomes.observed(CHECK);
    check.ifPresent(
        judged ->
            judged
                .measurements()
                .forEach(
                    found -> lines.put(found.name(), Metric.of(judged.title(), found, CHECK))));
    return new Coverage(outcomes.part(CHECK), lines);
  }
}
