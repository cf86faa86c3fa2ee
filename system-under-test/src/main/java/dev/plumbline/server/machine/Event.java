package dev.plumbline.server.machine;

import java.util.Locale;

/** What happens to one of the lifecycles; every one is a constant of an enum named here. */
public sealed interface Event
    permits BreakerEvent,
        ClientEvent,
        DomainEvent,
        ServerEvent,
        SessionEvent,
        StreamEvent,
        TaskEvent {
  /** The name of the constant. */
  String name();

  /** The name in output for people and programs: lower case. */
  default String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
