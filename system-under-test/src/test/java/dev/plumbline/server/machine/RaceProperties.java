package dev.plumbline.server.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Events that arrive at once (C11): whatever the order, the same rules hold. */
class RaceProperties {
  private static final int RACES = 1_000;

  private static <S extends Enum<S> & State, E extends Enum<E> & Event> List<Outcome<S, E>> atOnce(
      List<Supplier<Outcome<S, E>>> firings) {
    CyclicBarrier start = new CyclicBarrier(firings.size());
    List<Outcome<S, E>> outcomes = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (Supplier<Outcome<S, E>> firing : firings) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      start.await();
                      outcomes.add(firing.get());
                    } catch (Exception e) {
                      throw new IllegalStateException(e);
                    }
                  }));
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    assertThat(outcomes).hasSameSizeAs(firings);
    return outcomes;
  }

  private static StateMachine<TaskState, TaskEvent> running() {
    StateMachine<TaskState, TaskEvent> task = new StateMachine<>(TaskLifecycle.TASK);
    task.fire(TaskEvent.START);
    return task;
  }

  private static long moves(List<? extends Outcome<?, ?>> outcomes) {
    return outcomes.stream().filter(Outcome.Moved.class::isInstance).count();
  }

  @Property(tries = RACES, generation = GenerationMode.RANDOMIZED)
  void aResultWinsOverEveryCancellation(@ForAll @IntRange(min = 1, max = 4) int cancels) {
    StateMachine<TaskState, TaskEvent> task = running();
    List<Supplier<Outcome<TaskState, TaskEvent>>> firings = new ArrayList<>();
    firings.add(() -> task.fire(TaskEvent.RESULT));
    for (int i = 0; i < cancels; i++) {
      firings.add(() -> task.fire(TaskEvent.CANCEL));
    }
    List<Outcome<TaskState, TaskEvent>> outcomes = atOnce(firings);
    assertThat(outcomes).allMatch(Outcome::accepted);
    assertThat(task.state()).isEqualTo(TaskState.RESULT_READY);
  }

  @Property(tries = RACES, generation = GenerationMode.RANDOMIZED)
  void manyCancellationsAreOne(@ForAll @IntRange(min = 2, max = 6) int cancels) {
    StateMachine<TaskState, TaskEvent> task = running();
    List<Outcome<TaskState, TaskEvent>> outcomes =
        atOnce(Collections.nCopies(cancels, () -> task.fire(TaskEvent.CANCEL)));
    assertThat(outcomes).allMatch(Outcome::accepted);
    assertThat(moves(outcomes)).isOne();
    assertThat(task.state()).isEqualTo(TaskState.CANCELLING);
  }

  @Property(tries = RACES, generation = GenerationMode.RANDOMIZED)
  void aTaskEndsOnceWhoeverComesFirst(@ForAll @IntRange(min = 0, max = 3) int which) {
    StateMachine<TaskState, TaskEvent> task = running();
    task.fire(TaskEvent.CANCEL);
    long armed = task.position().epoch();
    TaskEvent end =
        List.of(TaskEvent.RESULT, TaskEvent.ERROR, TaskEvent.DEADLINE, TaskEvent.EXPIRE).get(which);
    List<Outcome<TaskState, TaskEvent>> outcomes =
        atOnce(
            List.of(() -> task.fire(end), () -> task.fireArmed(armed, TaskEvent.CANCEL_TIMEOUT)));
    assertThat(moves(outcomes)).isOne();
    assertThat(task.state().terminal()).isTrue();
    assertThat(task.position().epoch()).isEqualTo(armed + 1);
  }

  /** A timeout that was armed while the session slept does not end one that was woken. */
  @Property(tries = RACES, generation = GenerationMode.RANDOMIZED)
  void aStaleTimeoutEndsNothing(@ForAll @IntRange(min = 1, max = 4) int requests) {
    StateMachine<SessionState, SessionEvent> session = new StateMachine<>(SessionLifecycle.SESSION);
    session.fire(SessionEvent.INITIALIZED);
    session.fire(SessionEvent.SUSPEND);
    long armed = session.position().epoch();
    List<Supplier<Outcome<SessionState, SessionEvent>>> firings = new ArrayList<>();
    firings.add(() -> session.fireArmed(armed, SessionEvent.IDLE_TIMEOUT));
    for (int i = 0; i < requests; i++) {
      firings.add(() -> session.fire(SessionEvent.REQUEST));
    }
    List<Outcome<SessionState, SessionEvent>> outcomes = atOnce(firings);
    boolean expired = session.state() == SessionState.EXPIRING;
    assertThat(moves(outcomes)).isOne();
    assertThat(outcomes.stream().anyMatch(Outcome.Stale.class::isInstance)).isEqualTo(!expired);
    assertThat(outcomes.stream().anyMatch(Outcome.Refused.class::isInstance)).isEqualTo(expired);
  }

  @Property(tries = RACES, generation = GenerationMode.RANDOMIZED)
  void aSessionIsReleasedOnceHoweverManyEndIt(@ForAll @IntRange(min = 2, max = 6) int enders) {
    List<String> released = Collections.synchronizedList(new ArrayList<>());
    StateMachine<SessionState, SessionEvent> session =
        Machines.unobserved(System::nanoTime)
            .start(
                SessionLifecycle.SESSION, (action, _) -> released.add(action), Patience.declared());
    session.fire(SessionEvent.INITIALIZED);
    List<Outcome<SessionState, SessionEvent>> outcomes =
        atOnce(Collections.nCopies(enders, () -> session.fire(SessionEvent.TERMINATE)));
    assertThat(moves(outcomes)).isOne();
    assertThat(released).containsExactly(SessionLifecycle.RELEASE);
  }
}
