package dev.plumbline.server.control;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the control plane: bounded for each priority, strict between them, first come
 * first served within one, and never two messages of one component at once. A message whose
 * component is busy steps aside and holds up nobody. Plain data: whoever uses it holds the lock.
 */
final class Lanes {
  private final PriorityQueue<Envelope> ready = new PriorityQueue<>(Envelope.ORDER);
  private final Map<Priority, Integer> waiting = new EnumMap<>(Priority.class);

  Lanes() {
    for (Priority priority : Priority.values()) {
      waiting.put(priority, 0);
    }
  }

  /**
   * Takes the message if fewer than {@code cap} of its priority wait, and if its component does not
   * hold half of that already: one that is slow must not lock out the others.
   */
  boolean offer(Envelope envelope, int cap) {
    int share = Math.max(1, cap / 2);
    if (waiting(envelope.priority()) >= cap || envelope.component().waiting() >= share) {
      return false;
    }
    count(envelope, 1);
    ready.add(envelope);
    return true;
  }

  /**
   * The message that is next, whose component is busy from now on unless it is gone or stuck; null
   * when there is none.
   */
  @Nullable Envelope take() {
    Envelope next = ready.poll();
    while (next != null && next.component().busy() && !next.component().stuck()) {
      next.component().park(next);
      next = ready.poll();
    }
    if (next != null) {
      count(next, -1);
    }
    return next;
  }

  /** The component can take its next message. */
  void free(Component component) {
    component.busy(false);
    Envelope next = component.unpark();
    if (next != null) {
      ready.add(next);
    }
  }

  /** A message that stepped aside for a component, for whoever answers it instead of it. */
  @Nullable Envelope abandoned(Component component) {
    Envelope next = component.unpark();
    if (next != null) {
      count(next, -1);
    }
    return next;
  }

  /** How many messages of a priority wait. */
  int waiting(Priority priority) {
    return Objects.requireNonNull(waiting.get(priority));
  }

  private void count(Envelope envelope, int change) {
    waiting.merge(envelope.priority(), change, Integer::sum);
    envelope.component().waits(change);
  }
}
