package dev.plumbline.evidence.bundle.release;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.plumbline.evidence.bundle.gate.Decision;
import dev.plumbline.evidence.bundle.gate.DecisionRecord;
import dev.plumbline.evidence.model.RunFolder;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.TargetIdentity;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a run says about a release: {@code release.json}. A pure function of the bundle, for any
 * server; what was not run is said to be not run, and has no value.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param version the version that the server states
 * @param releaseDate the day of the run, in UTC
 * @param run the run it is from
 * @param subject who was judged
 * @param harness Plumbline's version
 * @param decision what the gates decided
 * @param evidence every figure by subject and name
 * @param named the values that are asked for by name: met, not met or not attempted
 * @param security counters of attacks, and the checklist
 * @param sbom what is known of what ships
 * @param testCoverage how much of the code its own tests reach
 * @param workstreams the ten workstreams; null unless the bundled server's reliability was measured
 * @param artefacts where in the bundle each file lies that a release is asked for
 * @param warnings what does not object, and what was not looked at
 */
public record Release(
    String schema,
    String version,
    @JsonProperty("release_date") String releaseDate,
    String run,
    Subject subject,
    String harness,
    Outcome decision,
    Map<String, Map<String, Metric>> evidence,
    Map<String, Metric> named,
    Security security,
    Shipped sbom,
    @JsonProperty("test_coverage") Coverage testCoverage,
    @Nullable Workstreams workstreams,
    List<Artefact> artefacts,
    List<Warning> warnings) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/release-evidence/v1";

  /**
   * Who was judged.
   *
   * @param name what it calls itself
   * @param kind how it was reached
   * @param address where
   */
  public record Subject(String name, TargetIdentity.Kind kind, String address) {}

  /**
   * What was decided.
   *
   * @param word {@code GO}, {@code NO-GO}, …
   * @param reasons why not GO; empty for GO
   */
  public record Outcome(String word, List<String> reasons) {
    static Outcome of(Decision decision) {
      return new Outcome(decision.word(), decision.why());
    }
  }

  /**
   * The server under attack.
   *
   * @param counters how many attacks of each kind were blocked, and how many were not
   * @param owasp the checklist
   */
  public record Security(Map<String, Metric> counters, List<Owasp> owasp) {}

  /** Copies the collections. */
  public Release {
    evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
    named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
    artefacts = List.copyOf(artefacts);
    warnings = List.copyOf(warnings);
  }

  /**
   * What the bundle in a folder says.
   *
   * @throws IOException when raw data that a value is counted from cannot be read
   */
  public static Release of(
      RunFolder folder, RunManifest run, Map<Suite, SuiteResult> results, DecisionRecord decided)
      throws IOException {
    Outcomes outcomes = new Outcomes(run, results, decided);
    Map<String, Map<String, Metric>> evidence = new LinkedHashMap<>();
    Figures.of(outcomes).forEach((section, metrics) -> evidence.put(section.id(), metrics));
    Map<String, Metric> named = NamedValues.asked(outcomes, folder.raw());
    TargetIdentity target = run.target();
    return new Release(
        SCHEMA,
        target.version(),
        run.started().atZone(ZoneOffset.UTC).toLocalDate().toString(),
        run.runId(),
        new Subject(target.name(), target.kind(), target.address()),
        run.harness(),
        Outcome.of(decided.decision()),
        evidence,
        named,
        new Security(NamedValues.counters(outcomes), Owasp.of(outcomes)),
        Shipped.of(outcomes),
        Coverage.of(outcomes),
        isOurs(run, results) ? Workstreams.of(outcomes, named) : null,
        Artefact.of(folder, results.keySet()),
        Warning.of(outcomes));
  }

  /** The checks and gates that tables of a release name; a test holds them to those there are. */
  public static Set<String> checks() {
    Set<String> all = new TreeSet<>(NamedValues.checks());
    all.addAll(Workstreams.named());
    all.addAll(Owasp.named());
    all.addAll(Shipped.checks());
    return all;
  }

  private static boolean isOurs(RunManifest run, Map<Suite, SuiteResult> results) {
    return run.target().kind() == TargetIdentity.Kind.BUNDLED
        && results.containsKey(Suite.RELIABILITY);
  }
}
