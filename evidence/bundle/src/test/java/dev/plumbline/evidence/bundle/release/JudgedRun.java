package dev.plumbline.evidence.bundle.release;

import dev.plumbline.evidence.bundle.gate.Baseline;
import dev.plumbline.evidence.bundle.gate.DecisionRecord;
import dev.plumbline.evidence.bundle.gate.Evidence;
import dev.plumbline.evidence.bundle.gate.Gates;
import dev.plumbline.evidence.bundle.gate.Policy;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.RunFolder;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A run whose checks came out as a test wants it. */
final class JudgedRun {
  final RunFolder folder;
  TargetIdentity.Kind kind = TargetIdentity.Kind.BUNDLED;
  private final Map<Suite, List<CheckResult>> checks = new EnumMap<>(Suite.class);

  JudgedRun(Path root) {
    this.folder = new RunFolder(root);
  }

  JudgedRun pass(Suite suite, String id, Measurement... found) {
    return add(suite, id, Level.MUST, new Verdict.Pass(7), found);
  }

  JudgedRun fail(Suite suite, String id, Measurement... found) {
    return fail(suite, id, Level.MUST, found);
  }

  JudgedRun fail(Suite suite, String id, Level level, Measurement... found) {
    Finding finding =
        new Finding(id + " is broken", "", "", "kept", "broken", "mend it", List.of());
    return add(suite, id, level, new Verdict.Fail(finding), found);
  }

  JudgedRun add(Suite suite, String id, Level level, Verdict verdict, Measurement... found) {
    checks
        .computeIfAbsent(suite, _ -> new ArrayList<>())
        .add(
            new CheckResult(
                id,
                "what " + id + " asks",
                level,
                null,
                null,
                "page",
                verdict,
                List.of(found),
                List.of()));
    return this;
  }

  Release release() throws IOException {
    return Release.of(folder, run(), results(), decided());
  }

  Outcomes outcomes() {
    return new Outcomes(run(), results(), decided());
  }

  private Map<Suite, SuiteResult> results() {
    Map<Suite, SuiteResult> results = new EnumMap<>(Suite.class);
    checks.forEach(
        (suite, all) -> results.put(suite, new SuiteResult(suite, all, Map.of("licences", "all"))));
    return results;
  }

  private DecisionRecord decided() {
    return Gates.decide(
        new Evidence(run(), results(), Map.of(), Set.of(), Baseline.NONE), Policy.standard());
  }

  private RunManifest run() {
    return new RunManifest(
        RunManifest.SCHEMA,
        "2026-11-22T23-59-59",
        "0.1.0",
        Instant.parse("2026-11-22T23:59:59Z"),
        Instant.parse("2026-11-23T00:01:00Z"),
        true,
        new RunSettings(Profile.STANDARD, 1, Consent.READ_ONLY, true),
        new TargetIdentity(
            kind,
            "http://127.0.0.1:1/mcp",
            "server",
            "1.2.3",
            List.of("2025-11-25"),
            List.of(Transport.HTTP),
            Map.of()),
        List.copyOf(checks.keySet()),
        Map.of("chaos", "consent is missing"),
        Map.of());
  }
}
