package dev.plumbline.server.limit;

import dev.plumbline.server.config.OverloadSettings;
import dev.plumbline.server.config.ServerConfig;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What waits for one connection's peer to read (C6, R150–R154). Whoever hands a message to the wire
 * holds a permit; a peer that reads nothing for a while, although something waits, is slow, and not
 * slow any more with the first message it takes. Safe for any number of threads.
 */
public final class Flow {
  /** The role of the permits of every connection. */
  public static final String ROLE = "outbound";

  /** The limit on bytes that wait for all peers, in refusals. */
  public static final String ALL_BYTES = "outbound_mebibytes";

  /** Bytes that wait for one peer, 16 MiB; beyond, only what has its place already is added. */
  static final long MAX_BYTES = 16_777_216;

  private static final int PERCENT = 100;

  /** How a peer keeps up (R215). */
  public enum State {
    /** It does. */
    CLEAR,
    /** Much waits. */
    WARN,
    /** It is slow, or no more can wait. */
    BLOCK;

    /** The name in JSON. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Hears what happens; must not block. */
  interface Listener {
    /** The state changed. */
    void moved(Flow flow, State from);

    /** A slow peer is served as before. */
    void recovered(Flow flow, Duration after);

    /** A slow peer reads again and is not served as before, although the time for that is over. */
    void late(Flow flow, Duration after);

    /** A message was not said. */
    void dropped(MessageKind kind);

    /** A message that waited already was said again. */
    void coalesced();

    /** The connection is gone. */
    void closed(Flow flow);
  }

  private final String id;
  private final RolePermits permits;
  private final AllBytes all;
  private final Supplier<ServerConfig> settings;
  private final LongSupplier nanos;
  private final Listener listener;
  private volatile Runnable cut = () -> {};
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private volatile long progressed;
  private volatile State state = State.CLEAR;
  private final Recovery recovery = new Recovery();

  Flow(
      String id,
      RolePermits permits,
      AllBytes all,
      Supplier<ServerConfig> settings,
      LongSupplier nanos,
      Listener listener) {
    this.id = id;
    this.permits = permits;
    this.all = all;
    this.settings = settings;
    this.nanos = nanos;
    this.listener = listener;
  }

  /** Names the connection, for example {@code tcp-7}. */
  public String id() {
    return id;
  }

  /** Messages that wait or whose place is kept, at most. */
  public RolePermits permits() {
    return permits;
  }

  /** Says how the connection is closed when what waits is too much for all of us; once. */
  public void whenCut(Runnable closing) {
    cut = closing;
  }

  /** Closes the connection: its peer does not read, and others need the room. */
  void cutOff() {
    cut.run();
  }

  /**
   * Keeps a place for a response before its request is taken on (C6); false when too much waits for
   * this peer, or for all of them.
   */
  public boolean tryPlace() {
    return !all.full() && hasRoomFor(0) && permits.tryTake();
  }

  /** True when a place would not be kept now; see {@link RolePermits#shut}. */
  public boolean shut() {
    return all.full() || !hasRoomFor(0) || permits.shut();
  }

  /** What is told to whom no place was kept just now. */
  public Refusal refusal() {
    return all.full() ? all.refusal() : permits.refusal();
  }

  /** A peer that takes nothing for so long is slow. */
  public Duration slowAfter() {
    return settings.get().outbound().slowAfter();
  }

  /** A message waits now; it has its permit. */
  public void added(int length) {
    bytes.addAndGet(length);
    all.added(length);
    int now = waiting.getAndIncrement();
    if (now == 0) {
      progressed = nanos.getAsLong();
    }
    if (state != State.CLEAR || reaches(now + 1, settings.get().overload().warning())) {
      look();
    }
  }

  /** The peer has taken a message, or will never take it. */
  public void removed(int length) {
    bytes.addAndGet(-length);
    all.removed(length);
    progressed = nanos.getAsLong();
    waiting.decrementAndGet();
    if (state != State.CLEAR) {
      look();
    }
  }

  /** A message that waited gives way: the peer has not taken it. */
  public void withdrawn(int length) {
    bytes.addAndGet(-length);
    all.removed(length);
    waiting.decrementAndGet();
  }

  /** How many messages wait. */
  public int waiting() {
    return waiting.get();
  }

  /** How many bytes wait. */
  public long bytes() {
    return bytes.get();
  }

  /**
   * True when so many bytes may be added; a single message always may, so that a peer that reads is
   * told what there is while others do not.
   */
  public boolean hasRoomFor(int length) {
    long now = bytes.get();
    return now == 0 || (!all.full() && now + length <= MAX_BYTES);
  }

  /** True when something waits and the peer has taken nothing for a while. */
  public boolean slow() {
    return waiting.get() > 0 && nanos.getAsLong() - progressed >= slowAfter().toNanos();
  }

  /** How long the peer may go on taking nothing before it is slow. */
  public Duration untilSlow() {
    long left = slowAfter().toNanos() - (nanos.getAsLong() - progressed);
    return Duration.ofNanos(Math.max(0, left));
  }

  /** How the peer keeps up. */
  public State state() {
    return state;
  }

  /** Looks again how the peer keeps up: nothing happens by itself while a peer does nothing. */
  public void look() {
    State from;
    State now;
    Recovery.Finding found;
    Duration after;
    synchronized (this) {
      from = state;
      now = judge(from);
      state = now;
      found =
          recovery.look(
              slow(), now == State.CLEAR, nanos.getAsLong(), settings.get().outbound().recovery());
      after = Duration.ofNanos(recovery.tookNanos());
    }
    if (now != from) {
      listener.moved(this, from);
    }
    switch (found) {
      case NOTHING -> {}
      case DONE -> listener.recovered(this, after);
      case LATE -> listener.late(this, after);
    }
  }

  private State judge(State from) {
    OverloadSettings levels = settings.get().overload();
    int now = waiting.get();
    if (now >= permits.cap() || slow()) {
      return State.BLOCK;
    }
    int less = from == State.CLEAR ? 0 : levels.hysteresis();
    return reaches(now, levels.warning() - less) ? State.WARN : State.CLEAR;
  }

  private boolean reaches(int depth, int percent) {
    return (long) depth * PERCENT >= (long) percent * permits.cap();
  }

  /** Notes a message that is not said, by the policy of its kind. */
  public void dropped(MessageKind kind) {
    listener.dropped(kind);
  }

  /** Notes a message that is not said again. */
  public void coalesced() {
    listener.coalesced();
  }

  /** The connection is gone. */
  public void close() {
    listener.closed(this);
  }
}
