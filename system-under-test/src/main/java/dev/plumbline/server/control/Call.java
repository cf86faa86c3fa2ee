package dev.plumbline.server.control;

/**
 * A call of a handler, going on or over.
 *
 * @param envelope what is handled
 * @param startNanos when the handler was called
 */
record Call(Envelope envelope, long startNanos) {
  long nanos(long now) {
    return now - startNanos;
  }
}
