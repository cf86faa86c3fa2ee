package dev.plumbline.evidence.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything a suite's judge concludes from its raw folder. Written to {@code
 * results/<suite>.json}; recomputed by verification and compared for equality, so it holds nothing
 * that is not derived from the raw data.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param suite which suite
 * @param checks one entry a check, in the order of the plan
 * @param facts what the reader must know about how the suite ran, for example {@code fault-backend
 *     → embedded}; sorted by key
 */
public record SuiteResult(
    String schema, Suite suite, List<CheckResult> checks, Map<String, String> facts) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/suite-result/v1";

  /** Copies list and map. */
  public SuiteResult {
    checks = List.copyOf(checks);
    facts = java.util.Collections.unmodifiableMap(new TreeMap<>(facts));
  }

  /** A result in the current form. */
  public SuiteResult(Suite suite, List<CheckResult> checks, Map<String, String> facts) {
    this(SCHEMA, suite, checks, facts);
  }
}
