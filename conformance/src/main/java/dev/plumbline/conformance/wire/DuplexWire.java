package dev.plumbline.conformance.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Messages in both directions at any time: over the standard streams of a process, a TCP connection
 * or a WebSocket. What is not JSON is kept as it is. For one thread at a time.
 */
final class DuplexWire {
  /** How many lines one exchange takes in; a peer that floods us is cut here. */
  static final int MAX_LINES = 10_000;

  /** How many bytes of lines one exchange takes in. */
  static final long MAX_BYTES = 32L * 1024 * 1024;

  /** How long is listened on after an error without id, which may not be the answer. */
  private static final Duration DOUBT = Duration.ofMillis(200);

  /** What an exchange looked like; times are {@link System#nanoTime()}, first byte -1 if none. */
  record Seen(Inbound received, End end, long sentAt, long firstByteAt, long endedAt) {}

  private final DuplexPeer peer;
  private final Recorder recorder;

  DuplexWire(DuplexPeer peer, Recorder recorder) {
    this.peer = peer;
    this.recorder = recorder;
  }

  /** What one exchange waits for. */
  sealed interface Until {
    /** Nothing: what is there already is taken along. */
    record Now() implements Until {}

    /** The response to this request. */
    record Answer(JsonNode id) implements Until {}

    /** Any response: what was sent has no id that could be recognized. */
    record AnyResponse() implements Until {}

    /** Only the time or the end of the peer. */
    record Time() implements Until {}
  }

  /** Writes and waits. */
  Seen exchange(Outbound out, Until until, Duration limit, Consumer<JsonNode> onRequest)
      throws InterruptedException {
    long sentAt = System.nanoTime();
    long deadline = sentAt + limit.toNanos();
    Future<?> written = peer.write(bytes(out));
    Collector collector = new Collector(until, onRequest);
    // Something to read may have to be read before the process reads on, so never wait to write.
    End end = collector.collect(deadline);
    if (until instanceof Until.Now && end == End.COMPLETE) {
      end = written(written, deadline);
    }
    return collector.seen(end, sentAt);
  }

  /** Writes a message of our own beside what is being waited for. */
  Outbound.Line say(JsonNode message) {
    Bytes line = Bytes.text(Messages.compact(message));
    // Whether the peer took it is told by what it says next.
    var _ = peer.write(peer.framed(line.toArray()));
    return new Outbound.Line(line);
  }

  /** Makes the peer end, and takes down what still comes. */
  Seen leave(Duration limit, Runnable how) throws InterruptedException {
    long sentAt = System.nanoTime();
    how.run();
    Collector collector = new Collector(new Until.Time(), request -> {});
    End end = collector.collect(sentAt + limit.toNanos());
    if (end == End.CLOSED) {
      Duration left = limit.minusNanos(System.nanoTime() - sentAt);
      end = peer.awaitEnd(left.isNegative() ? Duration.ZERO : left) ? End.CLOSED : End.TIMED_OUT;
    }
    return collector.seen(end, sentAt);
  }

  private static End written(Future<?> written, long deadline) throws InterruptedException {
    try {
      written.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return End.COMPLETE;
    } catch (ExecutionException | CancellationException e) {
      return End.CLOSED;
    } catch (TimeoutException e) {
      return End.TIMED_OUT;
    }
  }

  private byte[] bytes(Outbound out) {
    return switch (out) {
      case Outbound.Line line -> peer.framed(line.bytes().toArray());
      case Outbound.Raw raw -> raw.bytes().toArray();
      case Outbound.Listening listening -> new byte[0];
      case Outbound.HttpRequest request ->
          throw new IllegalArgumentException("an HTTP request needs a URL");
    };
  }

  /** Takes lines in until what is awaited arrived. */
  private final class Collector {
    private final Until until;
    private final Consumer<JsonNode> onRequest;
    private final List<Line> lines = new ArrayList<>();
    private long size;
    private long firstAt = -1;
    private boolean answered;
    private boolean doubtful;

    Collector(Until until, Consumer<JsonNode> onRequest) {
      this.until = until;
      this.onRequest = onRequest;
    }

    End collect(long deadline) throws InterruptedException {
      long limit = deadline;
      while (true) {
        boolean waiting = !answered && !(until instanceof Until.Now);
        Optional<LineInbox.Arrival> next = peer.inbox().poll(waiting ? limit : 0);
        if (next.isPresent()) {
          take(next.get());
          if (lines.size() > MAX_LINES || size > MAX_BYTES) {
            return End.MALFORMED;
          }
          if (doubtful) {
            limit = Math.min(limit, System.nanoTime() + DOUBT.toNanos());
          }
        } else if (!waiting || doubtful) {
          return answered || doubtful || !peer.inbox().isExhausted() ? End.COMPLETE : End.CLOSED;
        } else if (peer.inbox().isExhausted()) {
          return End.CLOSED;
        } else if (System.nanoTime() >= limit) {
          return until instanceof Until.Time ? End.COMPLETE : End.TIMED_OUT;
        }
      }
    }

    private void take(LineInbox.Arrival arrival) {
      if (firstAt < 0) {
        firstAt = arrival.at();
      }
      size += arrival.bytes().size();
      Line line = new Line(arrival.bytes(), recorder.at(arrival.at()));
      lines.add(line);
      for (JsonNode message : line.json().map(Messages::flatten).orElse(List.of())) {
        if (Messages.isRequest(message)) {
          onRequest.accept(message);
        }
        switch (until) {
          case Until.Answer answer -> {
            answered |= Messages.answers(message, answer.id());
            doubtful |= Messages.isAnonymousResponse(message);
          }
          case Until.AnyResponse any -> answered |= Messages.isResponse(message);
          case Until.Now now -> {}
          case Until.Time time -> {}
        }
      }
    }

    Seen seen(End end, long sentAt) {
      Inbound received = new Inbound.Lines(lines, peer.takeStderr());
      return new Seen(received, end, sentAt, firstAt, System.nanoTime());
    }
  }
}
