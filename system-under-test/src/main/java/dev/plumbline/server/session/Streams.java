package dev.plumbline.server.session;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.machine.SessionState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.machine.StreamState;
import dev.plumbline.server.session.store.StreamRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The event streams of one session, by number; bounded. */
public final class Streams {
  private final StateMachine<SessionState, SessionEvent> session;
  private final Machines machines;
  private final ReplayBudget budget;
  private final Map<Long, EventStream> streams = new LinkedHashMap<>();
  private long lastNumber;
  private @Nullable Relay relay;
  private String owner = "";

  Streams(
      StateMachine<SessionState, SessionEvent> session, Machines machines, ReplayBudget budget) {
    this.session = session;
    this.machines = machines;
    this.budget = budget;
  }

  /** Every stream, for another process that goes on with them. */
  synchronized List<StreamRecord> handOver(String id, Relay other) {
    relay = other;
    owner = id;
    return streams.values().stream()
        .filter(stream -> !closed(stream))
        .map(stream -> stream.handOver(mirror(id, other)))
        .toList();
  }

  /** The other process did not take them. */
  synchronized void stay() {
    relay = null;
    streams.values().forEach(EventStream::stay);
  }

  private static EventStream.Mirror mirror(String id, Relay other) {
    return new EventStream.Mirror() {
      @Override
      public void said(long stream, MessageKind kind, byte[] message) {
        other.said(id, stream, kind, message);
      }

      @Override
      public void finished(long stream) {
        other.finished(id, stream);
      }
    };
  }

  /** Goes on with a stream of another process. */
  synchronized void take(StreamRecord kept) {
    streams.put(kept.number(), EventStream.restored(kept, machines, budget));
  }

  /** The stream with this number. */
  synchronized Optional<EventStream> numbered(long number) {
    return Optional.ofNullable(streams.get(number));
  }

  /** The numbers up to this one belong to streams of another process. */
  synchronized void startAfter(long number) {
    lastNumber = Math.max(lastNumber, number);
  }

  /** The number of the newest stream. */
  synchronized long lastNumber() {
    return lastNumber;
  }

  /** A stream for the messages of one request; empty when the session has ended. */
  public synchronized Optional<EventStream> forRequest() {
    List<EventStream> finished =
        streams.values().stream()
            .filter(stream -> stream.machine().state() == StreamState.CLOSING)
            .filter(stream -> !stream.carried())
            .toList();
    int surplus = finished.size() - Limits.MAX_KEPT_STREAMS + 1;
    for (EventStream oldest : finished.subList(0, Math.max(0, surplus))) {
      oldest.forget();
    }
    streams.values().removeIf(Streams::closed);
    return add(EventStream.Origin.REQUEST);
  }

  /** A stream for a client that listens; empty when it has too many, or the session has ended. */
  public synchronized Optional<EventStream> forListening() {
    List<EventStream> listening =
        streams.values().stream()
            .filter(stream -> stream.origin() == EventStream.Origin.LISTENING)
            .toList();
    if (listening.size() >= Limits.MAX_LISTENING) {
      // The oldest that nobody listens to any more makes room.
      listening.stream()
          .filter(stream -> !stream.carried())
          .findFirst()
          .ifPresent(EventStream::forget);
      streams.values().removeIf(Streams::closed);
      if (listening.stream().noneMatch(Streams::closed)) {
        return Optional.empty();
      }
    }
    return add(EventStream.Origin.LISTENING);
  }

  /**
   * Where a client wants to go on.
   *
   * @param stream the stream
   * @param message the number of the last message the client got
   */
  public record Position(EventStream stream, long message) {}

  /** The stream of an event of this session; empty for any other text. */
  public synchronized Optional<Position> find(String lastEventId) {
    return EventId.parse(lastEventId)
        .flatMap(
            id ->
                Optional.ofNullable(streams.get(id.stream()))
                    .map(stream -> new Position(stream, id.message())));
  }

  /** What can be seen of them, oldest first. */
  synchronized List<StreamView> views() {
    return streams.values().stream().map(EventStream::view).toList();
  }

  /** How many streams a connection carries now. */
  public synchronized int carried() {
    return Math.toIntExact(streams.values().stream().filter(EventStream::carried).count());
  }

  /** How many streams can be resumed or are in use. */
  public synchronized int count() {
    return streams.size();
  }

  /** The streams on which messages outside any request can be said, newest last. */
  synchronized List<EventStream> listening() {
    return streams.values().stream()
        .filter(stream -> stream.origin() == EventStream.Origin.LISTENING)
        .toList();
  }

  synchronized void sweep() {
    streams.values().forEach(EventStream::sweep);
    streams.values().removeIf(Streams::closed);
  }

  /** The streams a connection carries now. */
  public synchronized List<EventStream> inUse() {
    return streams.values().stream().filter(EventStream::carried).toList();
  }

  /** Ends them all, because the session is over. */
  void terminate() {
    List<EventStream> all;
    synchronized (this) {
      all = List.copyOf(streams.values());
      streams.clear();
    }
    all.forEach(EventStream::terminate);
  }

  private Optional<EventStream> add(EventStream.Origin origin) {
    if (session.state().over()) {
      return Optional.empty();
    }
    EventStream stream = new EventStream(++lastNumber, origin, machines, budget);
    streams.put(lastNumber, stream);
    if (relay != null) {
      StreamRecord begun = stream.handOver(mirror(owner, relay));
      if (origin == EventStream.Origin.REQUEST) {
        relay.began(owner, begun);
      }
    }
    return Optional.of(stream);
  }

  private static boolean closed(EventStream stream) {
    return stream.machine().state() == StreamState.CLOSED;
  }
}
