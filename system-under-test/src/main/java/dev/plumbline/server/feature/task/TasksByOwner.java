package dev.plumbline.server.feature.task;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.registry.Registration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The tasks of each owner in the order of their numbers, bounded for each. An owner without tasks
 * takes no room. Safe for any number of threads.
 */
final class TasksByOwner {
  private final ConcurrentMap<String, ConcurrentSkipListMap<Integer, Task>> byOwner =
      new ConcurrentHashMap<>();

  /** How many owners have tasks. */
  int owners() {
    return byOwner.size();
  }

  /**
   * Adds a task, unless its owner has too many.
   *
   * @param register registers it elsewhere, too; unless that is done, it is not added
   */
  Registration add(Task task, Supplier<Registration> register) {
    AtomicReference<Registration> outcome = new AtomicReference<>(Registration.FULL);
    byOwner.compute(
        task.owner(),
        (_, mine) -> {
          var tasks = mine == null ? new ConcurrentSkipListMap<Integer, Task>() : mine;
          if (tasks.size() < Limits.MAX_TASKS_PER_OWNER) {
            // Whoever disposes of it now waits for this map, and finds it there.
            tasks.put(task.number(), task);
            outcome.set(register.get());
            if (outcome.get() != Registration.DONE) {
              tasks.remove(task.number());
            }
          }
          return tasks.isEmpty() ? null : tasks;
        });
    return Objects.requireNonNull(outcome.get());
  }

  /** It is registered no more. */
  void remove(Task task) {
    byOwner.computeIfPresent(
        task.owner(),
        (_, mine) -> {
          mine.remove(task.number());
          return mine.isEmpty() ? null : mine;
        });
  }

  /** How many of the owner's tasks are not over. */
  int working(String owner) {
    var mine = byOwner.get(owner);
    return mine == null
        ? 0
        : (int) mine.values().stream().filter(task -> !task.state().terminal()).count();
  }

  /** The owner's tasks from a number on, oldest first. */
  List<Task> list(String owner, int from, int atMost) {
    var mine = byOwner.get(owner);
    if (mine == null) {
      return List.of();
    }
    return mine.tailMap(from, true).values().stream()
        .filter(task -> !task.expired())
        .limit(atMost)
        .toList();
  }
}
