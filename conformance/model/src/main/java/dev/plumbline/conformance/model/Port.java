package dev.plumbline.conformance.model;

/**
 * Carries what a walk sends to a peer and back; fresh for every walk.
 *
 * @param <X> what is thrown when our own side fails
 */
@FunctionalInterface
public interface Port<X extends Exception> {
  /**
   * Sends and waits for what comes of it.
   *
   * @param ask what to send
   * @param id the id a request takes; every step of a walk has another one
   * @param label names the step
   */
  Heard hear(Ask ask, int id, String label) throws X, InterruptedException;
}
