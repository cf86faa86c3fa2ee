package dev.plumbline.server.registry;

import java.util.Locale;

/** Why something is not there any more. */
public enum Reason {
  /** Somebody asked for it. */
  ASKED,
  /** It was done. */
  FINISHED,
  /** Its time had passed. */
  TIMED_OUT,
  /** Another took its place. */
  REPLACED,
  /** Whoever owned it ended. */
  OWNER_ENDED,
  /** An operator killed it. */
  KILLED,
  /** An operator drained it. */
  DRAINED,
  /** The wire it lived on is gone. */
  DISCONNECTED,
  /** It could not be stored, and nobody was told of it. */
  UNSTORED,
  /** Another process has it, or ended it. */
  ELSEWHERE,
  /** The server stops. */
  SERVER_STOPS,
  /** Nobody had disposed of it after its owner's end. */
  LEAKED;

  /** The name in JSON. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
