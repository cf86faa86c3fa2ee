package dev.plumbline.server.session.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Puts lookups together: every one begins after it was asked for, and those that come while one is
 * under way share the next. So each request may look, and a busy server still asks one question at
 * a time. How many wait is bounded by the requests in flight.
 */
final class Lookups {
  /** Ids in one question. */
  private static final int MAX_TOGETHER = 1_000;

  private record Ask(String id, CompletableFuture<OptionalLong> answer) {}

  private final Function<Collection<String>, Map<String, Long>> ask;
  private final Queue<Ask> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean asking = new AtomicBoolean();

  /** Lookups through one question for many, which may block, and may throw. */
  Lookups(Function<Collection<String>, Map<String, Long>> ask) {
    this.ask = ask;
  }

  OptionalLong find(String id) {
    Ask mine = new Ask(id, new CompletableFuture<>());
    waiting.add(mine);
    begin();
    return PostgresStore.await(mine.answer());
  }

  private void begin() {
    if (!waiting.isEmpty() && asking.compareAndSet(false, true)) {
      var _ = Thread.ofVirtual().name("session-lookups").start(this::askAll);
    }
  }

  private void askAll() {
    try {
      List<Ask> together = take();
      while (!together.isEmpty()) {
        answer(together);
        together = take();
      }
    } finally {
      asking.set(false);
    }
    // Somebody may have come between the last look and the end.
    begin();
  }

  private List<Ask> take() {
    List<Ask> together = new ArrayList<>();
    Ask next = waiting.poll();
    while (next != null) {
      together.add(next);
      next = together.size() < MAX_TOGETHER ? waiting.poll() : null;
    }
    return together;
  }

  private void answer(List<Ask> together) {
    Set<String> ids = new HashSet<>();
    together.forEach(one -> ids.add(one.id()));
    try {
      Map<String, Long> known = ask.apply(ids);
      for (Ask one : together) {
        Long changes = known.get(one.id());
        one.answer().complete(changes == null ? OptionalLong.empty() : OptionalLong.of(changes));
      }
    } catch (StoreException e) {
      together.forEach(one -> one.answer().completeExceptionally(e));
    }
  }
}
