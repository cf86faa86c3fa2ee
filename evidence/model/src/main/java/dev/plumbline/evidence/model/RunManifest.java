package dev.plumbline.evidence.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was run, on what, when and by what: {@code run.json} in the run folder.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param runId the run folder's name
 * @param harness Plumbline's version
 * @param started when the run began
 * @param ended when the last suite ended
 * @param complete false when the run was cut short (interrupted, harness fault)
 * @param settings the user's decisions
 * @param target who was judged
 * @param suites the suites that were asked for, in order of running
 * @param notRun what was not run and why, by name, for example {@code gatling → profile quick}
 * @param environment machine and runtime: os, cpus, memory, java; sorted by key
 */
public record RunManifest(
    String schema,
    String runId,
    String harness,
    Instant started,
    Instant ended,
    boolean complete,
    RunSettings settings,
    TargetIdentity target,
    List<Suite> suites,
    Map<String, String> notRun,
    Map<String, String> environment) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/run/v1";

  /** The name in {@link #notRun} of the clauses that a selection leaves out. */
  public static final String OTHER_CLAUSES = "other clauses";

  /** The name in {@link #notRun} of the failure modes that a selection leaves out. */
  public static final String OTHER_MODES = "other failure modes";

  /** Copies the collections. */
  public RunManifest {
    suites = List.copyOf(suites);
    notRun = java.util.Collections.unmodifiableMap(new TreeMap<>(notRun));
    environment = java.util.Collections.unmodifiableMap(new TreeMap<>(environment));
  }
}
