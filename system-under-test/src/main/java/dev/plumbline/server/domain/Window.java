package dev.plumbline.server.domain;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How often something happened lately; remembers no more moments than it has to. */
final class Window {
  private static final int MOST = 1_000;

  private final Deque<Long> moments = new ArrayDeque<>();

  synchronized void add(long nowNanos) {
    if (moments.size() == MOST) {
      moments.removeFirst();
    }
    moments.addLast(nowNanos);
  }

  synchronized int count(long nowNanos, Duration length) {
    while (!moments.isEmpty() && nowNanos - moments.getFirst() >= length.toNanos()) {
      moments.removeFirst();
    }
    return moments.size();
  }

  synchronized void clear() {
    moments.clear();
  }
}
