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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one stream has said, which connection carries it and how far that got, and where its
 * lifecycle stands: everything that its lock keeps in step. Nothing is written to a connection
 * here.
 */
final class StreamLog {
  /** So many messages a listening client is told ahead; the rest waits where it can coalesce. */
  private static final int MAX_AHEAD = 64;

  /** Whoever waits for room looks this often whether its message gives way. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  /** What a connection that has got everything waited for. */
  enum Awaited {
    /** There is more to be told. */
    MORE,
    /** Nothing was said for as long as a sign of life takes. */
    QUIET,
    /** The connection carries the stream no more, or the stream is over. */
    OVER
  }

  /**
   * How a connection came to carry the stream.
   *
   * @param before the one that carried it until now, or null
   * @param away true when it is to be sent to another process
   */
  record Attached(@Nullable StreamCarrier before, boolean away) {}

  private final long number;
  private final EventStream.Origin origin;
  private final StateMachine<StreamState, StreamEvent> machine;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ReplayBuffer buffer;

  /** Changed under the lock only. */
  private volatile @Nullable StreamCarrier carrier;

  private EventStream.@Nullable Mirror mirror;

  /** Whoever comes to listen is sent to another process. */
  private boolean moved;

  private long lastMillis = System.currentTimeMillis();

  StreamLog(long number, EventStream.Origin origin, Machines machines, ReplayBudget budget) {
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

  /** Takes over what another process said; nothing was said here. */
  void restore(StreamRecord kept) {
    buffer.restore(kept);
    machine.fire(kept.finished() ? StreamEvent.FINISHED : StreamEvent.LOST);
  }

  /**
   * Another process goes on with the stream.
   *
   * @param other is told what a request says from now on
   * @param away is given the connection of a client that listens; must not block
   */
  StreamRecord handOver(EventStream.Mirror other, Consumer<StreamCarrier> away) {
    boolean listening = origin == EventStream.Origin.LISTENING;
    lock.lock();
    try {
      mirror = !listening && open() ? other : null;
      moved = listening;
      StreamCarrier now = carrier;
      if (listening && now != null) {
        away.accept(now);
      }
      return new StreamRecord(
          number, listening, !open(), buffer.last(), buffer.lost(), buffer.all());
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

  /** What can be seen of it. */
  StreamView view() {
    lock.lock();
    try {
      StreamCarrier now = carrier;
      long given = now == null ? 0 : now.told();
      long waiting = Math.min(buffer.last() - given, buffer.kept());
      Instant last = Instant.ofEpochMilli(lastMillis);
      return new StreamView(number, machine.state(), buffer.last(), waiting, last, now != null);
    } finally {
      lock.unlock();
    }
  }

  StateMachine<StreamState, StreamEvent> machine() {
    return machine;
  }

  EventStream.Origin origin() {
    return origin;
  }

  /** The id of a message of this stream; 0 is the beginning. */
  String id(long message) {
    return new EventId(number, message).text();
  }

  /** True while something can be said. */
  boolean open() {
    return switch (machine.state()) {
      case OPENING, ACTIVE, PAUSED, RESUMING -> true;
      case CLOSING, CLOSED -> false;
    };
  }

  /** The connection that carries it, or null. */
  @Nullable StreamCarrier carrier() {
    return carrier;
  }

  /** The first connection; empty when the stream cannot begin any more. */
  Optional<Attached> begin(StreamCarrier first) {
    lock.lock();
    try {
      return attach(first, StreamEvent.ATTACHED);
    } finally {
      lock.unlock();
    }
  }

  /** Another connection; empty when it cannot go on where it is without a gap. */
  Optional<Attached> resume(StreamCarrier next) {
    lock.lock();
    try {
      return buffer.reaches(next.told()) ? attach(next, StreamEvent.RESUME) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private Optional<Attached> attach(StreamCarrier next, StreamEvent event) {
    if (!machine.fire(event).accepted()) {
      return Optional.empty();
    }
    StreamCarrier before = carrier;
    carrier = next;
    changed.signalAll();
    return Optional.of(new Attached(before, moved));
  }

  /** The connection is gone; false when it did not carry the stream. */
  boolean lose(StreamCarrier mine) {
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

  /** Adds one message; false when the stream is over. */
  boolean say(MessageKind kind, byte[] message) {
    lock.lock();
    try {
      if (!open()) {
        return false;
      }
      add(kind, message);
      lastMillis = System.currentTimeMillis();
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Adds one message that another process said. */
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

  /** Adds one message if a thread carries the stream to a connection that has room. */
  boolean offer(byte[] message) {
    lock.lock();
    try {
      StreamCarrier now = carrier;
      if (now == null || !now.followed() || !open() || ahead(now, MAX_AHEAD)) {
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

  /** Adds the last message, or none; false when the stream is over. */
  boolean finish(byte @Nullable [] message) {
    lock.lock();
    try {
      if (!open()) {
        return false;
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
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void add(MessageKind kind, byte[] message) {
    buffer.add(kind, message);
    if (mirror != null) {
      mirror.said(number, kind, message);
    }
  }

  /** Ends before its time; the connection that carried it, or null. */
  @Nullable StreamCarrier end(StreamEvent event) {
    lock.lock();
    try {
      StreamCarrier before = carrier;
      return machine.fire(event).accepted() ? before : null;
    } finally {
      lock.unlock();
    }
  }

  /** Lets time pass: a stream that nobody came back to ends. */
  void sweep() {
    lock.lock();
    try {
      boolean running =
          origin == EventStream.Origin.REQUEST && machine.state() == StreamState.PAUSED;
      if (carrier != null || running) {
        machine.touch();
      } else {
        var _ = machine.fireDue();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets a connection that is being written by its own thread catch up, within the stall limit.
   *
   * @return false when the message gives way instead
   */
  boolean awaitRoom(MessageKind kind) throws InterruptedException {
    long left = Limits.WRITE_STALL.toNanos();
    lock.lockInterruptibly();
    try {
      StreamCarrier now = carrier;
      while (now != null) {
        if (!now.outlet().takes(kind)) {
          return false;
        }
        if (left <= 0 || !now.followed() || !ahead(now, Limits.MAX_KEPT_EVENTS / 2)) {
          return true;
        }
        long slice = Math.min(left, LOOK_AGAIN.toNanos());
        left -= slice - changed.awaitNanos(slice);
        now = carrier;
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** A connection that has got everything waits for more. */
  Awaited awaitMore(StreamCarrier mine) throws InterruptedException {
    lock.lock();
    try {
      while (carrier == mine) {
        if (mine.told() < buffer.last()) {
          return Awaited.MORE;
        }
        machine.fire(StreamEvent.REPLAYED);
        if (!open()) {
          return Awaited.OVER;
        }
        if (!changed.await(Limits.STREAM_BEAT.toNanos(), TimeUnit.NANOSECONDS)) {
          return Awaited.QUIET;
        }
      }
      return Awaited.OVER;
    } finally {
      lock.unlock();
    }
  }

  /** What the connection is to be told next; one that something is lost to is cut off. */
  Optional<ReplayBuffer.Message> next(StreamCarrier mine) {
    lock.lock();
    try {
      if (carrier != mine) {
        return Optional.empty();
      }
      if (buffer.reaches(mine.told())) {
        return buffer.after(mine.told());
      }
    } finally {
      lock.unlock();
    }
    // It fell so far behind that something is lost: cut off rather than told with a gap.
    if (lose(mine)) {
      mine.outlet().end();
    }
    return Optional.empty();
  }

  /** The connection was told everything up to this message. */
  void told(StreamCarrier mine, long upTo) {
    lock.lock();
    try {
      mine.told(upTo);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    // Outside the lock: whoever has more to say may say it to this stream.
    mine.ready();
  }

  private boolean ahead(StreamCarrier mine, int most) {
    return buffer.last() - mine.told() >= most;
  }
}
