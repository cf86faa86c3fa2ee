package dev.plumbline.server.session;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.machine.SessionState;
import dev.plumbline.server.machine.StateMachine;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a session is told outside any request. Each message goes to exactly one place: to a stream a
 * client listens on, or straight to a duplex wire; until there is one it waits, and when too many
 * wait the oldest is dropped. Posting never blocks.
 */
public final class Mailbox {
  private final StateMachine<SessionState, SessionEvent> session;
  private final Streams streams;
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private @Nullable Outlet wire;
  // Whether a writer has a thread at the moment; says nothing of the session's life.
  private boolean writing;
  private @Nullable Consumer<byte[]> elsewhere;

  Mailbox(StateMachine<SessionState, SessionEvent> session, Streams streams) {
    this.session = session;
    this.streams = streams;
  }

  /** From now on messages go straight to this wire. */
  public synchronized void attach(Outlet duplex) {
    wire = duplex;
    startWriting();
  }

  /** Says one message as soon as there is a way. */
  public synchronized void post(byte[] message) {
    if (elsewhere != null) {
      elsewhere.accept(message);
      return;
    }
    if (session.state().over()
        || waiting.stream().anyMatch(other -> Arrays.equals(other, message))) {
      // The same news twice is no news: the first has not been told yet.
      return;
    }
    if (waiting.size() == Limits.MAX_WAITING_MESSAGES) {
      waiting.removeFirst();
    }
    waiting.add(message);
    deliver();
  }

  /**
   * From now on what is posted goes to another process.
   *
   * @return what waits, which goes there, too
   */
  synchronized List<byte[]> redirect(Consumer<byte[]> other) {
    List<byte[]> left = List.copyOf(waiting);
    waiting.clear();
    elsewhere = other;
    return left;
  }

  /** Nobody else took the messages: they are said here again. */
  synchronized void stay() {
    elsewhere = null;
  }

  /** Says what waits, if there is a way now. */
  public synchronized void deliver() {
    if (wire != null) {
      startWriting();
      return;
    }
    byte[] next = waiting.peekFirst();
    while (next != null && offer(next)) {
      waiting.removeFirst();
      next = waiting.peekFirst();
    }
  }

  /** True while there is a duplex wire that can be written to. */
  synchronized boolean attached() {
    return wire != null && wire.open();
  }

  /** How many messages wait. */
  public synchronized int waiting() {
    return waiting.size();
  }

  /** Nothing can be said any more: the session is over, or its wire is gone. */
  synchronized void close() {
    wire = null;
    waiting.clear();
  }

  private boolean offer(byte[] message) {
    return streams.listening().reversed().stream().anyMatch(stream -> stream.offer(message));
  }

  /** A duplex wire may make its writer wait, so the writer has a thread, while there is work. */
  private void startWriting() {
    if (!writing && wire != null && !waiting.isEmpty()) {
      writing = true;
      Outlet to = wire;
      var _ = Thread.ofVirtual().name("session-mail").start(() -> write(to));
    }
  }

  private void write(Outlet to) {
    try {
      Optional<byte[]> next = take();
      while (next.isPresent()) {
        if (!to.write(null, null, MessageKind.NEWS, next.get())) {
          // The wire is gone, and with it the session: nothing will be written any more.
          close();
        }
        next = take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next message; when there is none, this writer ends and a later message starts another. */
  private synchronized Optional<byte[]> take() {
    Optional<byte[]> next = Optional.ofNullable(waiting.pollFirst());
    if (next.isEmpty()) {
      writing = false;
    }
    return next;
  }
}
