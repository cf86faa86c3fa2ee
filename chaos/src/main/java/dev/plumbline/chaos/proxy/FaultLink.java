package dev.plumbline.chaos.proxy;

import dev.plumbline.chaos.toxic.Direction;
import dev.plumbline.chaos.toxic.Toxic;
import dev.plumbline.evidence.model.HarnessException;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * One disturbed way from clients to an upstream. Toxics are never attached to a link in use:
 * attaching races with the data on its way (Toxiproxy #148, #603), so a link is disabled first,
 * then disturbed, then enabled.
 */
public interface FaultLink extends AutoCloseable {
  /** Its name at the proxy. */
  String name();

  /**
   * Where clients connect. Fixed once the link was enabled for the first time.
   *
   * @throws IllegalStateException before that
   */
  InetSocketAddress address();

  /** A toxic on one direction. */
  record Injection(Direction direction, Toxic toxic) {
    /** Toxiproxy's own way to name a toxic. */
    public String name() {
      return toxic.type() + "_" + direction.id();
    }
  }

  /** Enables the link without faults; connections pass. */
  void enable() throws HarnessException, InterruptedException;

  /**
   * Cuts the link, attaches the toxics with toxicity 1, reads them back, and enables the link:
   * every connection from now on is disturbed from its first byte.
   *
   * @throws HarnessException when the proxy did not do all of it
   */
  void inject(List<Injection> injections) throws HarnessException, InterruptedException;

  /**
   * Changes the attributes of a toxic that was injected before. Call it only while nothing is on
   * its way, as data in the middle of a toxic escapes it.
   */
  void adjust(Injection injection) throws HarnessException, InterruptedException;

  /** The fault called {@code down}: connections are cut and new ones refused. */
  void down() throws HarnessException, InterruptedException;

  /**
   * Removes every fault and enables the link, then asks the proxy whether that is so.
   *
   * @throws HarnessException when a fault is still there
   */
  void heal() throws HarnessException, InterruptedException;

  /** The names of the toxics that the proxy says are there. */
  List<String> toxics() throws HarnessException, InterruptedException;

  /** Whether the proxy says that connections pass. */
  boolean isEnabled() throws HarnessException, InterruptedException;

  /** Removes the link; never throws. */
  @Override
  void close();
}
