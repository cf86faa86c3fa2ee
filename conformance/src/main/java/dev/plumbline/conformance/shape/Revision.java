package dev.plumbline.conformance.shape;

/** The revisions by name. */
final class Revision {
  static final String R2024_11_05 = "2024-11-05";
  static final String R2025_03_26 = "2025-03-26";
  static final String R2025_06_18 = "2025-06-18";
  static final String R2025_11_25 = "2025-11-25";
  static final String R2026_07_28 = "2026-07-28";

  static final String FIRST = R2024_11_05;
  static final String LAST = R2026_07_28;

  /** The last one that opens with a handshake. */
  static final String LAST_HANDSHAKE = R2025_11_25;

  private Revision() {}
}
