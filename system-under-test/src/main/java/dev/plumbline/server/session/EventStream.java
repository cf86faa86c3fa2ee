package dev.plumbline.server.session;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.machine.StreamEvent;
import dev.plumbline.server.machine.StreamState;
import dev.plumbline.server.session.store.StreamRecord;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One event stream of a session: the messages of one request, or what a listening client is told.
 * It outlives the connections that carry it; what is said meanwhile is kept, so that a client that
 * comes back gets everything it missed, once and in order (2025-11-25 basic/transports,
 * resumability). Safe for any number of threads: what they share is the {@link StreamLog}'s, and
 * all writing is done here, without its lock.
 */
public final class EventStream {
  /** How a stream began. */
  public enum Origin {
    /** A request whose answer is its last message. */
    REQUEST,
    /** A client that listens; no message is the last. */
    LISTENING
  }

  /** Whoever is told what a request that goes on here says. */
  interface Mirror {
    /** One message. */
    void said(long stream, MessageKind kind, byte[] message);

    /** The last message was said. */
    void finished(long stream);
  }

  private static final byte[] NOTHING = new byte[0];

  private final StreamLog log;

  EventStream(long number, Origin origin, Machines machines, ReplayBudget budget) {
    this.log = new StreamLog(number, origin, machines, budget);
  }

  /** A stream that another process began; its client is expected to come back. */
  static EventStream restored(StreamRecord kept, Machines machines, ReplayBudget budget) {
    Origin origin = kept.listening() ? Origin.LISTENING : Origin.REQUEST;
    EventStream stream = new EventStream(kept.number(), origin, machines, budget);
    stream.log.restore(kept);
    return stream;
  }

  /**
   * Another process goes on with the stream: what a request says from now on goes there, too, and a
   * client that listens is sent there.
   */
  StreamRecord handOver(Mirror other) {
    return log.handOver(
        other,
        now -> {
          var _ = Thread.ofVirtual().name("stream-farewell").start(() -> sendAway(now));
        });
  }

  /** The other process did not take the stream. */
  void stay() {
    log.stay();
  }

  private void sendAway(StreamCarrier now) {
    try {
      part(now, Limits.RECONNECT_ELSEWHERE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Another process said one message of a request that goes on there. Never waits. */
  void follow(MessageKind kind, byte[] message) {
    log.follow(kind, message);
  }

  /** What can be seen of it. */
  StreamView view() {
    return log.view();
  }

  /** The lifecycle. */
  public StateMachine<StreamState, StreamEvent> machine() {
    return log.machine();
  }

  /** How it began. */
  public Origin origin() {
    return log.origin();
  }

  /**
   * Begins on the connection of the request itself; whoever speaks writes.
   *
   * @param primed true to send an event at once that a client can resume after
   */
  public void begin(Outlet outlet, boolean primed) throws InterruptedException {
    StreamCarrier first = new StreamCarrier(outlet, false, 0, () -> {});
    if (log.begin(first).isPresent()
        && primed
        && !outlet.write(log.id(0), null, MessageKind.NEWS, NOTHING)) {
      log.lose(first);
    }
  }

  /**
   * Begins on the connection of a client that listens, and carries the stream on the calling thread
   * until that connection or the stream ends. Whenever it can be told more, {@code attached} is
   * run.
   */
  public void follow(Outlet outlet, boolean primed, Runnable attached) throws InterruptedException {
    StreamCarrier first = new StreamCarrier(outlet, true, 0, attached);
    Optional<StreamLog.Attached> begun = log.begin(first);
    if (begun.isPresent()) {
      // Without an event there must still be a response: an empty one says nothing to the client.
      carry(first, begun.get(), primed ? log.id(0) : null);
    }
  }

  /**
   * Takes over the stream behind the given message; false when that cannot be done without a gap.
   * On success {@code attached} is run whenever it can be told more, and the calling thread carries
   * the stream until the connection or the stream ends.
   */
  public boolean resume(Outlet outlet, long after, Runnable attached) throws InterruptedException {
    StreamCarrier next = new StreamCarrier(outlet, true, after, attached);
    Optional<StreamLog.Attached> resumed = log.resume(next);
    if (resumed.isEmpty()) {
      return false;
    }
    StreamCarrier before = resumed.get().before();
    if (before != null) {
      before.outlet().end();
    }
    // The response begins even when nothing was missed.
    carry(next, resumed.get(), null);
    return true;
  }

  private void carry(StreamCarrier mine, StreamLog.Attached how, @Nullable String id)
      throws InterruptedException {
    if (how.away()) {
      sendAway(mine);
      return;
    }
    try {
      if (mine.outlet().write(id, null, MessageKind.NEWS, NOTHING)) {
        mine.ready();
        carry(mine);
      }
    } finally {
      log.lose(mine);
    }
  }

  /**
   * Says one message, or lets it give way when the client does not keep up; false when the stream
   * is over.
   */
  public boolean say(MessageKind kind, byte[] message) throws InterruptedException {
    if (!log.awaitRoom(kind)) {
      return log.open();
    }
    if (!log.say(kind, message)) {
      return false;
    }
    StreamCarrier now = log.carrier();
    if (now != null && !now.followed()) {
      write(now);
    }
    return true;
  }

  /**
   * Says one message if a connection carries the stream and has room; never waits. For followed
   * streams.
   */
  boolean offer(byte[] message) {
    return log.offer(message);
  }

  /** Says the last message, or none, and ends. */
  public void finish(byte @Nullable [] message) throws InterruptedException {
    if (!log.finish(message)) {
      return;
    }
    StreamCarrier now = log.carrier();
    if (now != null && !now.followed()) {
      try {
        write(now);
      } finally {
        log.lose(now);
      }
    }
  }

  /** Closes the connection, not the stream, and tells the client when to come back. */
  public void disconnect(Duration retry) throws InterruptedException {
    StreamCarrier now = log.carrier();
    if (now == null) {
      return;
    }
    write(now);
    part(now, retry);
  }

  /** Says when to come back before the stream is lost: whoever carries it ends the connection. */
  private void part(StreamCarrier now, Duration retry) throws InterruptedException {
    var _ = now.outlet().write(null, retry, MessageKind.NEWS, NOTHING);
    if (log.lose(now)) {
      now.outlet().end();
    }
  }

  /** Ends the stream with its session: nothing is kept. */
  void terminate() {
    end(StreamEvent.TERMINATED);
  }

  /** Ends a stream before its time, because others need the room. */
  void forget() {
    end(StreamEvent.EXPIRED);
  }

  private void end(StreamEvent event) {
    StreamCarrier before = log.end(event);
    if (before != null) {
      before.outlet().end();
    }
  }

  /** Lets time pass: a stream that nobody came back to ends. */
  void sweep() {
    log.sweep();
  }

  /** True while a connection carries it. */
  boolean carried() {
    return log.carrier() != null;
  }

  private void carry(StreamCarrier mine) throws InterruptedException {
    while (true) {
      write(mine);
      switch (log.awaitMore(mine)) {
        case MORE -> {}
        case QUIET -> {
          if (!mine.outlet().write(null, null, MessageKind.BEAT, NOTHING)) {
            return;
          }
        }
        case OVER -> {
          return;
        }
      }
    }
  }

  /** Writes whatever this connection has not got. */
  private void write(StreamCarrier mine) throws InterruptedException {
    mine.writing().lock();
    try {
      Optional<ReplayBuffer.Message> next = log.next(mine);
      while (next.isPresent()) {
        ReplayBuffer.Message message = next.get();
        boolean written;
        try {
          written =
              mine.outlet().write(log.id(message.number()), null, message.kind(), message.data());
        } finally {
          // An interrupted writer has handed its message over: it must not be written twice.
          log.told(mine, message.number());
        }
        if (!written) {
          log.lose(mine);
          return;
        }
        next = log.next(mine);
      }
    } finally {
      mine.writing().unlock();
    }
  }
}
