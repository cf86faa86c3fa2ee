package dev.plumbline.server.control;

import dev.plumbline.server.session.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The threads of the control plane: platform threads of its own at the highest priority the
 * platform gives. As many as there are workers are always ready: for a call that takes long,
 * another thread is started, and surplus threads end when calls come back. Bounded, because a
 * component has at most one call and at most {@value #MAX_ORDINARY} calls of components that are
 * not the server's own go on at once.
 */
final class Crew implements AutoCloseable {
  /** Threads that are ready for the next message. */
  static final int WORKERS = 2;

  /** Calls of ordinary components that go on at once. */
  static final int MAX_ORDINARY = 64;

  /** A call that takes longer gets a thread beside it. */
  static final Duration SLOW = Duration.ofMillis(5);

  /** How long the end waits for the threads. */
  private static final Duration STOP = Duration.ofMillis(500);

  /** What is done with the messages. */
  interface Work {
    /** Calls the handler and answers; on a thread of the crew, without the lock. */
    void handle(Call call);

    /** Answers instead of the component. */
    void refuse(Envelope envelope, Refusal cause);

    /** A call is over, in time or not. */
    void over(Call call, long endNanos);
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition available = lock.newCondition();
  private final Lanes lanes = new Lanes();
  private final Set<Worker> workers = new HashSet<>();
  private final Ticker ticker;
  private final Work work;
  private int ordinary;
  private int slow;
  private long threads;
  private boolean stopped;

  Crew(Ticker ticker, Work work) {
    this.ticker = ticker;
    this.work = work;
    lock.lock();
    try {
      hire();
    } finally {
      lock.unlock();
    }
  }

  /** Takes a message; false when there is no place for it. */
  boolean offer(Envelope envelope, int cap) {
    lock.lock();
    try {
      boolean taken = !stopped && lanes.offer(envelope, cap);
      if (taken) {
        available.signal();
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Starts as many threads as are missing; with the lock. */
  private void hire() {
    while (!stopped && workers.size() < WORKERS + slow) {
      Thread thread = thread("control-worker-" + ++threads, this::run);
      workers.add(new Worker(thread));
      thread.start();
    }
  }

  /** A thread at the highest priority there is; harmless where the platform has none (R010). */
  @SuppressWarnings("ThreadPriorityCheck")
  static Thread thread(String name, Runnable work) {
    return Thread.ofPlatform().daemon().name(name).priority(Thread.MAX_PRIORITY).unstarted(work);
  }

  private void run() {
    Worker self = self();
    Call call = next(self);
    while (call != null) {
      work.handle(call);
      finished(self, call);
      call = next(self);
    }
  }

  private Worker self() {
    lock.lock();
    try {
      Thread current = Thread.currentThread();
      return workers.stream()
          .filter(worker -> worker.thread().equals(current))
          .findFirst()
          .orElseThrow();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a message that can be handled; null when the thread is to end. */
  private @Nullable Call next(Worker self) {
    while (true) {
      Envelope envelope = null;
      Refusal refusal = null;
      lock.lock();
      try {
        while (envelope == null) {
          if (stopped || workers.size() > WORKERS + slow) {
            workers.remove(self);
            return null;
          }
          envelope = lanes.take();
          if (envelope == null) {
            available.awaitUninterruptibly();
          }
        }
        refusal = refusal(envelope.component());
        if (refusal == null) {
          Call call = new Call(envelope, ticker.nanos());
          self.begin(call);
          return call;
        }
      } finally {
        lock.unlock();
      }
      work.refuse(envelope, refusal);
    }
  }

  /** Why the handler must not be called; null when it is to be, and its component is busy now. */
  private @Nullable Refusal refusal(Component component) {
    if (component.gone()) {
      return Refusal.UNKNOWN_COMPONENT;
    }
    if (component.stuck()) {
      return Refusal.NOT_RESPONDING;
    }
    if (!component.essential() && ordinary >= MAX_ORDINARY) {
      return Refusal.TOO_MANY_STUCK;
    }
    component.busy(true);
    ordinary += component.essential() ? 0 : 1;
    return null;
  }

  private void finished(Worker self, Call call) {
    lock.lock();
    try {
      Component component = call.envelope().component();
      slow -= self.slow() ? 1 : 0;
      ordinary -= component.essential() ? 0 : 1;
      self.end();
      // Whatever the handler, or who gave it up, did to this thread must not meet the next one.
      var _ = Thread.interrupted();
      component.stuck(false);
      lanes.free(component);
      available.signal();
    } finally {
      lock.unlock();
    }
    work.over(call, ticker.nanos());
  }

  /**
   * Looks after calls that take long.
   *
   * @param limit a call that takes longer is given up; its component does not respond
   * @return what was given up now
   */
  List<Call> check(Duration limit) {
    List<Call> givenUp = new ArrayList<>();
    List<Envelope> abandoned = new ArrayList<>();
    lock.lock();
    try {
      long now = ticker.nanos();
      for (Worker worker : workers) {
        Call call = worker.call();
        if (call == null) {
          continue;
        }
        if (!worker.slow() && call.nanos(now) >= SLOW.toNanos()) {
          worker.markSlow();
          slow++;
        }
        if (!worker.aside() && call.nanos(now) >= limit.toNanos()) {
          worker.setAside();
          call.envelope().component().stuck(true);
          givenUp.add(call);
          abandoned(call.envelope().component(), abandoned);
          worker.thread().interrupt();
        }
      }
      hire();
    } finally {
      lock.unlock();
    }
    givenUp.forEach(call -> work.refuse(call.envelope(), Refusal.NOT_RESPONDING));
    abandoned.forEach(envelope -> work.refuse(envelope, Refusal.NOT_RESPONDING));
    return givenUp;
  }

  private void abandoned(Component component, List<Envelope> into) {
    Envelope next = lanes.abandoned(component);
    while (next != null) {
      into.add(next);
      next = lanes.abandoned(component);
    }
  }

  /** The component takes no more; what waits for it is refused. */
  void leave(Component component) {
    List<Envelope> abandoned = new ArrayList<>();
    lock.lock();
    try {
      component.leave();
      abandoned(component, abandoned);
    } finally {
      lock.unlock();
    }
    abandoned.forEach(envelope -> work.refuse(envelope, Refusal.UNKNOWN_COMPONENT));
  }

  /** True while any call goes on. */
  boolean busy() {
    lock.lock();
    try {
      return workers.stream().anyMatch(worker -> worker.call() != null);
    } finally {
      lock.unlock();
    }
  }

  /** The calls that go on. */
  List<Call> calls() {
    lock.lock();
    try {
      return workers.stream()
          .map(Worker::call)
          .flatMap(java.util.stream.Stream::ofNullable)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** How many messages of a priority wait. */
  int waiting(Priority priority) {
    lock.lock();
    try {
      return lanes.waiting(priority);
    } finally {
      lock.unlock();
    }
  }

  /** How many threads there are, and how many of them are not coming back. */
  int[] threads() {
    lock.lock();
    try {
      int aside = (int) workers.stream().filter(Worker::aside).count();
      return new int[] {workers.size(), aside};
    } finally {
      lock.unlock();
    }
  }

  /** True when the component has not come back from a call. */
  boolean stuck(Component component) {
    lock.lock();
    try {
      return component.stuck();
    } finally {
      lock.unlock();
    }
  }

  /** Refuses what waits, interrupts what goes on, ends the threads. */
  @Override
  public void close() {
    List<Envelope> left = new ArrayList<>();
    List<Thread> ending;
    lock.lock();
    try {
      stopped = true;
      Envelope envelope = lanes.take();
      while (envelope != null) {
        left.add(envelope);
        abandoned(envelope.component(), left);
        envelope = lanes.take();
      }
      for (Worker worker : workers) {
        Call call = worker.call();
        if (call != null) {
          abandoned(call.envelope().component(), left);
          worker.thread().interrupt();
        }
      }
      ending = workers.stream().map(Worker::thread).toList();
      available.signalAll();
    } finally {
      lock.unlock();
    }
    left.forEach(envelope -> work.refuse(envelope, Refusal.STOPPED));
    join(ending);
  }

  private static void join(List<Thread> ending) {
    long end = System.nanoTime() + STOP.toNanos();
    for (Thread thread : ending) {
      try {
        long left = end - System.nanoTime();
        if (left > 0 && !thread.equals(Thread.currentThread())) {
          TimeUnit.NANOSECONDS.timedJoin(thread, left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
