package dev.plumbline.server.feature.task;

import dev.plumbline.server.domain.Domains;
import dev.plumbline.server.domain.FailureDomain;
import dev.plumbline.server.domain.Unit;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.limit.RolePermits;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.TaskState;
import dev.plumbline.server.observe.Pseudonym;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.registry.EntryType;
import dev.plumbline.server.registry.OpaqueIds;
import dev.plumbline.server.registry.Owner;
import dev.plumbline.server.registry.Reason;
import dev.plumbline.server.registry.Registration;
import dev.plumbline.server.registry.Registry;
import dev.plumbline.server.registry.Shelf;
import dev.plumbline.server.session.ClientProfile;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The bounded register of tasks. A task belongs to one owner and nobody else finds it; it is
 * forgotten when its time to live has passed, when its owner ends and when the server stops.
 */
public final class Tasks implements AutoCloseable {
  /** Finds whose end is the end of somebody's tasks. */
  @FunctionalInterface
  public interface Owners {
    /**
     * The owner with this name.
     *
     * @throws RpcException when it can have no more tasks
     */
    Owner find(String name) throws RpcException;
  }

  private static final EntryType<Task> TYPE = EntryType.of("task", Task.class);

  private final OpaqueIds ids = new OpaqueIds();
  private final AtomicInteger numbers = new AtomicInteger();
  private final Shelf<Task> byId;
  private final Owners owners;
  private final Domains domains;
  private final TasksByOwner byOwner = new TasksByOwner();
  private final List<Consumer<Task>> listeners = new CopyOnWriteArrayList<>();
  private final TaskHandover handover;
  private final RolePermits workers;
  private final RolePermits kept;
  private final Machines machines;
  private final InstantSource clock;
  private volatile Supplier<Optional<Refusal>> measured = Optional::empty;

  /**
   * An empty register.
   *
   * @param machines starts the lifecycles of tasks
   * @param clock for the moments a client is told
   * @param workers tasks whose work goes on at once
   * @param kept tasks remembered at once: working, or kept for their results
   * @param registry where the tasks are registered
   * @param owners whose end is the end of tasks
   * @param domains what tasks work in that no request began
   */
  public Tasks(
      Machines machines,
      InstantSource clock,
      RolePermits workers,
      RolePermits kept,
      Registry registry,
      Owners owners,
      Domains domains) {
    this.machines = machines;
    this.clock = clock;
    this.workers = workers;
    this.kept = kept;
    this.byId = registry.shelf(TYPE, this::released);
    this.handover = new TaskHandover(byId, this::adopt);
    this.owners = owners;
    this.domains = domains;
    workers.ages(() -> domains.oldestMillis(TaskWorker.class::isInstance));
    kept.ages(this::oldestMillis);
  }

  private long oldestMillis() {
    long now = clock.instant().toEpochMilli();
    long[] oldest = {now};
    byId.forEach(task -> oldest[0] = Math.min(oldest[0], task.createdAt().toEpochMilli()));
    return now - oldest[0];
  }

  /** What is measured says why none may begin now. */
  public void measuredBy(Supplier<Optional<Refusal>> memory) {
    measured = memory;
  }

  /** How many tasks are remembered. */
  public int count() {
    return byId.count();
  }

  /** How many tasks work. */
  public int working() {
    return workers.held();
  }

  /** How many tasks of one owner are not over. */
  int working(String owner) {
    return byOwner.working(owner);
  }

  /** How many permits the remembered tasks hold. */
  int kept() {
    return kept.held();
  }

  /** How many owners have tasks. */
  int owners() {
    return byOwner.owners();
  }

  /** Adds a listener that is given every task whose status changes; must not block. */
  void listen(Consumer<Task> listener) {
    listeners.add(listener);
  }

  /**
   * Registers a task and starts its work. Whoever knows the id finds the task from now on.
   *
   * @return the task as it was before its work began
   * @throws RpcException when a limit is reached
   */
  TaskView start(Order order) throws RpcException {
    Owner owner = owners.find(order.owner());
    Optional<Refusal> noRoom = measured.get();
    if (noRoom.isPresent()) {
      throw new RpcException(noRoom.get().error());
    }
    // It is kept as long as the task works, and in the stateless era holds what a client can do.
    Optional<String> problem =
        ClientProfile.problem("_meta of a task's request", order.request().meta());
    if (problem.isPresent()) {
      throw RpcException.invalidParams(problem.get());
    }
    if (!kept.tryTake()) {
      throw overloaded(kept.refusal());
    }
    if (!workers.tryTake()) {
      kept.giveBack();
      throw overloaded(workers.refusal());
    }
    TaskIdentity identity =
        new TaskIdentity(
            ids.next(), order.owner(), numbers.getAndIncrement(), clock.instant(), order.ttl());
    Task task = new Task(identity, machines, clock, this::changed);
    FailureDomain domain =
        Unit.current().map(Unit::domain).orElseGet(() -> domains.of(order.owner()));
    TaskWorker worker = new TaskWorker(domain, task, order, workers::giveBack);
    Optional<RpcException> refusal = admit(worker, task, owner);
    if (refusal.isPresent()) {
      workers.giveBack();
      kept.giveBack();
      throw refusal.get();
    }
    if (ended(order)) {
      // Whoever ended every task meanwhile has not seen this one.
      forget(task, Reason.SERVER_STOPS);
    }
    TaskView seed = task.view();
    handover.tell(task);
    worker.start();
    return seed;
  }

  private void changed(Task task) {
    listeners.forEach(listener -> listener.accept(task));
    handover.tell(task);
  }

  /** What becomes of the tasks when another process takes over, and of those of another. */
  public TaskHandover handover() {
    return handover;
  }

  /** Registers a task that another process works on, in its first state. */
  private Optional<Task> adopt(TaskRecord there) {
    Owner owner;
    try {
      owner = owners.find(there.owner());
    } catch (RpcException e) {
      return Optional.empty();
    }
    if (!kept.tryTake()) {
      return Optional.empty();
    }
    TaskIdentity identity =
        new TaskIdentity(
            there.id(), there.owner(), numbers.getAndIncrement(), there.createdAt(), there.ttl());
    Task task = new Task(identity, machines, clock, this::changed);
    if (add(task, owner) != Registration.DONE) {
      kept.giveBack();
      return Optional.empty();
    }
    return Optional.of(task);
  }

  private Optional<RpcException> admit(TaskWorker worker, Task task, Owner owner) {
    Optional<RpcError> unavailable = worker.domain().enter(worker);
    if (unavailable.isPresent()) {
      return unavailable.map(RpcException::new);
    }
    Registration registration = add(task, owner);
    if (registration == Registration.DONE) {
      return Optional.empty();
    }
    worker.domain().leave(worker);
    return Optional.of(
        registration == Registration.OWNER_ENDED
            ? ownerEnded()
            : overloaded(Refusal.of("task_owner", Limits.MAX_TASKS_PER_OWNER)));
  }

  private boolean ended(Order order) {
    try {
      return owners.find(order.owner()).ended();
    } catch (RpcException e) {
      return true;
    }
  }

  private Registration add(Task task, Owner owner) {
    return byOwner.add(task, () -> byId.register(task.id(), task, owner));
  }

  /**
   * The task that an operator means.
   *
   * @param name its id, or the pseudonym by which it is shown
   */
  Optional<Task> named(String name) {
    Task known = byId.get(name);
    return known != null || !Pseudonym.is(name)
        ? Optional.ofNullable(known)
        : byId.first(task -> task.pseudonym().equals(name));
  }

  /** The newest tasks, newest first. */
  List<Task> newest(int atMost) {
    PriorityQueue<Task> newest = new PriorityQueue<>(Comparator.comparingInt(Task::number));
    byId.forEach(
        task -> {
          newest.add(task);
          if (newest.size() > atMost) {
            newest.remove();
          }
        });
    return newest.stream().sorted(Comparator.comparingInt(Task::number).reversed()).toList();
  }

  /** The task with this id, when it is the owner's and its time has not passed. */
  Optional<Task> find(String owner, String id) {
    Task task = byId.get(id);
    return task != null && task.owner().equals(owner) && !task.expired()
        ? Optional.of(task)
        : Optional.empty();
  }

  /** The owner's tasks from a number on, oldest first. */
  List<Task> list(String owner, int from, int atMost) {
    return byOwner.list(owner, from, atMost);
  }

  /**
   * What became of the wish to stop a task.
   *
   * @param task the pseudonym of the task
   * @param state the task's state now
   * @param over true when it had ended before
   */
  public record Cancelled(String task, TaskState state, boolean over) {}

  /**
   * Asks a task of any owner to stop; for operators.
   *
   * @param name its id, or the pseudonym by which it is shown
   * @param reason why, in the words of the operator, which its client is not told; may be empty
   * @return empty when there is no such task
   */
  public Optional<Cancelled> cancel(String name, String reason) {
    return named(name)
        .filter(task -> !task.expired())
        .map(
            task -> {
              boolean over = task.state().terminal();
              task.cancelledByOperator(reason);
              return new Cancelled(Pseudonym.of(task.id()), task.state(), over);
            });
  }

  /** Asks a task to stop, because the process that has its client was asked to. */
  public void cancel(String id) {
    named(id).ifPresent(Task::cancel);
  }

  /** Fires the timeouts that are due. Called by a scheduler, or by a test with its own clock. */
  public void sweep() {
    byId.forEach(
        task -> {
          if (task.sweep()) {
            forget(task, Reason.TIMED_OUT);
          }
        });
  }

  private void forget(Task task, Reason reason) {
    if (byId.unregister(task.id(), task, reason)) {
      released(task);
    }
  }

  /** It is registered no more. */
  private void released(Task task) {
    task.expire();
    handover.released(task);
    kept.giveBack();
    byOwner.remove(task);
  }

  /** Ends and forgets every task. */
  @Override
  public void close() {
    byId.forEach(task -> forget(task, Reason.SERVER_STOPS));
  }

  private static RpcException overloaded(Refusal refusal) {
    return new RpcException(refusal.saying("Too many tasks").error());
  }

  static RpcException ownerEnded() {
    return new RpcException(RpcError.of(ErrorCode.INVALID_REQUEST, "the session has ended"));
  }
}
