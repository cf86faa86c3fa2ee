package dev.plumbline.evidence.bundle;

import dev.plumbline.evidence.bundle.gate.Decision;
import dev.plumbline.evidence.bundle.gate.DecisionRecord;
import dev.plumbline.evidence.model.RunFolder;
import java.nio.file.Path;

/**
 * A bundle that has just been sealed.
 *
 * @param folder where it lies
 * @param record the decision and everything it follows from
 * @param keyId the key that signed it
 * @param selfSigned whether that key was made for this run
 * @param files how many files the manifest lists
 */
public record Sealed(
    RunFolder folder, DecisionRecord record, String keyId, boolean selfSigned, int files) {

  /** The outcome. */
  public Decision decision() {
    return record.decision();
  }

  /** The page for people. */
  public Path report() {
    return folder.root().resolve("report.html");
  }
}
