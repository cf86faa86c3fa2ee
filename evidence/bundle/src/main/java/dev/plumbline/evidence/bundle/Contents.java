package dev.plumbline.evidence.bundle;

import dev.plumbline.evidence.bundle.gate.Baseline;
import dev.plumbline.evidence.bundle.gate.DecisionRecord;
import dev.plumbline.evidence.bundle.gate.Evidence;
import dev.plumbline.evidence.bundle.gate.KeptReproducers;
import dev.plumbline.evidence.bundle.report.Reported;
import dev.plumbline.evidence.bundle.report.Reports;
import dev.plumbline.evidence.bundle.sign.Manifest;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.RunFolder;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a run folder holds below its decision, read strictly: every file against its schema.
 *
 * @param folder the run folder
 * @param run what was run
 * @param results what the judges concluded, by suite
 * @param baseline accepted failures
 */
record Contents(
    RunFolder folder, RunManifest run, Map<Suite, SuiteResult> results, Baseline baseline) {
  /** Failures found before, beside the raw data. */
  private static final String KEPT = "reproducers.json";

  private static final String BASELINE_SCHEMA = "plumbline/baseline/v1";

  /** The form of {@code raw/baseline.json}. */
  private record BaselineFile(String schema, List<Baseline.Entry> entries) {}

  static void write(RunFolder folder, KeptReproducers kept) throws IOException {
    Files.createDirectories(folder.raw());
    Json.write(folder.raw().resolve(KEPT), kept);
  }

  static Path baselineFile(RunFolder folder) {
    return folder.raw().resolve("baseline.json");
  }

  static void write(RunFolder folder, Baseline baseline) throws IOException {
    Files.createDirectories(folder.raw());
    Json.write(baselineFile(folder), new BaselineFile(BASELINE_SCHEMA, baseline.entries()));
  }

  /**
   * Reads a run folder.
   *
   * @throws IOException when a file is missing or does not have the form it must have; names it
   */
  static Contents read(RunFolder folder) throws IOException {
    RunManifest run = Schemas.RUN.read(folder, folder.run(), RunManifest.class);
    Map<Suite, SuiteResult> results = new EnumMap<>(Suite.class);
    for (Suite suite : Suite.values()) {
      if (Files.exists(folder.result(suite))) {
        results.put(
            suite, Schemas.SUITE_RESULT.read(folder, folder.result(suite), SuiteResult.class));
      }
    }
    Baseline baseline = Baseline.NONE;
    if (Files.exists(baselineFile(folder))) {
      BaselineFile file = Schemas.BASELINE.read(folder, baselineFile(folder), BaselineFile.class);
      try {
        baseline = new Baseline(file.entries());
      } catch (IllegalArgumentException e) {
        throw new IOException("raw/baseline.json: " + e.getMessage(), e);
      }
    }
    return new Contents(folder, run, results, baseline);
  }

  /** What the gates look at. */
  Evidence evidence() throws IOException {
    Map<Suite, String> problems = new EnumMap<>(Suite.class);
    for (Suite suite : results.keySet()) {
      SuiteSeal.problem(folder, run, suite).ifPresent(text -> problems.put(suite, text));
    }
    return new Evidence(run, results, problems, shippedDigests(), baseline, kept());
  }

  private KeptReproducers kept() throws IOException {
    Path file = folder.raw().resolve(KEPT);
    return Files.exists(file) ? Json.read(file, KeptReproducers.class) : KeptReproducers.NONE;
  }

  /** What the reports tell. */
  Reported reported(DecisionRecord decided, String keyId, boolean selfSigned) throws IOException {
    List<Manifest.Entry> files =
        Manifest.of(folder.root(), run.runId()).files().stream()
            .filter(entry -> !Reports.isReport(entry.path()))
            .toList();
    return new Reported(folder, run, results, decided, files, keyId, selfSigned);
  }

  /** The jars the supply-chain suite recorded, {@code raw/supply-chain/subjects.json}. */
  private Set<String> shippedDigests() throws IOException {
    Path file = folder.raw(Suite.SUPPLY_CHAIN).resolve("subjects.json");
    Set<String> digests = new HashSet<>();
    if (Files.exists(file)) {
      for (JsonNode subject : Json.read(file, JsonNode.class).path("subjects")) {
        digests.add(subject.path("sha256").asString(""));
      }
    }
    return digests;
  }
}
