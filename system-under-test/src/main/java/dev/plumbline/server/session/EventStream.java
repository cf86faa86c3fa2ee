package dev.plumbline.server.session;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.Outcome;
import dev.plumbline.server.machine.Patience;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.machine.StreamEvent;
import dev.plumbline.server.machine.StreamLifecycle;
import dev.plumbline.server.machine.StreamState;
import dev.plumbline.server.session.store.StreamRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One event stream of a session: the messages of one request, or what a listening client is told.
 * It outlives the connections that carry it; what is said meanwhile is kept, so that a client that
 * comes back gets everything it missed, once and in order (2025-11-25 basic/transports,
 * resumability). Safe for any number of threads.
 */
public final class EventStream {
  /** How a stream began. */
  public enum Origin {
    /** A request whose answer is its last message. */
    REQUEST,
    /** A client that listens; no message is the last. */
    LISTENING
  }

  private static final byte[] NOTHING = new byte[0];

  /** So many messages a listening client is told ahead; the rest waits where it can coalesce. */
  private static final int MAX_AHEAD = 64;

  /** Whoever waits for room looks this often whether its message gives way. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  /** One connection and how far it got. */
  private static final class Carrier {
    private final Outlet outlet;
    private final boolean followed;
    private final Runnable ready;
    private final ReentrantLock writing = new ReentrantLock();
    private long told;

    /**
     * A connection.
     *
     * @param followed true when a thread of its own writes; otherwise whoever speaks writes
     * @param ready run whenever it can be told more
     */
    Carrier(Outlet outlet, boolean followed, long told, Runnable ready) {
      this.outlet = outlet;
      this.followed = followed;
      this.told = told;
      this.ready = ready;
    }
  }

  private final long number;
  private final Origin origin;
  private final StateMachine<StreamState, StreamEvent> machine;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ReplayBuffer buffer;
  private @Nullable Carrier carrier;
  private @Nullable Mirror mirror;

  /** Whoever comes to listen is sent to another process. */
  private boolean moved;

  private long lastMillis = System.currentTimeMillis();

  EventStream(long number, Origin origin, Machines machines, ReplayBudget budget) {
    this.number = number;
    this.origin = origin;
    this.machine = machines.start(StreamLifecycle.STREAM, this::perform, Patience.declared());
    this.buffer = new ReplayBuffer(budget);
  }

  /** Called under the lock, like everything that fires. */
  private void perform(String action, Outcome.Moved<StreamState, StreamEvent> move) {
    if (action.equals(StreamLifecycle.FORGET)) {
      buffer.clear();
      carrier = null;
      changed.signalAll();
    }
  }

  /** A stream that another process began; its client is expected to come back. */
  static EventStream restored(StreamRecord kept, Machines machines, ReplayBudget budget) {
    Origin origin = kept.listening() ? Origin.LISTENING : Origin.REQUEST;
    EventStream stream = new EventStream(kept.number(), origin, machines, budget);
    stream.buffer.restore(kept);
    stream.machine.fire(kept.finished() ? StreamEvent.FINISHED : StreamEvent.LOST);
    return stream;
  }

  /**
   * Another process goes on with the stream: what a request says from now on goes there, too, and a
   * client that listens is sent there.
   */
  StreamRecord handOver(Mirror other) {
    lock.lock();
    try {
      boolean running = origin == Origin.REQUEST && open();
      mirror = running ? other : null;
      moved = origin == Origin.LISTENING;
      if (origin == Origin.LISTENING && carrier != null) {
        Carrier now = carrier;
        var _ = Thread.ofVirtual().name("stream-farewell").start(() -> sendAway(now));
      }
      return new StreamRecord(
          number, origin == Origin.LISTENING, !open(), buffer.last(), buffer.lost(), buffer.all());
    } finally {
      lock.unlock();
    }
  }

  /** The other process did not take the stream. */
  void stay() {
    lock.lock();
    try {
      mirror = null;
      moved = false;
    } finally {
      lock.unlock();
    }
  }

  private void sendAway(Carrier now) {
    try {
      var _ = now.outlet.write(null, Limits.RECONNECT_ELSEWHERE, MessageKind.NEWS, NOTHING);
      if (lose(now)) {
        now.outlet.end();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whoever is told what a request that goes on here says. */
  interface Mirror {
    /** One message. */
    void said(long stream, MessageKind kind, byte[] message);

    /** The last message was said. */
    void finished(long stream);
  }

  /** Adds one message; under the lock. */
  private void add(MessageKind kind, byte[] message) {
    buffer.add(kind, message);
    if (mirror != null) {
      mirror.said(number, kind, message);
    }
  }

  /** Another process said one message of a request that goes on there. Never waits. */
  void follow(MessageKind kind, byte[] message) {
    lock.lock();
    try {
      if (open()) {
        add(kind, message);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** What can be seen of it. */
  StreamView view() {
    lock.lock();
    try {
      long given = carrier == null ? 0 : carrier.told;
      long waiting = Math.min(buffer.last() - given, buffer.kept());
      Instant last = Instant.ofEpochMilli(lastMillis);
      return new StreamView(number, machine.state(), buffer.last(), waiting, last, carrier != null);
    } finally {
      lock.unlock();
    }
  }

  /** The lifecycle. */
  public StateMachine<StreamState, StreamEvent> machine() {
    return machine;
  }

  /** How it began. */
  public Origin origin() {
    return origin;
  }

  /**
   * Begins on the connection of the request itself; whoever speaks writes.
   *
   * @param primed true to send an event at once that a client can resume after
   */
  public void begin(Outlet outlet, boolean primed) throws InterruptedException {
    Carrier first = new Carrier(outlet, false, 0, () -> {});
    lock.lock();
    try {
      if (!machine.fire(StreamEvent.ATTACHED).accepted()) {
        return;
      }
      carrier = first;
    } finally {
      lock.unlock();
    }
    if (primed && !outlet.write(id(0), null, MessageKind.NEWS, NOTHING)) {
      lose(first);
    }
  }

  /**
   * Begins on the connection of a client that listens, and carries the stream on the calling thread
   * until that connection or the stream ends. Whenever it can be told more, {@code attached} is
   * run.
   */
  public void follow(Outlet outlet, boolean primed, Runnable attached) throws InterruptedException {
    Carrier first = new Carrier(outlet, true, 0, attached);
    boolean away;
    lock.lock();
    try {
      if (!machine.fire(StreamEvent.ATTACHED).accepted()) {
        return;
      }
      carrier = first;
      away = moved;
    } finally {
      lock.unlock();
    }
    if (away) {
      sendAway(first);
      return;
    }
    try {
      // Without an event there must still be a response: an empty one says nothing to the client.
      if (outlet.write(primed ? id(0) : null, null, MessageKind.NEWS, NOTHING)) {
        attached.run();
        carry(first);
      }
    } finally {
      lose(first);
    }
  }

  /**
   * Takes over the stream behind the given message; false when that cannot be done without a gap.
   * On success {@code attached} is run whenever it can be told more, and the calling thread carries
   * the stream until the connection or the stream ends.
   */
  public boolean resume(Outlet outlet, long after, Runnable attached) throws InterruptedException {
    Carrier next = new Carrier(outlet, true, after, attached);
    Carrier before;
    boolean away;
    lock.lock();
    try {
      if (!buffer.reaches(after) || !machine.fire(StreamEvent.RESUME).accepted()) {
        return false;
      }
      before = carrier;
      carrier = next;
      away = moved;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (before != null) {
      before.outlet.end();
    }
    if (away) {
      sendAway(next);
      return true;
    }
    try {
      // The response begins even when nothing was missed.
      if (outlet.write(null, null, MessageKind.NEWS, NOTHING)) {
        attached.run();
        carry(next);
      }
    } finally {
      lose(next);
    }
    return true;
  }

  /**
   * Says one message, or lets it give way when the client does not keep up; false when the stream
   * is over.
   */
  public boolean say(MessageKind kind, byte[] message) throws InterruptedException {
    boolean taken = awaitRoom(kind);
    Carrier now;
    lock.lock();
    try {
      if (!open()) {
        return false;
      }
      if (!taken) {
        return true;
      }
      add(kind, message);
      lastMillis = System.currentTimeMillis();
      changed.signalAll();
      now = carrier;
    } finally {
      lock.unlock();
    }
    if (now != null && !now.followed) {
      write(now);
    }
    return true;
  }

  /**
   * Says one message if a connection carries the stream and has room; never waits. For followed
   * streams.
   */
  boolean offer(byte[] message) {
    lock.lock();
    try {
      if (carrier == null || !carrier.followed || !open() || ahead(carrier, MAX_AHEAD)) {
        return false;
      }
      add(MessageKind.NEWS, message);
      lastMillis = System.currentTimeMillis();
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Says the last message, or none, and ends. */
  public void finish(byte @Nullable [] message) throws InterruptedException {
    Carrier now;
    lock.lock();
    try {
      if (!open()) {
        return;
      }
      if (message != null) {
        add(MessageKind.RESPONSE, message);
        lastMillis = System.currentTimeMillis();
      }
      machine.touch();
      machine.fire(StreamEvent.FINISHED);
      if (mirror != null) {
        mirror.finished(number);
      }
      changed.signalAll();
      now = carrier;
    } finally {
      lock.unlock();
    }
    if (now != null && !now.followed) {
      try {
        write(now);
      } finally {
        lose(now);
      }
    }
  }

  /** Closes the connection, not the stream, and tells the client when to come back. */
  public void disconnect(Duration retry) throws InterruptedException {
    Carrier now;
    lock.lock();
    try {
      now = carrier;
    } finally {
      lock.unlock();
    }
    if (now == null) {
      return;
    }
    write(now);
    if (lose(now)) {
      var _ = now.outlet.write(null, retry, MessageKind.NEWS, NOTHING);
      now.outlet.end();
    }
  }

  /** Ends the stream with its session: nothing is kept. */
  void terminate() {
    end(StreamEvent.TERMINATED);
  }

  /** Lets time pass: a stream that nobody came back to ends. */
  void sweep() {
    lock.lock();
    try {
      boolean running = origin == Origin.REQUEST && machine.state() == StreamState.PAUSED;
      if (carrier != null || running) {
        machine.touch();
      } else {
        var _ = machine.fireDue();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends a stream before its time, because others need the room. */
  boolean forget() {
    return end(StreamEvent.EXPIRED);
  }

  /** True while a connection carries it. */
  boolean carried() {
    lock.lock();
    try {
      return carrier != null;
    } finally {
      lock.unlock();
    }
  }

  private boolean end(StreamEvent event) {
    Carrier before;
    lock.lock();
    try {
      before = carrier;
      if (!machine.fire(event).accepted()) {
        return false;
      }
    } finally {
      lock.unlock();
    }
    if (before != null) {
      before.outlet.end();
    }
    return true;
  }

  private boolean open() {
    return switch (machine.state()) {
      case OPENING, ACTIVE, PAUSED, RESUMING -> true;
      case CLOSING, CLOSED -> false;
    };
  }

  /**
   * Lets a connection that is being written by its own thread catch up, within the stall limit.
   *
   * @return false when the message gives way instead
   */
  private boolean awaitRoom(MessageKind kind) throws InterruptedException {
    long left = Limits.WRITE_STALL.toNanos();
    lock.lockInterruptibly();
    try {
      while (carrier != null) {
        if (!carrier.outlet.takes(kind)) {
          return false;
        }
        if (left <= 0 || !carrier.followed || !ahead(carrier, Limits.MAX_KEPT_EVENTS / 2)) {
          return true;
        }
        long slice = Math.min(left, LOOK_AGAIN.toNanos());
        left -= slice - changed.awaitNanos(slice);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean ahead(Carrier mine, int most) {
    return buffer.last() - mine.told >= most;
  }

  private void carry(Carrier mine) throws InterruptedException {
    while (true) {
      write(mine);
      boolean quiet;
      lock.lock();
      try {
        if (carrier != mine) {
          return;
        }
        if (mine.told < buffer.last()) {
          continue;
        }
        machine.fire(StreamEvent.REPLAYED);
        if (!open()) {
          return;
        }
        quiet = !changed.await(Limits.STREAM_BEAT.toNanos(), TimeUnit.NANOSECONDS);
      } finally {
        lock.unlock();
      }
      if (quiet && !mine.outlet.write(null, null, MessageKind.BEAT, NOTHING)) {
        return;
      }
    }
  }

  /** Writes whatever this connection has not got. */
  private void write(Carrier mine) throws InterruptedException {
    mine.writing.lock();
    try {
      Optional<ReplayBuffer.Message> next = next(mine);
      while (next.isPresent()) {
        ReplayBuffer.Message message = next.get();
        boolean written;
        try {
          written = mine.outlet.write(id(message.number()), null, message.kind(), message.data());
        } finally {
          // An interrupted writer has handed its message over: it must not be written twice.
          told(mine, message.number());
        }
        if (!written) {
          lose(mine);
          return;
        }
        next = next(mine);
      }
    } finally {
      mine.writing.unlock();
    }
  }

  private Optional<ReplayBuffer.Message> next(Carrier mine) {
    lock.lock();
    try {
      if (carrier != mine) {
        return Optional.empty();
      }
      if (buffer.reaches(mine.told)) {
        return buffer.after(mine.told);
      }
    } finally {
      lock.unlock();
    }
    // It fell so far behind that something is lost: cut off rather than told with a gap.
    if (lose(mine)) {
      mine.outlet.end();
    }
    return Optional.empty();
  }

  private void told(Carrier mine, long upTo) {
    lock.lock();
    try {
      mine.told = upTo;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    // Outside the lock: whoever has more to say may say it to this stream.
    mine.ready.run();
  }

  private boolean lose(Carrier mine) {
    lock.lock();
    try {
      if (carrier != mine) {
        return false;
      }
      carrier = null;
      machine.touch();
      machine.fire(StreamEvent.LOST);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private String id(long message) {
    return new EventId(number, message).text();
  }
}
