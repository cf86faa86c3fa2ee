package dev.plumbline.server.machine;

/** What happens to a failure domain. */
public enum DomainEvent implements Event {
  /** It is to be restarted once it has finished what it has. */
  RESTART,
  /** It is to be restarted now. */
  KILL,
  /** It has finished what it had. */
  DRAINED,
  /** It was given long enough to finish. */
  DRAIN_TIMEOUT,
  /** Its next life has begun. */
  STARTED,
  /** It was restarted too often. */
  GIVE_UP,
  /** Somebody says that it is to be tried again. */
  RESET,
  /** Its server stops. */
  STOP
}
