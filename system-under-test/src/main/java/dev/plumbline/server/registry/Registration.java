package dev.plumbline.server.registry;

/** What came of an attempt to register. */
public enum Registration {
  /** It is registered. */
  DONE,
  /** The key is taken. */
  TAKEN,
  /** There are as many entries of this type as there may be. */
  FULL,
  /** The owner has ended: nothing can belong to it any more. */
  OWNER_ENDED
}
