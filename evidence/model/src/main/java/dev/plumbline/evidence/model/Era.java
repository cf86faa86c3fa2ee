package dev.plumbline.evidence.model;

/**
 * The two shapes of the Model Context Protocol: {@code HANDSHAKE} covers the revisions up to
 * 2025-11-25, which open with {@code initialize}; {@code STATELESS} is 2026-07-28, where every
 * request stands alone.
 */
public enum Era {
  HANDSHAKE("2025-11-25"),
  STATELESS("2026-07-28");

  private final String revision;

  Era(String revision) {
    this.revision = revision;
  }

  /** The newest protocol revision of this era, as it is written on the wire. */
  public String revision() {
    return revision;
  }

  /** The name in files. */
  public String id() {
    return Names.toId(this);
  }
}
