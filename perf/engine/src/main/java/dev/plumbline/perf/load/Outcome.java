package dev.plumbline.perf.load;

/** How a request ended. Exactly one for each request that was due. */
public enum Outcome {
  /** The right answer. */
  OK("the right answer"),
  /** No connection could be made. */
  CONNECT_FAILED("no connection"),
  /** No complete answer within the deadline. */
  TIMED_OUT("no answer within the deadline"),
  /** The connection or the process ended before the answer. */
  CLOSED("connection closed before the answer"),
  /** An HTTP status other than success. */
  HTTP_ERROR("an HTTP error status"),
  /** A JSON-RPC error where a result was due. */
  RPC_ERROR("a JSON-RPC error"),
  /** An answer to another request. */
  WRONG_ID("an answer with another id"),
  /** Something that is no JSON-RPC message. */
  MALFORMED("an unreadable answer"),
  /** A result, but not of the form the first lawful call gave. */
  WRONG_RESULT("a result of another form"),
  /** All connections stayed busy until the deadline had passed: it could not be sent at all. */
  NOT_STARTED("not started: all connections busy");

  private final String meaning;

  Outcome(String meaning) {
    this.meaning = meaning;
  }

  /** The outcome in words. */
  public String meaning() {
    return meaning;
  }

  /** Whether the request got the right answer. */
  public boolean isOk() {
    return this == OK;
  }
}
