package dev.plumbline.conformance.probe;

import java.util.Set;

/**
 * What the user tells about the target.
 *
 * @param readOnlyTools names of tools that change nothing though they do not say so
 * @param seed the source of generated arguments
 */
public record ProbeOptions(Set<String> readOnlyTools, long seed) {
  /** Copies the set. */
  public ProbeOptions {
    readOnlyTools = Set.copyOf(readOnlyTools);
  }

  /** Nothing told. */
  public static ProbeOptions none() {
    return new ProbeOptions(Set.of(), 0);
  }
}
