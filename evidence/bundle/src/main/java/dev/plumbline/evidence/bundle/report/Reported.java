package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.bundle.gate.DecisionRecord;
import dev.plumbline.evidence.bundle.sign.Manifest;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.RunFolder;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Everything a report tells.
 *
 * @param folder the bundle, for its raw data
 * @param run what was run
 * @param results what the judges concluded, by suite
 * @param decided the decision and everything it follows from
 * @param files the evidence files with their digests; without the reports themselves
 * @param keyId the key that signs the bundle
 * @param selfSigned whether that key was made for this run
 */
public record Reported(
    RunFolder folder,
    RunManifest run,
    Map<Suite, SuiteResult> results,
    DecisionRecord decided,
    List<Manifest.Entry> files,
    String keyId,
    boolean selfSigned) {

  /** Copies the collections. */
  public Reported {
    Map<Suite, SuiteResult> ordered = new EnumMap<>(Suite.class);
    ordered.putAll(results);
    results = Collections.unmodifiableMap(ordered);
    files = List.copyOf(files);
  }

  /** All checks of all suites, in order. */
  public List<CheckResult> checks() {
    return results.values().stream().flatMap(result -> result.checks().stream()).toList();
  }

  /** The failed checks, the heaviest first; accepted ones last. */
  public List<CheckResult> failures() {
    List<CheckResult> failed = new ArrayList<>(checks());
    failed.removeIf(check -> !(check.verdict() instanceof Verdict.Fail));
    failed.sort(
        Comparator.comparing(this::isAccepted)
            .thenComparing(check -> !check.level().isMandatory()));
    return failed;
  }

  /** Whether the baseline accepts this check's failure. */
  public boolean isAccepted(CheckResult check) {
    return decided.accepted().stream().anyMatch(line -> line.startsWith(check.id() + ":"));
  }

  /** How many checks came out one way. */
  public long count(Class<? extends Verdict> verdict) {
    return checks().stream().filter(check -> verdict.isInstance(check.verdict())).count();
  }
}
