package dev.plumbline.chaos.proxy;

import dev.plumbline.evidence.model.HarnessException;
import java.net.InetSocketAddress;

/**
 * A running fault proxy. Makes links, each of which stands between clients and one upstream
 * address; the faults are switched on the links. Thread-safe.
 */
public interface FaultProxy extends AutoCloseable {
  /** Which proxy runs, for the evidence. */
  Backend backend();

  /** Where its HTTP API is. */
  InetSocketAddress api();

  /**
   * A new link, disabled and without faults.
   *
   * @param name unique among the links of this run
   * @param upstream where it leads
   * @throws HarnessException when the proxy refuses or does not answer in time
   */
  FaultLink link(String name, InetSocketAddress upstream)
      throws HarnessException, InterruptedException;

  /**
   * Checks the proxy before anything is blamed on a target: bytes through a fresh link come back
   * unchanged from a listener on this machine.
   *
   * @throws HarnessException when they do not
   */
  default void selfTest() throws HarnessException, InterruptedException {
    SelfTest.run(this);
  }

  /** Removes all links and ends whatever was started; never throws, returns in bounded time. */
  @Override
  void close();
}
