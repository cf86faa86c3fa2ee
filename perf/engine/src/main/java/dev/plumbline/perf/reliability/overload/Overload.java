package dev.plumbline.perf.reliability.overload;

import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Load;
import java.io.IOException;
import java.time.Duration;

/** Load beyond the capacity, by whichever generator. */
interface Overload extends AutoCloseable {
  /** Waits until requests arrive. */
  void awaitBegin() throws IOException, HarnessException, InterruptedException;

  /** How long, from the beginning on, it does not count yet. */
  Duration settling();

  /** Waits until the last one was due and has ended. */
  void awaitEnd() throws HarnessException, InterruptedException;

  /** What was seen; called last, for it costs time that calls right after the load would feel. */
  Load result() throws IOException, HarnessException, InterruptedException;

  /** Ends the generator, whatever it does; never throws. */
  @Override
  void close();
}
