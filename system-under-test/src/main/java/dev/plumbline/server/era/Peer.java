package dev.plumbline.server.era;

import dev.plumbline.server.limit.RateSlot;
import dev.plumbline.server.session.InFlight;
import dev.plumbline.server.session.Session;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The other end of a wire. Over stdio the process has one peer, and with it at most one handshake
 * session; over HTTP a peer is only where a request came from.
 */
public final class Peer {
  private final AtomicReference<Session> session = new AtomicReference<>();
  private final InFlight inFlight = new InFlight();
  private final RateSlot rate;

  /** The other end of a wire of its own. */
  public Peer() {
    this(new RateSlot());
  }

  /** The other end of a connection that others share. */
  public Peer(RateSlot rate) {
    this.rate = rate;
  }

  /** How often it may ask. */
  public RateSlot rate() {
    return rate;
  }

  /** Binds the session of this wire. */
  public void bind(Session opened) {
    session.set(opened);
  }

  /** The session bound to this wire. */
  public Optional<Session> session() {
    return Optional.ofNullable(session.get());
  }

  /** Stateless requests being worked on for this peer. */
  public InFlight inFlight() {
    return inFlight;
  }
}
