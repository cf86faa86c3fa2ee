package dev.plumbline.server.control;

import dev.plumbline.server.limit.Breakers;
import dev.plumbline.server.limit.CircuitBreaker;
import java.util.Optional;

/** Opens and closes circuit breakers by hand (C8). */
public final class BreakerChanges implements ComponentHandler {
  private final Breakers breakers;

  /** Changes these breakers. */
  public BreakerChanges(Breakers breakers) {
    this.breakers = breakers;
  }

  @Override
  public ControlReply handle(ControlMessage message) {
    if (!(message instanceof ControlMessage.BreakerChange(_, var name, var command))) {
      return new ControlReply.Refused(Refusal.WRONG_STATE, "breakers can only be changed");
    }
    Optional<CircuitBreaker> found = breakers.find(name);
    if (found.isEmpty()) {
      return new ControlReply.Refused(Refusal.UNKNOWN_SUBJECT, "no breaker has this name");
    }
    switch (command) {
      case OPEN -> found.get().forceOpen();
      case CLOSED -> found.get().reset();
    }
    return ControlReply.Acknowledged.done(found.get().state().label());
  }
}
