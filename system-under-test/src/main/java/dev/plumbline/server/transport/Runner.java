package dev.plumbline.server.transport;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.Lease;
import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.limit.RolePermits;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcError;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs each message on its own virtual thread, under a permit taken beforehand and under a
 * deadline. Exactly one answer is delivered for each message.
 */
public final class Runner implements AutoCloseable {
  /** Deadlines are this coarse: a timer of its own for every request would cost more than it. */
  private static final Duration DEADLINE_SWEEP = Duration.ofMillis(20);

  /** The end of a message without a deadline. */
  private static final long NEVER = 0;

  private static final ThreadFactory THREADS = Thread.ofVirtual().name("request").factory();

  private final RolePermits permits;
  private final RolePermits streams;
  private final Duration deadline;
  private final Set<Task> running = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor timer;
  private final StartLine line = new StartLine();

  /**
   * A runner with its own timer thread.
   *
   * @param permits requests in flight at once
   * @param streams lasting messages at once
   */
  public Runner(RolePermits permits, RolePermits streams, Duration deadline) {
    this.permits = permits;
    this.streams = streams;
    this.deadline = deadline;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("request-deadlines").factory());
    permits.ages(this::oldestMillis);
    long period = DEADLINE_SWEEP.toNanos();
    var _ = timer.scheduleWithFixedDelay(this::sweep, period, period, TimeUnit.NANOSECONDS);
  }

  /** The permits, for whoever reports them. */
  public RolePermits permits() {
    return permits;
  }

  /** How long ago the oldest message arrived that is being worked on; 0 when there is none. */
  private long oldestMillis() {
    long now = System.nanoTime();
    long oldest = 0;
    for (Task task : running) {
      oldest = Math.max(oldest, now - task.arrived);
    }
    return TimeUnit.NANOSECONDS.toMillis(oldest);
  }

  /** How many lasting messages run. */
  int lasting() {
    return streams.held();
  }

  /** Starts the work, or returns null when no permit is free. */
  @Nullable Task tryStart(Work work, Consumer<Answer> sink) {
    if (!permits.tryTake()) {
      return null;
    }
    Task task = new Task(work, sink);
    task.start();
    return task;
  }

  private void sweep() {
    long now = System.nanoTime();
    for (Task task : running) {
      try {
        task.expireIfDue(now);
      } catch (RuntimeException e) {
        // A sweep that throws would be the last one.
        Log.failure("deadline", e);
      }
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    line.close();
  }

  /** One message being worked on. */
  final class Task implements Runnable, Lease {
    private final Work work;
    private final Consumer<Answer> sink;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicReference<@Nullable RequestId> id = new AtomicReference<>();
    private final Thread thread;
    private volatile long end = NEVER;
    private volatile RolePermits held = permits;

    private final long arrived = System.nanoTime();

    private Task(Work work, Consumer<Answer> sink) {
      this.work = work;
      this.sink = sink;
      this.thread = THREADS.newThread(this);
    }

    private void start() {
      arm(deadline);
      line.start(thread);
    }

    private void arm(Duration length) {
      // Never the value that means no deadline.
      end = (System.nanoTime() + length.toNanos()) | 1;
      running.add(this);
    }

    private void disarm() {
      end = NEVER;
      running.remove(this);
    }

    @Override
    public long arrivedNanos() {
      return arrived;
    }

    @Override
    public void id(@Nullable RequestId known) {
      id.set(known);
    }

    @Override
    public void extend(Duration atMost) {
      arm(atMost);
    }

    @Override
    public Optional<Refusal> last() {
      if (!streams.tryTake()) {
        return Optional.of(streams.refusal());
      }
      disarm();
      held.giveBack();
      held = streams;
      return Optional.empty();
    }

    @Override
    public void run() {
      line.runs();
      Answer answer;
      try {
        answer = work.run(this);
      } catch (RuntimeException | StackOverflowError e) {
        // FM-38: whatever a handler throws stays inside its request.
        Log.failure("request", e);
        answer = Answer.refusal(500, id.get(), RpcError.of(ErrorCode.INTERNAL_ERROR));
      } finally {
        held.giveBack();
      }
      disarm();
      deliver(answer);
    }

    /** True once it was turned into a lasting message. */
    boolean lasting() {
      return held == streams;
    }

    /** Nobody waits for the answer any more; true when it had not been delivered. */
    boolean abandon() {
      boolean first = answered.compareAndSet(false, true);
      thread.interrupt();
      return first;
    }

    private void expireIfDue(long now) {
      long due = end;
      if (due == NEVER || now - due < 0 || !running.remove(this)) {
        return;
      }
      deliver(Answer.refusal(504, id.get(), RpcError.of(ErrorCode.DEADLINE_EXCEEDED)));
      thread.interrupt();
    }

    private void deliver(Answer answer) {
      if (answered.compareAndSet(false, true)) {
        sink.accept(answer);
      }
    }
  }
}
