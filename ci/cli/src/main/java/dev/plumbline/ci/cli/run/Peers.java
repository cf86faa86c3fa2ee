package dev.plumbline.ci.cli.run;

import dev.plumbline.conformance.referee.RefereeOptions;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Software made by others that takes part in judging the bundled server.
 *
 * @param referee the installed official suite
 * @param interop the folder with a table of interoperability
 */
public record Peers(Optional<RefereeOptions> referee, Optional<Path> interop) {
  /** Nobody. */
  public static final Peers NONE = new Peers(Optional.empty(), Optional.empty());
}
