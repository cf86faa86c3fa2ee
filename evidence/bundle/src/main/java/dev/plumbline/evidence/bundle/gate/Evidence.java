package dev.plumbline.evidence.bundle.gate;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything the gates look at.
 *
 * @param run what was asked for and whether it came to its end
 * @param results what the judges concluded, by suite
 * @param sealProblems per suite, why its raw data cannot be taken as evidence of this run (missing,
 *     stale, about another subject); no entry for a suite whose seal holds
 * @param shippedDigests SHA-256 of every jar the software bill of materials was checked against
 * @param baseline accepted failures
 * @param kept failures found before, kept until they are fixed
 */
public record Evidence(
    RunManifest run,
    Map<Suite, SuiteResult> results,
    Map<Suite, String> sealProblems,
    Set<String> shippedDigests,
    Baseline baseline,
    KeptReproducers kept) {

  /** Evidence beside which no reproducers are kept. */
  public Evidence(
      RunManifest run,
      Map<Suite, SuiteResult> results,
      Map<Suite, String> sealProblems,
      Set<String> shippedDigests,
      Baseline baseline) {
    this(run, results, sealProblems, shippedDigests, baseline, KeptReproducers.NONE);
  }

  /** Copies the collections. */
  public Evidence {
    results = Collections.unmodifiableMap(new TreeMap<>(results));
    sealProblems = Collections.unmodifiableMap(new TreeMap<>(sealProblems));
    shippedDigests = Collections.unmodifiableSet(new TreeSet<>(shippedDigests));
  }

  /** The checks of one suite; empty when it has no result. */
  public List<CheckResult> checks(Suite suite) {
    SuiteResult result = results.get(suite);
    return result == null ? List.of() : result.checks();
  }

  /** The day of the run, which decides whether baseline entries have expired. */
  public LocalDate day() {
    return run.started().atZone(ZoneOffset.UTC).toLocalDate();
  }

  /** Whether a failure of this check is accepted. */
  public boolean accepts(CheckResult check) {
    return baseline.accepting(check.id(), day()).isPresent();
  }

  /** Whether the check failed and the failure is not accepted. */
  public boolean failsUnaccepted(CheckResult check) {
    return check.verdict() instanceof Verdict.Fail && !accepts(check);
  }
}
