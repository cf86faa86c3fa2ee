package dev.plumbline.server.observe;

import java.util.Locale;

/** What became of a request, in few words: a label of metrics. */
public enum Outcome {
  /** A result. */
  OK,
  /** A refusal that the client can avoid. */
  CLIENT_ERROR,
  /** A failure or a deadline of ours. */
  SERVER_ERROR,
  /** Shed by a limit, or because the server stops. */
  REFUSED,
  /** Nobody waits for it any more. */
  CANCELLED;

  /** The value of the label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
