package dev.plumbline.perf.flood;

/** What became of one request. Exactly one for each request that was due. */
public enum Fate {
  /** The right answer. */
  ANSWERED("answered"),
  /** Refused in the form a server under overload owes: status 429 and a time to wait. */
  REFUSED("refused"),
  /** Answered with anything else. */
  WRONG("answered wrongly"),
  /** No complete answer within the deadline. */
  TIMED_OUT("no answer within the deadline"),
  /** The connection ended before the answer. */
  CLOSED("connection closed before the answer"),
  /** No connection came free within the deadline. */
  NOT_SENT("not sent: no connection came free");

  private final String meaning;

  Fate(String meaning) {
    this.meaning = meaning;
  }

  /** The fate in words. */
  public String meaning() {
    return meaning;
  }
}
