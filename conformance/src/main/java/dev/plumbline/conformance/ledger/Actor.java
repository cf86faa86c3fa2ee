package dev.plumbline.conformance.ledger;

/** Whom a clause binds. */
public enum Actor {
  SERVER,
  CLIENT,
  /** Client and server alike; a server is judged on its half. */
  BOTH,
  /** The application around the client, with its user interface. */
  HOST,
  /** Who issues the tokens; often neither the server nor part of it. */
  AUTHORIZATION_SERVER,
  /** A proxy or gateway between client and server. */
  INTERMEDIARY
}
