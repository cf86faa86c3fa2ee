package dev.plumbline.evidence.bundle;

import dev.plumbline.evidence.bundle.gate.Baseline;
import dev.plumbline.evidence.bundle.sign.Digests;
import dev.plumbline.evidence.bundle.sign.SigningKey;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Judge;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A small real run: raw files, judges that read nothing else, seals, and a sealed bundle. Each
 * suite's raw folder holds one file {@code observations.json}, an object from check id to what was
 * seen: {@code kept}, {@code broken} or {@code nothing}.
 */
final class ToyRun {
  static final Instant STARTED = Instant.parse("2026-11-21T10:12:03Z");
  static final Instant ENDED = Instant.parse("2026-11-21T10:12:52Z");
  static final Instant DECIDED = Instant.parse("2026-11-21T10:12:53Z");
  static final String RUN_ID = "2026-11-21T10-12-03";
  static final RunSettings SETTINGS =
      new RunSettings(Profile.QUICK, 0x7f3a, Consent.READ_ONLY, true);
  static final TargetIdentity TARGET =
      new TargetIdentity(
          TargetIdentity.Kind.URL,
          "http://127.0.0.1:8931/mcp",
          "toy-server",
          "2.3.1",
          List.of("2025-11-25"),
          List.of(Transport.HTTP),
          Map.of());
  static final List<Suite> SUITES =
      List.of(Suite.CONFORMANCE, Suite.CHAOS, Suite.PERF, Suite.SUPPLY_CHAIN);

  /** The id of the only check of a suite that is not conformance. */
  static final Map<Suite, String> CHECKS =
      Map.of(Suite.CHAOS, "FM-07", Suite.PERF, "SLO-TOOLS-CALL", Suite.SUPPLY_CHAIN, "SBOM-001");

  final RunFolder folder;
  final SigningKey key;
  TargetIdentity target = TARGET;
  boolean complete = true;

  ToyRun(Path root, SigningKey key) {
    this.folder = new RunFolder(root);
    this.key = key;
  }

  static List<Judge> judges() {
    return SUITES.stream().<Judge>map(ToyJudge::new).toList();
  }

  /** A run in which everything was kept, sealed. */
  static ToyRun good(Path root, SigningKey key) throws IOException {
    ToyRun run = new ToyRun(root, key);
    run.observe(
        Suite.CONFORMANCE, Map.of("TOOL-001", "kept", "TOOL-002", "kept", "JRPC-001", "kept"));
    run.built(run.bill(), "0".repeat(40));
    for (Suite suite : List.of(Suite.CHAOS, Suite.PERF, Suite.SUPPLY_CHAIN)) {
      run.observe(suite, Map.of(CHECKS.get(suite), "kept"));
    }
    run.seal();
    return run;
  }

  /** Writes the raw data of a suite and its seal. */
  void observe(Suite suite, Map<String, String> observations) throws IOException {
    Files.createDirectories(folder.raw(suite));
    Json.write(
        folder.raw(suite).resolve("observations.json"), new java.util.TreeMap<>(observations));
    SuiteSeal.write(folder, suite, RUN_ID, SETTINGS, target, ENDED);
  }

  /** A bill of materials with one jar of ours and one library, and the list of both. */
  String bill() throws IOException {
    Path raw = Files.createDirectories(folder.raw(Suite.SUPPLY_CHAIN));
    String bill =
        """
        {"metadata": {"component": {"group": "dev.plumbline"}}, "components": [
          {"group": "dev.plumbline", "name": "toy", "purl": "pkg:maven/dev.plumbline/toy@1?type=jar",
           "hashes": [{"alg": "SHA-256", "content": "%s"}]},
          {"group": "org.example", "name": "library", "purl": "pkg:maven/org.example/library@2?type=jar",
           "hashes": [{"alg": "SHA-1", "content": "x"}, {"alg": "SHA-256", "content": "%s"}]}]}
        """
            .formatted("a".repeat(64), "b".repeat(64));
    Files.writeString(raw.resolve("bom.json"), bill);
    Files.writeString(
        raw.resolve("subjects.json"),
        """
        {"subjects": [{"folder": "dist", "file": "library-2.jar", "sha256": "%s"},
          {"folder": "dist", "file": "toy-1.jar", "sha256": "%s"}]}
        """
            .formatted("b".repeat(64), "a".repeat(64)));
    return Digests.sha256(raw.resolve("bom.json"));
  }

  /** Who built it. */
  void built(String bomSha256, String commit) throws IOException {
    Files.writeString(
        Files.createDirectories(folder.raw(Suite.SUPPLY_CHAIN)).resolve("build.json"),
        """
        {"schema": "plumbline/build/v1", "builder": "urn:plumbline:builder:toy", "commit": "%s",
         "tree": "clean", "started": "2026-11-21T09:00:00Z", "finished": "2026-11-21T09:01:00Z",
         "java": "25.0.1 Toy", "maven": "3.9.9", "bomSha256": "%s"}
        """
            .formatted(commit, bomSha256));
  }

  RunManifest manifest() {
    return new RunManifest(
        RunManifest.SCHEMA,
        RUN_ID,
        "0.1.0",
        STARTED,
        ENDED,
        complete,
        SETTINGS,
        target,
        SUITES,
        complete
            ? Map.of("gatling", "profile quick")
            : Map.of("perf", "interrupted", "supply-chain", "interrupted"),
        Map.of("os", "Linux", "cpus", "2"));
  }

  /** Judges whatever was observed and seals the bundle. */
  Sealed seal() throws IOException {
    return seal(Baseline.NONE);
  }

  Sealed seal(Baseline baseline) throws IOException {
    List<SuiteResult> results = new ArrayList<>();
    for (Judge judge : judges()) {
      if (Files.exists(folder.raw(judge.suite()))) {
        results.add(judge.judge(folder.raw(judge.suite())));
      }
    }
    return seal(results, baseline);
  }

  Sealed seal(List<SuiteResult> results, Baseline baseline) throws IOException {
    return Bundle.seal(folder, manifest(), results, baseline, key, DECIDED);
  }

  Path root() {
    return folder.root();
  }

  /** Judges {@code observations.json}. */
  private record ToyJudge(Suite suite) implements Judge {
    @Override
    public SuiteResult judge(Path raw) throws IOException {
      List<CheckResult> checks = new ArrayList<>();
      for (var entry : Json.read(raw.resolve("observations.json"), JsonNode.class).properties()) {
        checks.add(check(entry.getKey(), entry.getValue().asString()));
      }
      return new SuiteResult(suite, checks, Map.of("backend", "toy"));
    }

    private CheckResult check(String id, String seen) {
      Verdict verdict =
          switch (seen) {
            case "kept" -> new Verdict.Pass(3);
            case "nothing" -> new Verdict.NotObserved("no occasion arose");
            case "inapplicable" -> new Verdict.NotApplicable("consent load");
            case "fault" -> new Verdict.HarnessFault("the proxy died");
            default -> new Verdict.Fail(finding(id, seen));
          };
      return new CheckResult(
          id,
          "the toy keeps " + id,
          Level.MUST,
          Era.HANDSHAKE,
          Transport.HTTP,
          "2025-11-25/server/tools#error-handling",
          verdict,
          measurements(),
          List.of("raw/" + suite.id() + "/observations.json"));
    }

    private List<Measurement> measurements() {
      return switch (suite) {
        case CHAOS ->
            List.of(
                Measurement.atLeast("witnessed", 1, "1", 1, 1),
                Measurement.atLeast("healed", 1, "1", 1, 1),
                Measurement.atMost("recovery time", 1.2, "s", 5, 1));
        case PERF ->
            List.of(
                Measurement.atMost("generator lateness p99", 0.2, "ms", 1, 1000),
                Measurement.atMost("latency p99", 6.1, "ms", 10, 1000));
        case CONFORMANCE, RELIABILITY, SUPPLY_CHAIN, REFEREE, INTEROP, MUTANTS, BENCHMARKS ->
            List.of();
      };
    }

    private Finding finding(String id, String seen) {
      return new Finding(
          id + " is broken",
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}",
          seen,
          "an error",
          "a result",
          "answer with an error",
          List.of("raw/" + suite.id() + "/observations.json#" + id));
    }
  }
}
