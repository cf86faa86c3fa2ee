package dev.plumbline.server.feature.task;

import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.Outcome;
import dev.plumbline.server.machine.Patience;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.machine.TaskEvent;
import dev.plumbline.server.machine.TaskLifecycle;
import dev.plumbline.server.machine.TaskState;
import dev.plumbline.server.observe.History;
import dev.plumbline.server.observe.Pseudonym;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RpcException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One task. Where it stands is the machine's; the monitor of this object only keeps what is said
 * about it (reply, message, questions) in step with that.
 */
final class Task {
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

  private final TaskIdentity identity;
  private final String pseudonym;
  private final InstantSource clock;
  private final Consumer<Task> changed;
  private final StateMachine<TaskState, TaskEvent> machine;
  private final Dialogue dialogue = new Dialogue();
  private volatile double share = UNKNOWN;
  private Instant updatedAt;
  private @Nullable String message;
  private @Nullable String operatorsReason;
  private @Nullable Reply coming;
  private @Nullable Reply reply;
  private @Nullable Stop worker;

  /**
   * A task in its first state.
   *
   * @param changed told after every change of the status, without the task's lock
   */
  Task(TaskIdentity identity, Machines machines, InstantSource clock, Consumer<Task> changed) {
    this.identity = identity;
    this.pseudonym = Pseudonym.of(identity.id());
    this.clock = clock;
    this.machine =
        machines.start(
            TaskLifecycle.TASK, this::perform, remembered(identity.left(clock.instant())));
    this.updatedAt = identity.createdAt();
    this.changed = changed;
  }

  /** Only how long a task is remembered differs from one to another. */
  private static Patience<TaskState, TaskEvent> remembered(Duration left) {
    return timeout -> timeout.event() == TaskEvent.EXPIRE ? left : timeout.after();
  }

  /** What another process has to know of it. */
  synchronized TaskRecord record() {
    return new TaskRecord(
        id(), owner(), machine.state(), createdAt(), updatedAt, ttl(), message, reply);
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
    return identity.id();
  }

  /** What it is called where its id must not be told. */
  String pseudonym() {
    return pseudonym;
  }

  /** The last moves, oldest first. */
  ArrayNode history() {
    return History.toJson(machine, clock.instant());
  }

  String owner() {
    return identity.owner();
  }

  int number() {
    return identity.number();
  }

  Instant createdAt() {
    return identity.createdAt();
  }

  Duration ttl() {
    return identity.ttl();
  }

  TaskState state() {
    return machine.state();
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
        id(), machine.state(), createdAt(), updatedAt, ttl(), message, reply, dialogue.open());
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

  /**
   * An operator asks the work to stop.
   *
   * @param reason why, which its client is not told
   */
  void cancelledByOperator(String reason) {
    synchronized (this) {
      if (!stopping()) {
        operatorsReason = reason;
      }
    }
    cancel();
  }

  /** Why an operator stops, or stopped, the work; empty when none does. */
  synchronized Optional<String> operatorsReason() {
    TaskState state = machine.state();
    return state == TaskState.CANCELLING || state == TaskState.CANCELLED
        ? Optional.ofNullable(operatorsReason)
        : Optional.empty();
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
      case TaskLifecycle.WITHDRAW -> dialogue.withdraw();
      case TaskLifecycle.STOP -> interrupt(false);
      case TaskLifecycle.SETTLE -> {
        // The worker ends by itself after a result or an error; in all other cases it is stopped.
        if (coming == null) {
          interrupt(move.to() == TaskState.TIMED_OUT);
        }
        TaskEnd.in(move.to(), coming, operatorsReason != null)
            .ifPresent(
                end -> {
                  reply = end.reply();
                  message = end.message();
                });
      }
      default -> throw new IllegalStateException("no such action: " + action);
    }
  }

  private synchronized void interrupt(boolean late) {
    if (worker != null) {
      worker.stop(late);
    }
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
    dialogue.say(notice);
    notifyAll();
  }

  /** The worker asks, and waits for the answers. */
  Map<String, ObjectNode> ask(Map<String, ClientRequest> requests)
      throws RpcException, InterruptedException {
    Questions questions;
    Outcome<TaskState, TaskEvent> outcome;
    synchronized (this) {
      questions = dialogue.prepare(requests);
      outcome = apply(null, () -> machine.fire(TaskEvent.ASK));
      if (!outcome.accepted()) {
        throw new InterruptedException("the task is ending");
      }
      dialogue.ask(questions);
    }
    announce(outcome);
    synchronized (this) {
      while (!questions.settled()) {
        wait();
      }
      return questions.answers();
    }
  }

  /** Takes answers by the keys on the wire; unknown and answered keys are ignored. */
  void answer(Map<String, ObjectNode> answers) {
    Questions open;
    synchronized (this) {
      open = dialogue.asked();
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
      if (dialogue.asked() != questions || !questions.settled()) {
        return;
      }
      outcome = apply(null, () -> machine.fire(TaskEvent.ANSWERED));
    }
    announce(outcome);
  }

  /** Whoever took the questions could not put them: somebody else may. */
  synchronized void offerAgain(Questions questions) {
    if (dialogue.offerAgain(questions)) {
      notifyAll();
    }
  }

  /** Waits for something to do for the task's client. */
  synchronized Turn next() throws InterruptedException {
    Turn turn = dialogue.next(reply);
    while (turn == null) {
      wait();
      turn = dialogue.next(reply);
    }
    return turn;
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
