package dev.plumbline.server.feature.task;

import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.Outcome;
import dev.plumbline.server.machine.Patience;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.machine.TaskEvent;
import dev.plumbline.server.machine.TaskLifecycle;
import dev.plumbline.server.machine.TaskState;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One task. Where it stands is the machine's; the monitor of this object only keeps what is said
 * about it (reply, message, questions) in step with that.
 */
final class Task {
  /** How much of a tool's own error becomes the message, in characters. */
  private static final int MAX_TOLD = 200;

  private static final String CANCELLED_MESSAGE = "The task was cancelled by request.";
  private static final String TIMED_OUT_MESSAGE = "The work took longer than a task may.";

  private static final double UNKNOWN = -1;

  /** Tells the worker to end; must not block. */
  @FunctionalInterface
  interface Stop {
    /**
     * Ends the work.
     *
     * @param late true when it took too long
     */
    void stop(boolean late);
  }

  private final String id;
  private final String owner;
  private final int number;
  private final Duration ttl;
  private final Instant createdAt;
  private final InstantSource clock;
  private final Consumer<Task> changed;
  private final StateMachine<TaskState, TaskEvent> machine;
  private final Deque<Notice> notices = new ArrayDeque<>();
  private final Set<String> usedKeys = new HashSet<>();
  private volatile double share = UNKNOWN;
  private Instant updatedAt;
  private @Nullable String message;
  private @Nullable Reply coming;
  private @Nullable Reply reply;
  private @Nullable Questions asked;
  private @Nullable Questions offered;
  private @Nullable Stop worker;

  /**
   * A task in its first state.
   *
   * @param number its place among all tasks, in the order of creation
   * @param changed told after every change of the status, without the task's lock
   */
  Task(
      String id,
      String owner,
      int number,
      Duration ttl,
      Machines machines,
      InstantSource clock,
      Consumer<Task> changed) {
    this(id, owner, number, ttl, clock.instant(), machines, clock, changed);
  }

  private Task(
      String id,
      String owner,
      int number,
      Duration ttl,
      Instant createdAt,
      Machines machines,
      InstantSource clock,
      Consumer<Task> changed) {
    this.id = id;
    this.owner = owner;
    this.number = number;
    this.ttl = ttl;
    this.clock = clock;
    Duration left = ttl.minus(Duration.between(createdAt, clock.instant()));
    this.machine =
        machines.start(
            TaskLifecycle.TASK, this::perform, limits(left.isNegative() ? Duration.ZERO : left));
    this.createdAt = createdAt;
    this.updatedAt = createdAt;
    this.changed = changed;
  }

  /** A task that another process works on, in its first state. */
  static Task elsewhere(
      TaskRecord kept, int number, Machines machines, InstantSource clock, Consumer<Task> changed) {
    return new Task(
        kept.id(), kept.owner(), number, kept.ttl(), kept.createdAt(), machines, clock, changed);
  }

  /** What another process has to know of it. */
  synchronized TaskRecord record() {
    return new TaskRecord(id, owner, machine.state(), createdAt, updatedAt, ttl, message, reply);
  }

  /** The process that works on it says where it stands. */
  void follow(TaskRecord there) {
    if (state().terminal()) {
      return;
    }
    switch (there.state()) {
      case SUBMITTED -> {}
      case RUNNING -> {
        if (state() == TaskState.INPUT_REQUIRED) {
          fire(TaskEvent.ANSWERED, null);
        }
      }
      case INPUT_REQUIRED -> {
        if (state() == TaskState.RUNNING) {
          fire(TaskEvent.ASK, null);
        }
      }
      case CANCELLING -> fire(TaskEvent.CANCEL, null);
      case RESULT_READY -> fire(TaskEvent.RESULT, there.reply());
      case FAILED -> fire(TaskEvent.ERROR, there.reply());
      case CANCELLED -> {
        fire(TaskEvent.CANCEL, null);
        fire(TaskEvent.ERROR, there.reply());
      }
      case TIMED_OUT -> fire(TaskEvent.DEADLINE, null);
    }
    synchronized (this) {
      updatedAt = there.updatedAt();
      message = there.message();
    }
  }

  String id() {
    return id;
  }

  String owner() {
    return owner;
  }

  int number() {
    return number;
  }

  Instant createdAt() {
    return createdAt;
  }

  Duration ttl() {
    return ttl;
  }

  TaskState state() {
    return machine.state();
  }

  /** Only how long a task is remembered differs from one to another. */
  private static Patience<TaskState, TaskEvent> limits(Duration ttl) {
    return timeout -> timeout.event() == TaskEvent.EXPIRE ? ttl : timeout.after();
  }

  /** True when it may be forgotten. */
  boolean expired() {
    return machine.left(TaskEvent.EXPIRE).filter(Duration::isZero).isPresent();
  }

  /** Lets time pass; true when the task is to be forgotten. */
  boolean sweep() {
    Optional<StateMachine.Armed<TaskEvent>> due = machine.due();
    due.ifPresent(this::fire);
    return due.filter(armed -> armed.event() == TaskEvent.EXPIRE).isPresent();
  }

  /** How far its work says it is. */
  void progressed(double progress, @Nullable Double total) {
    share = total == null || total <= 0 || progress < 0 ? UNKNOWN : Math.min(1, progress / total);
  }

  /** The share of its work that is done, from 0 to 1, when its work says so. */
  Optional<Double> share() {
    double now = share;
    return now == UNKNOWN ? Optional.empty() : Optional.of(now);
  }

  synchronized TaskView view() {
    return new TaskView(
        id,
        machine.state(),
        createdAt,
        updatedAt,
        ttl,
        message,
        reply,
        asked == null ? Map.of() : asked.open());
  }

  /**
   * The worker takes the task; false when it ended before its work began.
   *
   * @param stop tells the worker to end
   */
  boolean begin(Stop stop) {
    synchronized (this) {
      worker = stop;
    }
    return fire(TaskEvent.START, null).accepted();
  }

  /** The worker is gone: nobody is to be interrupted any more. */
  synchronized void leave() {
    worker = null;
  }

  /** The work came to something; a late one is dropped. */
  void finish(TaskEvent event, Reply came) {
    fire(event, came);
  }

  /** Asks the work to stop; harmless to repeat. */
  void cancel() {
    fire(TaskEvent.CANCEL, null);
  }

  /** True when the work is to end, or has. */
  boolean stopping() {
    TaskState state = machine.state();
    return state == TaskState.CANCELLING || state.terminal();
  }

  /** The task is about to be forgotten, whatever its age. */
  void expire() {
    fire(TaskEvent.EXPIRE, null);
  }

  /** The work was asked to stop, and whoever asked has waited long enough. */
  void giveUp() {
    StateMachine.Position<TaskState> at = machine.position();
    if (at.state() == TaskState.CANCELLING) {
      fire(new StateMachine.Armed<>(at.epoch(), TaskEvent.CANCEL_TIMEOUT));
    }
  }

  private Outcome<TaskState, TaskEvent> fire(TaskEvent event, @Nullable Reply came) {
    Outcome<TaskState, TaskEvent> outcome = apply(came, () -> machine.fire(event));
    announce(outcome);
    return outcome;
  }

  private void fire(StateMachine.Armed<TaskEvent> armed) {
    announce(apply(null, () -> machine.fireArmed(armed.epoch(), armed.event())));
  }

  private synchronized Outcome<TaskState, TaskEvent> apply(
      @Nullable Reply came, Supplier<Outcome<TaskState, TaskEvent>> firing) {
    coming = came;
    Outcome<TaskState, TaskEvent> outcome = firing.get();
    if (statusChanged(outcome)) {
      updatedAt = clock.instant();
    }
    notifyAll();
    return outcome;
  }

  private static boolean statusChanged(Outcome<TaskState, TaskEvent> outcome) {
    return outcome instanceof Outcome.Moved<TaskState, TaskEvent>(var from, _, var to)
        && !from.wire().equals(to.wire());
  }

  /** Never under the task's lock: listeners may do as they like. */
  private void announce(Outcome<TaskState, TaskEvent> outcome) {
    if (statusChanged(outcome)) {
      changed.accept(this);
    }
  }

  /** Under the task's lock, as whoever fires has it. */
  private synchronized void perform(String action, Outcome.Moved<TaskState, TaskEvent> move) {
    switch (action) {
      case TaskLifecycle.WITHDRAW -> {
        asked = null;
        offered = null;
      }
      case TaskLifecycle.STOP -> interrupt(false);
      case TaskLifecycle.SETTLE -> {
        // The worker ends by itself after a result or an error; in all other cases it is stopped.
        if (coming == null) {
          interrupt(move.to() == TaskState.TIMED_OUT);
        }
        settled(move.to());
      }
      default -> throw new IllegalStateException("no such action: " + action);
    }
  }

  private synchronized void interrupt(boolean late) {
    if (worker != null) {
      worker.stop(late);
    }
  }

  private synchronized void settled(TaskState to) {
    switch (to) {
      case RESULT_READY, FAILED -> {
        reply = coming;
        message = to == TaskState.FAILED ? wentWrong(coming) : null;
      }
      case CANCELLED -> {
        reply = new Reply.Failure(RpcError.of(ErrorCode.CANCELLED));
        message = CANCELLED_MESSAGE;
      }
      case TIMED_OUT -> {
        reply = new Reply.Failure(RpcError.of(ErrorCode.DEADLINE_EXCEEDED));
        message = TIMED_OUT_MESSAGE;
      }
      case SUBMITTED, RUNNING, INPUT_REQUIRED, CANCELLING -> {}
    }
  }

  /** Tasks page, task execution errors: whoever polls is told what went wrong. */
  private static @Nullable String wentWrong(@Nullable Reply reply) {
    return switch (reply) {
      case Reply.Failure(var error) -> error.message();
      case Reply.Result(var value) -> {
        String told = value.path("content").path(0).path("text").asString("");
        yield told.isBlank()
            ? "the call came to an error"
            : told.substring(0, Math.min(MAX_TOLD, told.length()));
      }
      case null -> null;
    };
  }

  /** Says what the work is at. */
  void describe(@Nullable String line) {
    synchronized (this) {
      if (line == null || machine.state().terminal() || line.equals(message)) {
        return;
      }
      message = line;
      updatedAt = clock.instant();
    }
    changed.accept(this);
  }

  /** Leaves a notification for whoever waits. */
  synchronized void say(Notice notice) {
    if (machine.state().terminal()) {
      return;
    }
    if (notices.size() == Limits.MAX_TASK_NOTICES) {
      notices.removeFirst();
    }
    notices.addLast(notice);
    notifyAll();
  }

  /** The worker asks, and waits for the answers. */
  Map<String, ObjectNode> ask(Map<String, ClientRequest> requests)
      throws RpcException, InterruptedException {
    Questions questions;
    Outcome<TaskState, TaskEvent> outcome;
    synchronized (this) {
      questions = questions(requests);
      outcome = apply(null, () -> machine.fire(TaskEvent.ASK));
      if (!outcome.accepted()) {
        throw new InterruptedException("the task is ending");
      }
      asked = questions;
      offered = questions;
    }
    announce(outcome);
    synchronized (this) {
      while (!questions.settled()) {
        wait();
      }
      return questions.answers();
    }
  }

  /** Extension page, input requests: a key means one question in the whole life of a task. */
  private synchronized Questions questions(Map<String, ClientRequest> requests)
      throws RpcException {
    if (usedKeys.size() + requests.size() > Limits.MAX_TASK_QUESTIONS) {
      throw new RpcException(Refusal.of("task_questions", Limits.MAX_TASK_QUESTIONS).error());
    }
    Map<String, String> keys = new LinkedHashMap<>();
    Map<String, ClientRequest> byKey = new LinkedHashMap<>();
    requests.forEach(
        (key, request) -> {
          String free = key;
          for (int i = 2; !usedKeys.add(free); i++) {
            free = key + "-" + i;
          }
          keys.put(free, key);
          byKey.put(free, request);
        });
    return new Questions(keys, byKey);
  }

  /** Takes answers by the keys on the wire; unknown and answered keys are ignored. */
  void answer(Map<String, ObjectNode> answers) {
    Questions open;
    synchronized (this) {
      open = asked;
      if (open == null) {
        return;
      }
      answers.forEach(open::answer);
    }
    settle(open);
  }

  /** The client did not answer, or could not be asked. */
  void refuse(Questions questions, RpcException reason) {
    synchronized (this) {
      questions.refuse(reason);
    }
    settle(questions);
  }

  private void settle(Questions questions) {
    Outcome<TaskState, TaskEvent> outcome;
    synchronized (this) {
      if (asked != questions || !questions.settled()) {
        return;
      }
      outcome = apply(null, () -> machine.fire(TaskEvent.ANSWERED));
    }
    announce(outcome);
  }

  /** Whoever took the questions could not put them: somebody else may. */
  synchronized void offerAgain(Questions questions) {
    if (asked == questions) {
      offered = questions;
      notifyAll();
    }
  }

  /** Waits for something to do for the task's client. */
  synchronized Turn next() throws InterruptedException {
    while (true) {
      Notice notice = notices.pollFirst();
      if (notice != null) {
        return new Turn.Said(notice);
      }
      if (reply != null) {
        return new Turn.Ended(reply);
      }
      if (offered != null) {
        Questions questions = offered;
        offered = null;
        return new Turn.Asked(questions, questions.open());
      }
      wait();
    }
  }

  /** Waits for the end, at most this long; true when it has come. */
  synchronized boolean ended(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (reply == null) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }
}
