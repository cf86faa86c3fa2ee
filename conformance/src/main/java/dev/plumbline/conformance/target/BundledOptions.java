package dev.plumbline.conformance.target;

import java.util.List;
import java.util.Optional;

/**
 * How to start the bundled server.
 *
 * @param mutant the planted defect, or empty for the server as it is
 * @param jvmArguments arguments for the server's JVM, before the main class
 */
public record BundledOptions(Optional<String> mutant, List<String> jvmArguments) {
  /** Copies the list. */
  public BundledOptions {
    jvmArguments = List.copyOf(jvmArguments);
  }

  /** The server as it is. */
  public static BundledOptions plain() {
    return new BundledOptions(Optional.empty(), List.of());
  }

  /** A copy with one planted defect. */
  public static BundledOptions mutant(String name) {
    return new BundledOptions(Optional.of(name), List.of());
  }
}
