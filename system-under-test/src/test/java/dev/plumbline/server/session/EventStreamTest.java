package dev.plumbline.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.machine.SessionLifecycle;
import dev.plumbline.server.machine.SessionState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.machine.StreamLifecycle;
import dev.plumbline.server.machine.StreamState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private final AtomicLong now = new AtomicLong(1);
  private final ReplayBudget budget = new ReplayBudget(4L * Limits.MAX_KEPT_BYTES);
  private final Machines machines = Machines.unobserved(now::get);
  private final StateMachine<SessionState, SessionEvent> session =
      machines.start(SessionLifecycle.SESSION);
  private final Streams streams = new Streams(session, machines, budget);

  /** A connection that counts what it carried. */
  private static final class Line implements Outlet {
    private final List<String> ids = new ArrayList<>();
    private boolean open = true;

    @Override
    public boolean write(
        @Nullable String id, @Nullable Duration retry, MessageKind kind, byte[] data) {
      if (open && id != null) {
        ids.add(id);
      }
      return open;
    }

    @Override
    public boolean open() {
      return open;
    }

    @Override
    public void end() {
      open = false;
    }
  }

  private EventStream lost(Line line) throws InterruptedException {
    EventStream stream = streams.forRequest().orElseThrow();
    stream.begin(line, true);
    line.open = false;
    stream.say(MessageKind.NEWS, new byte[] {1});
    assertThat(stream.machine().state()).isEqualTo(StreamState.PAUSED);
    return stream;
  }

  private boolean resumes(String id) throws InterruptedException {
    Streams.Position position = streams.find(id).orElseThrow();
    Line line = new Line();
    line.open = false;
    return position.stream().resume(line, position.message(), () -> {});
  }

  @Test
  void aClientThatMissedTooManyEventsIsRefusedRatherThanToldWithAGap() throws InterruptedException {
    Line line = new Line();
    EventStream stream = lost(line);
    for (int i = 1; i < Limits.MAX_KEPT_EVENTS; i++) {
      stream.say(MessageKind.NEWS, new byte[] {1});
    }
    assertThat(resumes(line.ids.getFirst())).isTrue();
    stream.say(MessageKind.NEWS, new byte[] {1});
    assertThat(resumes(line.ids.getFirst())).isFalse();
  }

  @Test
  void aClientThatMissedTooManyBytesIsRefused() throws InterruptedException {
    Line line = new Line();
    EventStream stream = lost(line);
    stream.say(MessageKind.NEWS, new byte[Limits.MAX_KEPT_BYTES]);
    assertThat(resumes(line.ids.getFirst())).isFalse();
    assertThat(budget.held()).isEqualTo(Limits.MAX_KEPT_BYTES);
  }

  @Test
  void allStreamsTogetherKeepNoMoreThanTheBudget() throws InterruptedException {
    for (int i = 0; i < 6; i++) {
      lost(new Line()).say(MessageKind.NEWS, new byte[Limits.MAX_KEPT_BYTES - 1]);
      assertThat(budget.held()).isLessThanOrEqualTo(4L * Limits.MAX_KEPT_BYTES);
    }
    streams.terminate();
    assertThat(budget.held()).isZero();
  }

  @Test
  void aFinishedStreamIsForgottenAfterAWhile() throws InterruptedException {
    Line line = new Line();
    EventStream stream = lost(line);
    now.addAndGet(StreamLifecycle.KEPT.toNanos());
    streams.sweep();
    assertThat(stream.machine().state()).as("its request still runs").isEqualTo(StreamState.PAUSED);
    stream.finish(new byte[] {2});
    now.addAndGet(StreamLifecycle.KEPT.toNanos() - 1);
    streams.sweep();
    assertThat(streams.find(line.ids.getFirst())).isPresent();
    now.addAndGet(1);
    streams.sweep();
    assertThat(streams.find(line.ids.getFirst())).isEmpty();
    assertThat(stream.machine().state()).isEqualTo(StreamState.CLOSED);
    assertThat(budget.held()).isZero();
  }

  @Test
  void onlySoManyFinishedStreamsAreKept() throws InterruptedException {
    for (int i = 0; i < Limits.MAX_KEPT_STREAMS + 10; i++) {
      EventStream stream = streams.forRequest().orElseThrow();
      stream.begin(new Line(), true);
      stream.finish(new byte[] {1});
    }
    assertThat(streams.count()).isEqualTo(Limits.MAX_KEPT_STREAMS);
  }

  @Test
  void nothingIsSaidAfterTheEnd() throws InterruptedException {
    EventStream stream = streams.forRequest().orElseThrow();
    Line line = new Line();
    stream.begin(line, false);
    assertThat(stream.say(MessageKind.NEWS, new byte[] {1})).isTrue();
    stream.finish(new byte[] {2});
    assertThat(stream.say(MessageKind.NEWS, new byte[] {3})).isFalse();
    stream.finish(new byte[] {4});
    assertThat(line.ids).hasSize(2);
  }

  @Test
  void aSessionThatHasEndedOpensNoStream() {
    session.fire(SessionEvent.TERMINATE);
    assertThat(streams.forRequest()).isEmpty();
    assertThat(streams.forListening()).isEmpty();
  }
}
