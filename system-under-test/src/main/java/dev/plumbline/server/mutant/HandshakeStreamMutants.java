package dev.plumbline.server.mutant;

import dev.plumbline.server.era.EventSink;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.SaidShape;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Defects in the event streams of the handshake era. */
final class HandshakeStreamMutants {
  private static final String LAST_EVENT_ID = "Last-Event-ID";
  private static final String STRAY = "{\"jsonrpc\":\"2.0\",\"id\":\"stray\",\"result\":{}}";
  private static final String ASKS =
      "{\"jsonrpc\":\"2.0\",\"id\":\"early\",\"method\":\"roots/list\"}";

  /** For so long a stream stays open after its answer. */
  private static final long OPEN_MILLIS = 2_100;

  private HandshakeStreamMutants() {}

  static List<Mutant> all() {
    return List.of(
        // TRAN-025
        posts("stream-begins-with-a-message", (_, e) -> isPriming(e) ? List.of() : List.of(e)),
        // TRAN-027
        posts(
            "connection-ends-without-retry",
            (_, e) -> List.of(new EventSink.Event(e.id(), null, e.data(), e.kind()))),
        // TRAN-029
        streamWithoutAnswer(),
        // TRAN-031
        lingering("stream-stays-open", e -> text(e).contains("\"result\"")),
        // TRAN-035
        listened(
            "progress-on-other-stream",
            (listener, e) -> isProgress(e) && say(listener, e) ? List.of() : List.of(e)),
        // TRAN-036
        listened(
            "answers-on-other-stream",
            (listener, e) -> {
              if (text(e).contains("\"result\"")) {
                say(listener, message(STRAY));
              }
              return List.of(e);
            }),
        // TRAN-038
        listened(
            "messages-on-two-streams",
            (listener, e) -> {
              if (isProgress(e)) {
                say(listener, e);
              }
              return List.of(e);
            }),
        // TRAN-039
        posts(
            "event-id-again",
            (_, e) ->
                List.of(
                    e.id() == null || isPriming(e)
                        ? e
                        : new EventSink.Event("again", e.retry(), e.data(), e.kind()))),
        // TRAN-041
        gets("resumed-with-another", in -> resumes(in) ? STRAY : ""),
        // LIFE-009
        gets("asks-while-opening", in -> resumes(in) ? "" : ASKS));
  }

  /** What becomes of one event. */
  @FunctionalInterface
  interface Change {
    List<EventSink.Event> of(Inbound in, EventSink.Event event) throws InterruptedException;
  }

  /** What is done once an event is written. */
  @FunctionalInterface
  private interface After {
    void written(EventSink.Event event) throws InterruptedException;
  }

  /** What becomes of one event when its session listens as well. */
  @FunctionalInterface
  private interface Listened {
    List<EventSink.Event> of(EventSink listener, EventSink.Event event) throws InterruptedException;
  }

  /** Leaves messages as they are and sends their events elsewhere. */
  private record Shape(BiFunction<Inbound, EventSink, EventSink> change) implements SaidShape {
    @Override
    public List<byte[]> shape(@Nullable Session session, byte[] message) {
      return List.of(message);
    }

    @Override
    public EventSink sink(Inbound in) {
      return change.apply(in, in.sink());
    }
  }

  /** A sink that changes what is written to it. */
  private record Tap(Inbound in, EventSink sink, Change change, After after) implements EventSink {
    Tap(Inbound in, EventSink sink, Change change) {
      this(in, sink, change, _ -> {});
    }

    @Override
    public boolean open() {
      return sink.open();
    }

    @Override
    public boolean takes(MessageKind kind) {
      return sink.takes(kind);
    }

    @Override
    public boolean event(Event event) throws InterruptedException {
      boolean written = true;
      for (Event one : change.of(in, event)) {
        written &= sink.event(one);
      }
      after.written(event);
      return written;
    }

    @Override
    public void end() {
      sink.end();
    }
  }

  static Mutant posts(String name, Change change) {
    return Planting.handshake(
        name, parts -> parts.withSaid(new Shape((in, sink) -> new Tap(in, sink, change))));
  }

  /** Streams stay open after such an event. */
  static Mutant lingering(String name, Predicate<EventSink.Event> last) {
    After wait =
        event -> {
          if (last.test(event)) {
            Thread.sleep(OPEN_MILLIS);
          }
        };
    return Planting.handshake(
        name,
        parts ->
            parts.withSaid(new Shape((in, sink) -> new Tap(in, sink, (_, e) -> List.of(e), wait))));
  }

  /** Says this first on every stream that is listened to, unless it is empty. */
  private static Mutant gets(String name, Function<Inbound, String> first) {
    return listening(
        name,
        in -> {
          String text = first.apply(in);
          if (!text.isEmpty()) {
            try {
              var _ = in.sink().event(message(text));
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          return in;
        });
  }

  private static Mutant listening(String name, UnaryOperator<Inbound> change) {
    return Planting.handshake(
        name, parts -> parts.withGet(in -> parts.get().apply(change.apply(in))));
  }

  private static Mutant listened(String name, Listened change) {
    Map<String, EventSink> listeners = new ConcurrentHashMap<>();
    Change there =
        (in, event) -> {
          EventSink listener = listeners.get(session(in));
          return listener == null ? List.of(event) : change.of(listener, event);
        };
    return Planting.handshake(
        name,
        parts ->
            parts
                .withSaid(new Shape((in, sink) -> new Tap(in, sink, there)))
                .withGet(
                    in -> {
                      if (!resumes(in)) {
                        listeners.put(session(in), in.sink());
                      }
                      return parts.get().apply(in);
                    }));
  }

  /** The answer is left out where progress was told under a token that is a string. */
  private static Mutant streamWithoutAnswer() {
    Map<String, Boolean> told = new ConcurrentHashMap<>();
    Change silent =
        (in, event) -> {
          if (isProgress(event) && text(event).contains("\"progressToken\":\"")) {
            told.put(session(in), true);
          }
          return told.containsKey(session(in)) && text(event).contains("\"result\"")
              ? List.of()
              : List.of(event);
        };
    return Planting.handshake(
        "stream-without-answer",
        parts ->
            parts
                .withSaid(new Shape((in, sink) -> new Tap(in, sink, silent)))
                .withGet(
                    in ->
                        parts
                            .get()
                            .apply(
                                new Inbound(
                                    in.wire(),
                                    in.headers(),
                                    in.peer(),
                                    new Tap(in, in.sink(), silent),
                                    in.lease()))));
  }

  private static String session(Inbound in) {
    return in.headers().first(Inbound.SESSION_HEADER).orElse("");
  }

  private static boolean resumes(Inbound in) {
    return in.headers().first(LAST_EVENT_ID).isPresent();
  }

  private static boolean isPriming(EventSink.Event event) {
    return event.data().length == 0 && event.retry() == null;
  }

  private static boolean isProgress(EventSink.Event event) {
    return text(event).contains("notifications/progress");
  }

  static String text(EventSink.Event event) {
    return new String(event.data(), StandardCharsets.UTF_8);
  }

  private static EventSink.Event message(String text) {
    return EventSink.Event.of(MessageKind.NEWS, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same data without the id, which belongs to the other stream. */
  private static boolean say(EventSink listener, EventSink.Event event)
      throws InterruptedException {
    return listener.event(EventSink.Event.of(MessageKind.NEWS, event.data()));
  }
}
