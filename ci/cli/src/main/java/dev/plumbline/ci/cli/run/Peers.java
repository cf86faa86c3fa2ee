package dev.plumbline.ci.cli.run;

import dev.plumbline.conformance.referee.RefereeOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What takes part in judging the bundled server beside our own suites.
 *
 * @param referee the installed official suite
 * @param interop the folder with a table of interoperability
 * @param mutants the folder with a kill matrix
 * @param benchmarks the folder with a table of benchmarks
 */
public record Peers(
    Optional<RefereeOptions> referee,
    Optional<Path> interop,
    Optional<Path> mutants,
    Optional<Path> benchmarks) {
  /** Nobody. */
  public static final Peers NONE =
      new Peers(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
