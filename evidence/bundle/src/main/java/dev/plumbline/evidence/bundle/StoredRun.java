package dev.plumbline.evidence.bundle;

import dev.plumbline.evidence.bundle.gate.Baseline;
import dev.plumbline.evidence.bundle.gate.DecisionRecord;
import dev.plumbline.evidence.model.RunFolder;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run that ended some time ago, as its folder tells it. Whether that is true is for the {@link
 * Verifier} to say.
 *
 * @param folder where it lies
 * @param run what was run
 * @param results what the judges concluded, by suite
 * @param decided the decision and everything it follows from
 * @param baseline what was accepted
 */
public record StoredRun(
    RunFolder folder,
    RunManifest run,
    Map<Suite, SuiteResult> results,
    DecisionRecord decided,
    Baseline baseline) {
  /** Copies the map. */
  public StoredRun {
    results = Collections.unmodifiableMap(new TreeMap<>(results));
  }

  /**
   * Reads a run folder.
   *
   * @throws IOException when a file is missing or does not have the form it must have; names it
   */
  public static StoredRun read(Path root) throws IOException {
    RunFolder folder = new RunFolder(root);
    Contents contents = Contents.read(folder);
    DecisionRecord decided = Schemas.DECISION.read(folder, folder.decision(), DecisionRecord.class);
    return new StoredRun(folder, contents.run(), contents.results(), decided, contents.baseline());
  }
}
