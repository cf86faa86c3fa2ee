package dev.plumbline.server.control;

import java.util.Locale;

/** Why a control message was not carried out. */
public enum Refusal {
  /** No component of this name is registered. */
  UNKNOWN_COMPONENT,
  /** The component does not know what the message is about. */
  UNKNOWN_SUBJECT,
  /** What it is about is in a state in which that cannot be. */
  WRONG_STATE,
  /** As many messages of this priority wait as may. */
  QUEUE_FULL,
  /** The component does not answer; an earlier call of it has not come back. */
  NOT_RESPONDING,
  /** As many components do not come back as the plane can bear. */
  TOO_MANY_STUCK,
  /** The handler threw. */
  FAILED,
  /** The control plane is switched off. */
  SWITCHED_OFF,
  /** The control plane has stopped. */
  STOPPED;

  /** The name in JSON and metrics. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
