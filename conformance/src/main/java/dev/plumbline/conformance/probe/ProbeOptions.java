package dev.plumbline.conformance.probe;

import java.util.Optional;
import java.util.Set;

/**
 * What the user tells about the target.
 *
 * @param readOnlyTools names of tools that change nothing though they do not say so
 * @param seed the source of generated arguments
 * @param revision which revision of the handshake era is asked for; empty for the newest
 */
public record ProbeOptions(Set<String> readOnlyTools, long seed, Optional<String> revision) {
  /** Copies the set. */
  public ProbeOptions {
    readOnlyTools = Set.copyOf(readOnlyTools);
  }

  /** The newest revision is asked for. */
  public ProbeOptions(Set<String> readOnlyTools, long seed) {
    this(readOnlyTools, seed, Optional.empty());
  }

  /** Nothing told. */
  public static ProbeOptions none() {
    return new ProbeOptions(Set.of(), 0);
  }

  /** A copy that asks for this revision of the handshake era. */
  public ProbeOptions asking(String wanted) {
    return new ProbeOptions(readOnlyTools, seed, Optional.of(wanted));
  }
}
