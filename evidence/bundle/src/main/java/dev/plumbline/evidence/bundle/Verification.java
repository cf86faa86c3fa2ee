package dev.plumbline.evidence.bundle;

import dev.plumbline.evidence.bundle.gate.Decision;

/** What checking a bundle offline found. */
public sealed interface Verification {

  /**
   * Everything holds: nothing changed since sealing, and the decision follows from the raw data.
   *
   * @param decision the decision the bundle carries; acceptance does not make it a GO
   * @param complete false when the bundle is of a run that was cut short
   * @param runId the run
   * @param files how many files were checked
   * @param keyId the key that signed it
   * @param selfSigned whether the key was made for the run: then nothing is known about the signer
   */
  record Accepted(
      Decision decision,
      boolean complete,
      String runId,
      int files,
      String keyId,
      boolean selfSigned)
      implements Verification {}

  /**
   * Something does not hold.
   *
   * @param reason the first thing that does not, one line that begins with the file concerned
   */
  record Rejected(String reason) implements Verification {}
}
