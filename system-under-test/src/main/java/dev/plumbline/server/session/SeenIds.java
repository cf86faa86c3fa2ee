package dev.plumbline.server.session;

import dev.plumbline.server.protocol.RequestId;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The ids a session used lately (C18). Bounded: an id that is reused after {@value #CAPACITY}
 * others is not noticed.
 */
final class SeenIds {
  static final int CAPACITY = 256;

  private final Set<RequestId> seen = new LinkedHashSet<>();

  /** True when the id is new to the session. */
  synchronized boolean add(RequestId id) {
    if (!seen.add(id)) {
      return false;
    }
    if (seen.size() > CAPACITY) {
      Iterator<RequestId> oldest = seen.iterator();
      oldest.next();
      oldest.remove();
    }
    return true;
  }
}
