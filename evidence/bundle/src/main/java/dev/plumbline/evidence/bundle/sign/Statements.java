package dev.plumbline.evidence.bundle.sign;

import dev.plumbline.evidence.bundle.gate.Decision;
import dev.plumbline.evidence.bundle.gate.DecisionRecord;
import dev.plumbline.evidence.bundle.gate.GateOutcome.State;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Verdict;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What gets signed: two in-toto statements (Statement v1) about the target. The first is a
 * verification summary (SLSA VSA v1): PASSED or FAILED, under which policy, from which evidence.
 * The second projects the checks to the test-result predicate (v0.1). Both are pure functions of
 * run, results, decision and the manifest's digest, so verification writes them again and compares.
 */
public final class Statements {
  /** The predicate type of the verdict. */
  public static final String VERIFICATION_SUMMARY = "https://slsa.dev/verification_summary/v1";

  /** The predicate type of the list of checks. */
  public static final String TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1";

  private static final String STATEMENT = "https://in-toto.io/Statement/v1";
  private static final String VERIFIER = "pkg:maven/dev.plumbline/evidence-bundle";

  private Statements() {}

  /**
   * The verdict as a verification summary.
   *
   * @param manifestDigest SHA-256 of {@code manifest.json}, the one input everything hangs on
   * @param selfSigned whether the key was made for this run
   * @param time when the decision was made
   */
  public static String verdict(
      RunManifest run,
      DecisionRecord decided,
      String manifestDigest,
      boolean selfSigned,
      Instant time) {
    boolean go = decided.decision() instanceof Decision.Go;
    Map<String, Object> predicate = new LinkedHashMap<>();
    predicate.put(
        "verifier", ordered("id", VERIFIER, "version", ordered("plumbline", run.harness())));
    predicate.put("timeVerified", time.toString());
    predicate.put("resourceUri", resource(run.target()));
    predicate.put(
        "policy",
        ordered(
            "uri",
            VERIFIER + "#" + decided.policy().schema(),
            "digest",
            digest(policyDigest(decided))));
    predicate.put(
        "inputAttestations",
        List.of(ordered("uri", Manifest.FILE, "digest", digest(manifestDigest))));
    predicate.put("verificationResult", go ? "PASSED" : "FAILED");
    predicate.put(
        "verifiedLevels", List.of(go ? "PLUMBLINE_GO_" + run.settings().profile() : "FAILED"));
    predicate.put("plumbline", ownFields(run, decided, selfSigned));
    return statement(subjects(run.target()), VERIFICATION_SUMMARY, predicate);
  }

  /** Says what was evaluated and what was not: a signed pass must not claim more than was seen. */
  private static Map<String, Object> ownFields(
      RunManifest run, DecisionRecord decided, boolean selfSigned) {
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("runId", run.runId());
    own.put("decision", decided.decision().word());
    own.put("reasons", decided.decision().why());
    own.put("complete", run.complete());
    own.put("profile", run.settings().profile().id());
    own.put("seed", run.settings().seedText());
    own.put("evaluated", gates(decided, true));
    own.put("notEvaluated", gates(decided, false));
    own.put("selfSigned", selfSigned);
    own.put(
        "signature",
        selfSigned
            ? "self-signed: the key was made for this run and says nothing about who signed"
            : "signed with a key given to Plumbline");
    return own;
  }

  private static List<String> gates(DecisionRecord decided, boolean evaluated) {
    return decided.gates().stream()
        .filter(gate -> (gate.state() != State.NOT_EVALUATED) == evaluated)
        .map(gate -> gate.id() + " " + gate.title())
        .toList();
  }

  /**
   * The checks as a test result; what was not observed is in neither list (absence is no claim).
   */
  public static String testResult(
      RunManifest run, Collection<SuiteResult> results, DecisionRecord decided, String runDigest) {
    List<String> passed = new ArrayList<>();
    List<String> warned = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (SuiteResult result : results) {
      for (CheckResult check : result.checks()) {
        if (check.verdict() instanceof Verdict.Pass) {
          passed.add(name(check));
        } else if (check.verdict() instanceof Verdict.Fail) {
          boolean accepted =
              decided.accepted().stream().anyMatch(line -> line.startsWith(check.id() + ":"));
          (check.level().isMandatory() && !accepted ? failed : warned).add(name(check));
        }
      }
    }
    boolean go = decided.decision() instanceof Decision.Go;
    Map<String, Object> predicate = new LinkedHashMap<>();
    predicate.put("result", !go ? "FAILED" : warned.isEmpty() ? "PASSED" : "WARNED");
    predicate.put(
        "configuration",
        List.of(
            ordered("name", "run.json", "digest", digest(runDigest)),
            ordered("name", "policy", "digest", digest(policyDigest(decided)))));
    predicate.put("passedTests", passed);
    predicate.put("warnedTests", warned);
    predicate.put("failedTests", failed);
    return statement(subjects(run.target()), TEST_RESULT, predicate);
  }

  private static String name(CheckResult check) {
    return check.transport() == null ? check.id() : check.id() + "@" + check.transport().id();
  }

  private static String policyDigest(DecisionRecord decided) {
    return Digests.sha256(Json.write(decided.policy()).getBytes(StandardCharsets.UTF_8));
  }

  static String statement(
      List<Map<String, Object>> subjects, String type, Map<String, Object> predicate) {
    return Json.write(
        ordered(
            "_type",
            STATEMENT,
            "subject",
            subjects,
            "predicateType",
            type,
            "predicate",
            predicate));
  }

  /** The files that were started; for a URL, or when none is known, the identity itself. */
  private static List<Map<String, Object>> subjects(TargetIdentity target) {
    if (target.digests().isEmpty()) {
      return List.of(ordered("name", target.address(), "digest", digest(identityDigest(target))));
    }
    return new TreeMap<>(target.digests())
        .entrySet().stream()
            .map(file -> ordered("name", file.getKey(), "digest", digest(file.getValue())))
            .toList();
  }

  /**
   * SHA-256 of the canonical identity of a target that cannot be digested: the JSON of kind,
   * address, name and version, in this order, as {@link Json#write} writes it.
   */
  public static String identityDigest(TargetIdentity target) {
    Map<String, Object> identity =
        ordered(
            "kind", target.kind().name().toLowerCase(Locale.ROOT),
            "address", target.address(),
            "name", target.name(),
            "version", target.version());
    return Digests.sha256(Json.write(identity).getBytes(StandardCharsets.UTF_8));
  }

  private static String resource(TargetIdentity target) {
    return target.kind() == TargetIdentity.Kind.URL
        ? target.address()
        : "pkg:generic/" + encode(target.name()) + "@" + encode(target.version());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static Map<String, Object> digest(String sha256) {
    return ordered("sha256", sha256);
  }

  static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
