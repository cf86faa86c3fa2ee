package dev.plumbline.server.domain;

import dev.plumbline.server.protocol.RpcError;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** One piece of work on a thread of its own inside a failure domain. */
public abstract class Unit {
  private static final ScopedValue<Unit> CURRENT = ScopedValue.newInstance();
  private static final long NOT_TOLD = 0;

  private final FailureDomain domain;
  private final long sinceNanos = System.nanoTime();
  private final AtomicBoolean counted = new AtomicBoolean();
  private final AtomicLong toldNanos = new AtomicLong(NOT_TOLD);
  private volatile boolean begun;
  private volatile Runnable ifLate = () -> {};

  /** Work that is to run in a domain. */
  protected Unit(FailureDomain domain) {
    this.domain = domain;
  }

  /** What the calling thread works on; empty outside all domains. */
  public static Optional<Unit> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /** What it runs in. */
  public final FailureDomain domain() {
    return domain;
  }

  /** Does something on the calling thread as this piece of work. */
  protected final <T> T scoped(Supplier<T> work) {
    begun = true;
    return ScopedValue.where(CURRENT, this).call(work::get);
  }

  /**
   * Ends it now, because its domain does: whoever waits is told why, its thread is interrupted.
   * Must not block.
   */
  protected abstract void kill(RpcError why);

  /**
   * Ends it now, because what it is done for has ended: whoever waits for one answer is told why,
   * and the thread that works is told to end. Does not block.
   */
  public void end(RpcError why) {
    told();
    kill(why);
  }

  /**
   * Ends it now, because whoever waited for it does not any more: the thread that works is told to
   * end. Does not block.
   */
  public void endSilently() {
    told();
  }

  /** True while it takes room in the domain. What has a bound of its own elsewhere does not. */
  protected boolean takesRoom() {
    return true;
  }

  /** When it came, by {@link System#nanoTime()}. */
  public final long sinceNanos() {
    return sinceNanos;
  }

  final AtomicBoolean counted() {
    return counted;
  }

  /** Its thread was told to end; the first time counts. */
  public final void told() {
    toldNanos.compareAndSet(NOT_TOLD, domain.nanos() | 1);
  }

  /** Says what is to happen when its time runs out while it works; must not block. */
  public final void whenLate(Runnable action) {
    ifLate = action;
  }

  /** Its time has run out: its thread is told to end. */
  protected final void late() {
    told();
    ifLate.run();
  }

  /** True once its thread was told to end, whoever told it. */
  public final boolean wasTold() {
    return toldNanos.get() != NOT_TOLD;
  }

  /**
   * True when it was told to end so long ago and still works. What has not begun waits for a
   * processor: that is a busy machine, not a handler that does not listen.
   */
  final boolean stuck(long nowNanos, long graceNanos) {
    long told = toldNanos.get();
    return begun && told != NOT_TOLD && nowNanos - told >= graceNanos;
  }
}
