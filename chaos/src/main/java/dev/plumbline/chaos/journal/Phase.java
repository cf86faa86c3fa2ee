package dev.plumbline.chaos.journal;

/** Where in the experiment something happened. */
public enum Phase {
  /** No fault was injected yet. */
  BEFORE,
  /** A fault is in force. */
  DURING,
  /** The fault was healed. */
  AFTER
}
