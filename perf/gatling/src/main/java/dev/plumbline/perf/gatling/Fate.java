package dev.plumbline.perf.gatling;

/** What became of one call under overload. */
enum Fate {
  /** The right answer. */
  ANSWERED,
  /** Refused in the form a server owes. */
  REFUSED,
  /** Answered with anything else. */
  WRONG,
  /** No answer: no connection, closed, or too late. */
  LOST
}
