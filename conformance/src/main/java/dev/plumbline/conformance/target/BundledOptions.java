package dev.plumbline.conformance.target;

import dev.plumbline.evidence.model.Transport;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How to start the bundled server.
 *
 * @param mutant the planted defect, or empty for the server as it is
 * @param jvmArguments arguments for the server's JVM, before the main class
 * @param transports what it is asked to offer
 * @param fixture whether it offers what the official suite asks for, too
 */
public record BundledOptions(
    Optional<String> mutant,
    List<String> jvmArguments,
    Set<Transport> transports,
    boolean fixture) {
  private static final Set<Transport> USUAL = Set.of(Transport.HTTP, Transport.STDIO);

  /** Copies the collections. */
  public BundledOptions {
    jvmArguments = List.copyOf(jvmArguments);
    transports = Set.copyOf(transports);
  }

  /** The server as it is, over HTTP/1.1 and stdio. */
  public static BundledOptions plain() {
    return new BundledOptions(Optional.empty(), List.of(), USUAL, false);
  }

  /** With one planted defect, over HTTP/1.1 and stdio. */
  public static BundledOptions mutant(String name) {
    return new BundledOptions(Optional.of(name), List.of(), USUAL, false);
  }

  /** A copy that offers every transport there is. */
  public BundledOptions everywhere() {
    return new BundledOptions(mutant, jvmArguments, Set.of(Transport.values()), fixture);
  }

  /** A copy that also offers what the official suite asks for. */
  public BundledOptions withFixture() {
    return new BundledOptions(mutant, jvmArguments, transports, true);
  }
}
