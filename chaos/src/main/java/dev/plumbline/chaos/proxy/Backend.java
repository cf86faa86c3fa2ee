package dev.plumbline.chaos.proxy;

import dev.plumbline.evidence.model.Names;

/**
 * Which fault proxy ran and how it was found.
 *
 * @param kind how it was found
 * @param version what it says its version is
 * @param detail where it is: an address, a path, an image
 */
public record Backend(Kind kind, String version, String detail) {

  /** How a fault proxy is found, in the order of preference. */
  public enum Kind {
    /** A real Toxiproxy whose address was given. */
    ADDRESS,
    /** A real {@code toxiproxy-server} found on the PATH and started. */
    PATH,
    /** A real Toxiproxy in a container that was started. */
    CONTAINER,
    /** The one inside Plumbline. */
    EMBEDDED;

    /** The name in files and on the command line. */
    public String id() {
      return Names.toId(this);
    }
  }

  /** One line for people and for the evidence. */
  @Override
  public String toString() {
    return switch (kind) {
      case ADDRESS -> "toxiproxy " + version + " at " + detail;
      case PATH -> "toxiproxy " + version + " from " + detail;
      case CONTAINER -> "toxiproxy " + version + " in a container of " + detail;
      case EMBEDDED -> "embedded (" + version + ")";
    };
  }
}
