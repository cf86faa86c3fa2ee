package dev.plumbline.server.feature.task;

import dev.plumbline.server.machine.TaskEvent;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.registry.Shelf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tasks between two processes. The one that began them finishes their work and says how it goes;
 * the one that took over follows that, and answers their clients.
 */
public final class TaskHandover {
  private final Shelf<Task> byId;
  private final Function<TaskRecord, Optional<Task>> adopt;

  /** Tasks that another process works on. */
  private final Set<Task> foreign = ConcurrentHashMap.newKeySet();

  private volatile @Nullable Consumer<TaskRecord> elsewhere;

  /**
   * Nobody else knows of the tasks.
   *
   * @param adopt registers a task of another process in its first state; empty when it cannot be
   */
  TaskHandover(Shelf<Task> byId, Function<TaskRecord, Optional<Task>> adopt) {
    this.byId = byId;
    this.adopt = adopt;
  }

  /**
   * Another process goes on with the clients of the tasks; the work is finished here.
   *
   * @param other is told every task that begins or changes from now on; must not block
   * @return the tasks as they are now
   */
  public List<TaskRecord> handOver(Consumer<TaskRecord> other) {
    elsewhere = other;
    List<TaskRecord> all = new ArrayList<>();
    byId.forEach(task -> all.add(task.record()));
    return all;
  }

  /** Nobody else is told any more. */
  public void keep() {
    elsewhere = null;
  }

  /** A task began or changed. */
  void tell(Task task) {
    Consumer<TaskRecord> other = elsewhere;
    if (other != null) {
      other.accept(task.record());
    }
  }

  /** How many tasks come to something here without their client. */
  public int unattended() {
    AtomicInteger count = new AtomicInteger();
    byId.forEach(
        task -> {
          switch (task.state()) {
            case SUBMITTED, RUNNING, CANCELLING -> count.incrementAndGet();
            case INPUT_REQUIRED, RESULT_READY, FAILED, CANCELLED, TIMED_OUT -> {}
          }
        });
    return count.get();
  }

  /**
   * Another process says where a task stands that it works on. One whose owner has ended, or for
   * which there is no room, is not taken.
   *
   * @param stop asks that process to stop the work; must not block
   */
  public void take(TaskRecord there, Runnable stop) {
    Task known = byId.get(there.id());
    if (known != null) {
      known.follow(there);
    } else {
      adopt.apply(there).ifPresent(task -> arrived(task, there, stop));
    }
  }

  private void arrived(Task task, TaskRecord there, Runnable stop) {
    foreign.add(task);
    var _ = task.begin(_ -> stop.run());
    task.follow(there);
  }

  /** The process that worked on tasks is gone: what it had not finished never will be. */
  public void over() {
    RpcError why =
        RpcError.of(
            ErrorCode.UNAVAILABLE, "the process that worked on the task has ended, begin it again");
    for (Task task : foreign) {
      if (!task.state().terminal()) {
        task.finish(TaskEvent.ERROR, new Reply.Failure(why));
      }
    }
    foreign.clear();
  }

  /** A task is registered no more. */
  void released(Task task) {
    foreign.remove(task);
  }
}
