package dev.plumbline.conformance.ledger;

/** Whom a clause binds. */
public enum Actor {
  SERVER,
  CLIENT
}
