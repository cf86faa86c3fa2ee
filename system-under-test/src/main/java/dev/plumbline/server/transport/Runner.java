package dev.plumbline.server.transport;

import dev.plumbline.server.domain.Domains;
import dev.plumbline.server.domain.FailureDomain;
import dev.plumbline.server.domain.Unit;
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
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs each message on its own virtual thread, under a permit taken beforehand, inside its failure
 * domain and under a deadline. Exactly one answer is delivered for each message.
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
  private final Domains domains;
  private final ScheduledThreadPoolExecutor timer;
  private final StartLine line = new StartLine();

  /**
   * A runner with its own timer thread.
   *
   * @param permits requests in flight at once
   * @param streams lasting messages at once
   * @param domains what messages run in
   */
  public Runner(RolePermits permits, RolePermits streams, Duration deadline, Domains domains) {
    this.permits = permits;
    this.streams = streams;
    this.deadline = deadline;
    this.domains = domains;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("request-deadlines").factory());
    permits.ages(this::oldestMillis);
    streams.ages(() -> domains.oldestMillis(unit -> unit instanceof Task task && task.lasting()));
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
    for (FailureDomain domain : domains.all()) {
      oldest = Math.max(oldest, domain.oldestNanos(now));
    }
    return TimeUnit.NANOSECONDS.toMillis(oldest);
  }

  /** How many lasting messages run. */
  int lasting() {
    return streams.held();
  }

  /** The domains messages run in. */
  Domains domains() {
    return domains;
  }

  /** What came of an attempt to start. */
  sealed interface Start {
    /** It runs. */
    record Running(Task task) implements Start {}

    /** It does not, and its peer is to be told why. */
    record Refused(RpcError error) implements Start {}
  }

  /** Starts the work if there is a permit and its domain takes it. */
  Start tryStart(FailureDomain domain, Work work, Consumer<Answer> sink) {
    if (!permits.tryTake()) {
      return new Start.Refused(permits.refusal().error());
    }
    Task task = new Task(domain, work, sink);
    Optional<RpcError> refusal = domain.enter(task);
    if (refusal.isPresent()) {
      permits.giveBack();
      return new Start.Refused(refusal.get());
    }
    task.start();
    return new Start.Running(task);
  }

  private void sweep() {
    long now = System.nanoTime();
    for (FailureDomain domain : domains.all()) {
      domain.forEachUnit(
          unit -> {
            if (unit instanceof Task task) {
              expire(task, now);
            }
          });
    }
  }

  private static void expire(Task task, long now) {
    try {
      task.expireIfDue(now);
    } catch (RuntimeException | Error e) {
      // A sweep that throws would be the last one.
      Log.survived("deadline", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    line.close();
  }

  /** One message being worked on. */
  final class Task extends Unit implements Runnable, Lease {
    private final Work work;
    private final Consumer<Answer> sink;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicReference<@Nullable RequestId> id = new AtomicReference<>();
    private final Thread thread;
    private volatile long end = NEVER;
    private volatile RolePermits held = permits;
    private volatile boolean silent;

    private Task(FailureDomain domain, Work work, Consumer<Answer> sink) {
      super(domain);
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
    }

    @Override
    public long arrivedNanos() {
      return sinceNanos();
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
      end = NEVER;
      held.giveBack();
      held = streams;
      domain().giveRoom(this);
      return Optional.empty();
    }

    @Override
    public void run() {
      line.runs();
      try {
        Answer answer = answer();
        end = NEVER;
        deliver(answer);
      } finally {
        domain().leave(this);
      }
    }

    private Answer answer() {
      if (wasTold()) {
        // Told to end before it had a processor: whoever waited has been answered.
        held.giveBack();
        return internalError();
      }
      try {
        return scoped(() -> work.run(this));
      } catch (RuntimeException e) {
        // FM-38: whatever a handler throws stays inside its request.
        Log.failure("request", e);
      } catch (Error e) {
        domain().crashed(e);
      } finally {
        held.giveBack();
      }
      return internalError();
    }

    private Answer internalError() {
      return Answer.refusal(500, id.get(), RpcError.of(ErrorCode.INTERNAL_ERROR));
    }

    /** True once it was turned into a lasting message. */
    boolean lasting() {
      return held == streams;
    }

    /** Nobody waits for the answer any more; true when it had not been delivered. */
    boolean abandon() {
      boolean first = answered.compareAndSet(false, true);
      told();
      thread.interrupt();
      return first;
    }

    /** What lasts ends without a word when nobody waits for an answer by its id. */
    @Override
    protected void kill(RpcError why) {
      RequestId known = id.get();
      told();
      deliver(lasting() && known == null ? Answer.streamed() : Answer.refused(known, why));
      thread.interrupt();
    }

    /** What is answered by several at once, as a batch is, tells each of them itself. */
    @Override
    public void end(RpcError why) {
      told();
      if (id.get() != null) {
        kill(why);
      }
    }

    /**
     * What ends in time says so itself. Others of a batch go on: it is nobody's end but of one of
     * them.
     */
    @Override
    public void endSilently() {
      if (id.get() == null) {
        return;
      }
      told();
      if (!lasting()) {
        silent = true;
        long limit = (System.nanoTime() + FailureDomain.GRACE.toNanos()) | 1;
        long due = end;
        if (due != NEVER && limit - due < 0) {
          end = limit;
        }
      }
    }

    private void expireIfDue(long now) {
      long due = end;
      if (due == NEVER || now - due < 0) {
        return;
      }
      end = NEVER;
      if (silent) {
        // It is stuck: the connection need not be.
        deliver(Answer.silence());
        return;
      }
      late();
      deliver(Answer.refusal(504, id.get(), RpcError.of(ErrorCode.DEADLINE_EXCEEDED)));
      thread.interrupt();
    }

    private void deliver(Answer answer) {
      if (!answered.compareAndSet(false, true)) {
        return;
      }
      try {
        sink.accept(answer);
      } catch (RuntimeException e) {
        // What a handler made may not be sayable; that it is not must be.
        Log.failure("answer", e);
        sink.accept(internalError());
      } catch (Error e) {
        domain().crashed(e);
        sink.accept(internalError());
      }
    }
  }
}
