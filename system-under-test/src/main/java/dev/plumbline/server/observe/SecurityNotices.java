package dev.plumbline.server.observe;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * From events of security to notices. Of each kind one in a while: notices of other rooms share
 * their log, and nobody outside may push them out of it.
 */
final class SecurityNotices {
  /** The room that notices name. */
  static final String SOURCE = "security";

  /** Between two notices of one kind. */
  static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final EventLog events;
  private final LongSupplier nanos;
  private final Map<SecurityEventType, Long> last = new EnumMap<>(SecurityEventType.class);

  SecurityNotices(EventLog events, LongSupplier nanos) {
    this.events = events;
    this.nanos = nanos;
  }

  /** Says that an event was kept, unless one of its kind was told just before. */
  void tell(SecurityEvent event) {
    SecurityEventType type = event.type();
    if (type != SecurityEventType.OPTED_OUT && !due(type)) {
      return;
    }
    Map<String, String> facts = new HashMap<>(event.details());
    facts.put("blocked", Boolean.toString(event.blocked()));
    events.add(type.severity(), SOURCE, type.wire(), type.text(), facts);
  }

  private synchronized boolean due(SecurityEventType type) {
    long now = nanos.getAsLong();
    Long before = last.get(type);
    if (before != null && now - before < PAUSE_NANOS) {
      return false;
    }
    last.put(type, now);
    return true;
  }
}
