package dev.plumbline.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.SessionLifecycle;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.machine.StreamState;
import dev.plumbline.server.support.RecordedSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** However often and wherever its connections die, a client gets every message once, in order. */
class StreamResumptionProperties {
  private static final int TRIES = 400;

  /** A connection that is lost instead of writing one more event. */
  private record Line(RecordedSink sink) implements Outlet {
    @Override
    public boolean write(
        @Nullable String id, @Nullable Duration retry, MessageKind kind, byte[] data) {
      return sink.event(new dev.plumbline.server.era.EventSink.Event(id, retry, data, kind));
    }

    @Override
    public boolean open() {
      return sink.open();
    }

    @Override
    public void end() {
      sink.end();
    }
  }

  /** What a client has: the messages it took, and the last event it saw. */
  private static final class Client {
    private final List<Integer> taken = new ArrayList<>();
    private Optional<String> lastId = Optional.empty();

    void take(RecordedSink sink) {
      sink.messages().forEach(message -> taken.add(message.path("n").asInt()));
      if (!sink.ids().isEmpty()) {
        lastId = Optional.of(sink.ids().getLast());
      }
    }
  }

  @Property(tries = TRIES)
  void everyMessageArrivesOnceAndInOrder(
      @ForAll @IntRange(min = 1, max = 120) int messages,
      @ForAll @Size(max = 8) List<@IntRange(min = 1, max = 30) Integer> lives)
      throws InterruptedException {
    ReplayBudget budget = new ReplayBudget(1_000_000);
    Streams streams =
        new Streams(
            new StateMachine<>(SessionLifecycle.SESSION),
            Machines.unobserved(System::nanoTime),
            budget);
    EventStream stream = streams.forRequest().orElseThrow();
    RecordedSink first = new RecordedSink(lives.isEmpty() ? Integer.MAX_VALUE : lives.getFirst());
    stream.begin(new Line(first), true);
    Thread speaker = Thread.startVirtualThread(() -> speak(stream, messages));
    Client client = new Client();
    List<Integer> later = lives.isEmpty() ? List.of() : lives.subList(1, lives.size());
    if (lives.isEmpty()) {
      speaker.join();
      client.take(first);
    } else {
      waitUntilLost(first, speaker);
      client.take(first);
      for (int life : later) {
        comeBack(streams, client, new RecordedSink(life));
      }
      comeBack(streams, client, new RecordedSink());
      speaker.join();
    }
    assertThat(client.taken).isEqualTo(IntStream.rangeClosed(1, messages).boxed().toList());
    assertThat(stream.machine().state()).isEqualTo(StreamState.CLOSING);
    streams.terminate();
    assertThat(budget.held()).isZero();
  }

  /** Carried on this thread, as an HTTP GET is, until the connection or the stream ends. */
  private static void comeBack(Streams streams, Client client, RecordedSink sink)
      throws InterruptedException {
    Streams.Position position = streams.find(client.lastId.orElseThrow()).orElseThrow();
    assertThat(position.stream().resume(new Line(sink), position.message(), () -> {})).isTrue();
    client.take(sink);
  }

  private static void waitUntilLost(RecordedSink sink, Thread speaker) throws InterruptedException {
    while (sink.open() && speaker.isAlive()) {
      Thread.onSpinWait();
    }
    if (!sink.open()) {
      return;
    }
    speaker.join();
  }

  private static void speak(EventStream stream, int messages) {
    try {
      for (int n = 1; n < messages; n++) {
        stream.say(MessageKind.NEWS, ("{\"n\":" + n + "}").getBytes(StandardCharsets.UTF_8));
      }
      stream.finish(("{\"n\":" + messages + "}").getBytes(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
