package dev.plumbline.server.control;

import java.time.Duration;

/** Something the control plane is asked to deliver to a component. */
public sealed interface ControlMessage {
  /** The component it is for. */
  String component();

  /** How urgent it is. */
  Priority priority();

  /**
   * A circuit breaker is to change.
   *
   * @param breaker its name
   * @param command what becomes of it
   */
  record BreakerChange(String component, String breaker, BreakerCommand command)
      implements ControlMessage {
    @Override
    public Priority priority() {
      return Priority.CIRCUIT_BREAKER;
    }
  }

  /**
   * Somebody asks how the component is.
   *
   * @param kind how thoroughly
   */
  record HealthCheck(String component, HealthKind kind) implements ControlMessage {
    @Override
    public Priority priority() {
      return Priority.HEALTH;
    }
  }

  /**
   * A session is to take no more requests, finish those it has, and end.
   *
   * @param session its id
   * @param timeout its requests have so long
   */
  record DrainSession(String component, String session, Duration timeout)
      implements ControlMessage {
    @Override
    public Priority priority() {
      return Priority.DRAIN;
    }
  }

  /**
   * A task is to stop.
   *
   * @param task its id
   * @param reason why, in the words of whoever asks; told to operators, never to clients
   */
  record CancelTask(String component, String task, String reason) implements ControlMessage {
    @Override
    public Priority priority() {
      return Priority.CANCEL;
    }
  }
}
