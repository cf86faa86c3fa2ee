package dev.plumbline.evidence.model;

import java.nio.file.Path;

/**
 * The layout of {@code plumbline-out/<run-id>/}, in one place.
 *
 * @param root the run folder
 */
public record RunFolder(Path root) {

  /** Raw observations of all suites. */
  public Path raw() {
    return root.resolve("raw");
  }

  /** Raw observations of one suite. */
  public Path raw(Suite suite) {
    return raw().resolve(suite.id());
  }

  /** What the judges concluded. */
  public Path results() {
    return root.resolve("results");
  }

  /** What one suite's judge concluded. */
  public Path result(Suite suite) {
    return results().resolve(suite.id() + ".json");
  }

  /** The {@link RunManifest}. */
  public Path run() {
    return root.resolve("run.json");
  }

  /** The gates' outcome and the decision. */
  public Path decision() {
    return results().resolve("decision.json");
  }

  /** Digest and size of every file but itself and the attestations. */
  public Path manifest() {
    return root.resolve("manifest.json");
  }

  /** Signed statements. */
  public Path attestations() {
    return root.resolve("attestations");
  }
}
