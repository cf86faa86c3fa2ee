package dev.plumbline.server.client;

/** Which era a client speaks with a server. */
public enum EraPreference {
  /**
   * Stateless where the server knows it, otherwise the handshake (2026-07-28 basic/versioning,
   * compatibility).
   */
  AUTO,
  /** Begin with initialize; the server's answer decides the revision. */
  HANDSHAKE,
  /** Revision 2026-07-28 or nothing. */
  STATELESS
}
