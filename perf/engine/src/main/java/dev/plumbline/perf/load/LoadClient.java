package dev.plumbline.perf.load;

import dev.plumbline.evidence.model.HarnessException;

/** One connection to the target, used by one worker at a time: one request, one answer. */
public interface LoadClient extends AutoCloseable {
  /**
   * Sends one request and waits for its end, within a deadline of the client's own.
   *
   * @param index the request's number in the schedule
   * @throws HarnessException when Plumbline itself failed; never for what the target does
   */
  Answer call(int index) throws HarnessException, InterruptedException;

  /** Ends the connection; never throws. */
  @Override
  void close();
}
