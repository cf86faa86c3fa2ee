package dev.plumbline.server.session;

import dev.plumbline.server.protocol.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The ids a session used lately (C18). Bounded: an id that is reused after {@value #CAPACITY}
 * others is not noticed. Without a lock: the requests of a busy session all pass here.
 */
final class SeenIds {
  static final int CAPACITY = 256;

  private final Set<RequestId> seen = ConcurrentHashMap.newKeySet();
  private final AtomicReferenceArray<RequestId> order = new AtomicReferenceArray<>(CAPACITY);
  private final AtomicLong count = new AtomicLong();

  /** True when the id is new to the session. */
  boolean add(RequestId id) {
    if (!seen.add(id)) {
      return false;
    }
    RequestId oldest = order.getAndSet((int) (count.getAndIncrement() % CAPACITY), id);
    if (oldest != null) {
      seen.remove(oldest);
    }
    return true;
  }

  /** What it remembers, oldest first; an id that is added meanwhile may be missing. */
  List<RequestId> recent() {
    List<RequestId> recent = new ArrayList<>();
    long next = count.get();
    for (long i = Math.max(0, next - CAPACITY); i < next; i++) {
      RequestId id = order.get((int) (i % CAPACITY));
      if (id != null) {
        recent.add(id);
      }
    }
    return recent;
  }
}
