package dev.plumbline.evidence.model;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Turns the raw observations of one suite into its result. Pure: no clock, no socket, no state; the
 * same files give the same result on any machine. A run writes what its judge returns, and offline
 * verification calls the same judge again.
 */
public interface Judge {
  /** The suite whose raw folder this judge reads. */
  Suite suite();

  /**
   * Judges the suite's raw folder.
   *
   * @param raw the folder {@code raw/<suite>}
   * @throws IOException when a file is missing, truncated or malformed; the message names it
   */
  SuiteResult judge(Path raw) throws IOException;
}
