package dev.plumbline.server.domain;

import dev.plumbline.server.config.DomainSettings;
import dev.plumbline.server.limit.RolePermits;
import dev.plumbline.server.machine.DomainEvent;
import dev.plumbline.server.machine.DomainLifecycle;
import dev.plumbline.server.machine.DomainState;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcError;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A bulkhead: the work inside it can be ended, and it can be restarted, without anybody outside
 * noticing. Safe for any number of threads.
 */
public final class FailureDomain {
  /** A thread that was told to end has this long before it counts as stuck: more than a stall. */
  public static final Duration GRACE = Duration.ofSeconds(5);

  /** So many more stuck threads than at the last restart are a crash. */
  static final int MAX_STUCK_IN_ONE_LIFE = 16;

  /** With so many stuck threads the domain is given up: every one of them costs memory. */
  static final int MAX_STUCK = 32;

  /** What a client is told to wait while the domain is restarted. */
  static final Duration RETRY_AFTER = Duration.ofMillis(250);

  private final String name;
  private final Supplier<DomainSettings> limits;
  private final Consumer<Crash> onCrash;
  private final StateMachine<DomainState, DomainEvent> machine;
  private final RolePermits permits;
  private final LongSupplier nanos;
  private final Set<Unit> units = ConcurrentHashMap.newKeySet();
  private final Object ending = new Object();
  private final Window crashes = new Window();
  private final AtomicLong crashCount = new AtomicLong();
  private final HandlerFaults faults = new HandlerFaults();
  private volatile Part part = Part.NONE;
  private volatile int stuckBefore;

  /**
   * Something inside went wrong in a way that a handler must not.
   *
   * @param domain where
   * @param cause what
   */
  record Crash(FailureDomain domain, Throwable cause) {}

  /**
   * A domain that runs.
   *
   * @param permits as many as it may hold pieces of work at once
   * @param onCrash told of every crash; must not block
   */
  FailureDomain(
      String name,
      RolePermits permits,
      Supplier<DomainSettings> limits,
      Machines machines,
      Consumer<Crash> onCrash) {
    this.name = name;
    this.limits = limits;
    this.onCrash = onCrash;
    this.nanos = machines.nanos();
    this.permits = permits;
    this.machine =
        machines.start(
            DomainLifecycle.DOMAIN,
            (_, _) -> {},
            timeout ->
                timeout.event() == DomainEvent.DRAIN_TIMEOUT
                    ? limits.get().drain()
                    : timeout.after());
  }

  /** Its name, for example {@code session-3} or {@code tcp}. */
  public String name() {
    return name;
  }

  /**
   * Changes how many pieces of work it may hold at once, as soon as no more than that are there.
   */
  void hold(int most) {
    permits.follow(most);
  }

  /** Its lifecycle. */
  public StateMachine<DomainState, DomainEvent> machine() {
    return machine;
  }

  /** Says what it consists of; once, before anything goes wrong. */
  public void consistsOf(Part its) {
    part = its;
  }

  /** The clock by which its threads are stuck or not. */
  long nanos() {
    return nanos.getAsLong();
  }

  Part part() {
    return part;
  }

  /** True while it takes work. */
  public boolean runs() {
    return machine.state() == DomainState.RUNNING;
  }

  /** Why it takes no work now; empty when it does. */
  public Optional<RpcError> refusal() {
    return switch (machine.state()) {
      case RUNNING -> Optional.empty();
      case DRAINING, RESTARTING, STOPPED -> Optional.of(unavailable("is being restarted"));
      case FAILED -> Optional.of(unavailable("was given up"));
    };
  }

  /** The error of everybody whose work it ended or does not take. */
  private RpcError unavailable(String what) {
    Duration wait = machine.state() == DomainState.FAILED ? limits.get().window() : RETRY_AFTER;
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("domain", name);
    data.put("retryAfterMs", wait.toMillis());
    return RpcError.of(ErrorCode.UNAVAILABLE, "it " + what).with(data);
  }

  /** Takes a piece of work in; or says why not. What is taken must {@link #leave} in the end. */
  public Optional<RpcError> enter(Unit unit) {
    if (unit.takesRoom()) {
      if (!permits.tryTake()) {
        return Optional.of(permits.refusal().error());
      }
      unit.counted().set(true);
    }
    units.add(unit);
    // Whoever ends the domain moves it first and looks for work then: one of us sees the other.
    Optional<RpcError> refusal = refusal();
    if (refusal.isPresent()) {
      leave(unit);
    }
    return refusal;
  }

  /** The thread of the work has ended. */
  public void leave(Unit unit) {
    if (units.remove(unit)) {
      giveRoom(unit);
      if (!runs()) {
        synchronized (ending) {
          ending.notifyAll();
        }
      }
    }
  }

  /** From now on the work has its bound elsewhere. */
  public void giveRoom(Unit unit) {
    if (unit.counted().compareAndSet(true, false)) {
      permits.giveBack();
    }
  }

  /** Called where a handler is about to run: the place where experiments let one fail. */
  public void handlerBegins(String session) throws InterruptedException {
    faults.strike(session);
  }

  HandlerFaults faults() {
    return faults;
  }

  /** An {@code Error} got out of a handler; its caller is answered by whoever caught it. */
  public void crashed(Throwable cause) {
    crashCount.incrementAndGet();
    crashes.add(System.nanoTime());
    onCrash.accept(new Crash(this, cause));
  }

  /** Ends all work that goes on inside. */
  void killUnits() {
    RpcError why = unavailable("was restarted");
    for (Unit unit : units) {
      unit.told();
      unit.kill(why);
    }
  }

  /** Waits until nothing works inside any more, except what is stuck; true when that is so. */
  boolean awaitIdle(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    synchronized (ending) {
      while (working() > 0) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        // What has no thread here, such as an answer that is being written, does not wake us.
        long step = Math.min(left, TimeUnit.MILLISECONDS.toNanos(10));
        TimeUnit.NANOSECONDS.timedWait(ending, step);
      }
      return true;
    }
  }

  private int working() {
    return units.size() - stuck() + part.pending();
  }

  /** A new life begins: what was counted against the last one is not counted any more. */
  void begins() {
    crashes.clear();
    // Whatever is left of the last life was told to end, and may get stuck yet.
    stuckBefore = Math.toIntExact(units.stream().filter(Unit::wasTold).count());
  }

  /** How many threads were told to end and did not. */
  public int stuck() {
    long now = nanos();
    int count = 0;
    for (Unit unit : units) {
      if (unit.stuck(now, GRACE.toNanos())) {
        count++;
      }
    }
    return count;
  }

  /** Threads that got stuck since the last restart. */
  int stuckNow() {
    return Math.max(0, stuck() - stuckBefore);
  }

  /** Crashes in the window of the settings. */
  int crashesInWindow() {
    return crashes.count(System.nanoTime(), limits.get().window());
  }

  /** Crashes in all. */
  long crashCount() {
    return crashCount.get();
  }

  /** How many pieces of work are inside. */
  public int active() {
    return permits.held();
  }

  /** How many there may be. */
  int most() {
    return permits.cap();
  }

  /** The most there ever were. */
  int peak() {
    return permits.max();
  }

  /** How many did not fit. */
  long rejected() {
    return permits.rejected();
  }

  /** How long the oldest work has been inside that takes room; 0 when there is none. */
  public long oldestNanos(long nowNanos) {
    long oldest = 0;
    for (Unit unit : units) {
      if (unit.counted().get()) {
        oldest = Math.max(oldest, nowNanos - unit.sinceNanos());
      }
    }
    return oldest;
  }

  /** Everything inside; for whoever looks at the deadlines of work. */
  public void forEachUnit(Consumer<Unit> action) {
    units.forEach(action);
  }
}
