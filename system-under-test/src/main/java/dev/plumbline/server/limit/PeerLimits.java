package dev.plumbline.server.limit;

/**
 * What holds for one connection, whatever travels over it.
 *
 * @param rate how often its peer may ask without credentials and without a session
 * @param flow what waits for its peer to read
 */
public record PeerLimits(RateSlot rate, Flow flow) {
  /** A connection that was just opened. */
  public static PeerLimits of(Flow flow) {
    return new PeerLimits(new RateSlot(), flow);
  }
}
