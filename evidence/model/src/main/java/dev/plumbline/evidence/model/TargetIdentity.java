package dev.plumbline.evidence.model;

import java.util.List;

/**
 * Who was judged: the subject of every statement Plumbline signs.
 *
 * @param kind how the target is reached
 * @param address the URL, or the command line joined by spaces; credentials are never part of it
 * @param name what the server calls itself, or {@code unknown}
 * @param version the version the server states, or {@code unknown}
 * @param revisions protocol revisions it was seen to speak, newest first
 * @param transports what it was reached over
 * @param digests SHA-256 in hex of what was started (jars of the bundled server, the resolved
 *     executable of a command), by file name; empty for a URL
 */
public record TargetIdentity(
    Kind kind,
    String address,
    String name,
    String version,
    List<String> revisions,
    List<Transport> transports,
    java.util.Map<String, String> digests) {

  /** How a target is reached. */
  public enum Kind {
    URL,
    COMMAND,
    BUNDLED
  }

  /** Copies the collections. */
  public TargetIdentity {
    revisions = List.copyOf(revisions);
    transports = List.copyOf(transports);
    digests = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(digests));
  }
}
