package dev.plumbline.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.OutboundSettings;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.limit.Clocks;
import dev.plumbline.server.limit.Flow;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.limit.Restraint;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.observe.Telemetry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

/** Whatever is said, and however its peer reads: the bound holds and the policy is kept (R152). */
class OutboxProperties {
  private static final AtomicLong NOW = new AtomicLong();
  private static final Live<ServerConfig> CONFIG = new Live<>(ServerConfig.standard());
  private static final Restraint RESTRAINT =
      new Restraint(
          CONFIG,
          Telemetry.create(),
          new Clocks(NOW::get, () -> Instant.EPOCH, () -> 0.5),
          Machines.unobserved(NOW::get));

  @AfterContainer
  static void close() {
    RESTRAINT.close();
  }

  /** What happens next. */
  enum Step {
    REQUEST,
    ANSWER,
    PROGRESS,
    LOG,
    NEWS,
    OLD_NEWS,
    BEAT,
    PEER_READS,
    TIME_PASSES
  }

  @Provide
  Arbitrary<Step> steps() {
    return Arbitraries.of(Step.class);
  }

  /** A wire whose peer reads when it is told to. */
  private static final class Peer implements Outlet {
    private final Queue<byte[]> inFlight = new ArrayDeque<>();
    private final Queue<CompletableFuture<Boolean>> unread = new ArrayDeque<>();
    private final List<String> read = new ArrayList<>();

    @Override
    public boolean open() {
      return true;
    }

    @Override
    public CompletableFuture<Boolean> write(byte[] message) {
      CompletableFuture<Boolean> written = new CompletableFuture<>();
      inFlight.add(message);
      unread.add(written);
      return written;
    }

    private boolean reads() {
      byte[] message = inFlight.poll();
      if (message == null) {
        return false;
      }
      read.add(new String(message, StandardCharsets.UTF_8));
      unread.remove().complete(true);
      return true;
    }
  }

  @Property(tries = 2_000)
  void neverMoreThanTheCapNeverALostResponseAndEverythingInOrder(
      @ForAll @IntRange(min = 2, max = 80) int cap,
      @ForAll @Size(max = 400) List<@net.jqwik.api.From("steps") Step> steps)
      throws InterruptedException {
    CONFIG.set(
        CONFIG
            .get()
            .withOutbound(new OutboundSettings(cap, Duration.ofSeconds(2), Duration.ofSeconds(5))));
    Flow flow = RESTRAINT.flows().open("test");
    Peer peer = new Peer();
    // Nobody waits: what would have to wait is not said.
    Outbox outbox = new Outbox(peer, flow, Duration.ZERO);
    int taken = 0;
    List<String> answered = new ArrayList<>();
    int number = 0;
    for (Step step : steps) {
      number++;
      switch (step) {
        case REQUEST -> taken += flow.permits().tryTake() ? 1 : 0;
        case ANSWER -> {
          if (taken > 0) {
            taken--;
            String text = "response " + number;
            answered.add(text);
            var _ =
                outbox
                    .answer(List.of(text.getBytes(StandardCharsets.UTF_8)))
                    .whenComplete((_, _) -> flow.permits().giveBack());
          }
        }
        case PROGRESS -> say(outbox, MessageKind.PROGRESS, "progress " + number);
        case LOG -> say(outbox, MessageKind.LOG, "log " + number);
        case NEWS -> say(outbox, MessageKind.NEWS, "news " + number);
        case OLD_NEWS -> say(outbox, MessageKind.NEWS, "the same news");
        case BEAT -> say(outbox, MessageKind.BEAT, "beat " + number);
        case PEER_READS -> peer.reads();
        case TIME_PASSES -> NOW.addAndGet(Duration.ofSeconds(3).toNanos());
      }
      assertThat(flow.permits().held()).isLessThanOrEqualTo(cap);
      assertThat(flow.waiting()).isLessThanOrEqualTo(flow.permits().held());
    }
    while (peer.reads()) {
      assertThat(flow.waiting()).isLessThanOrEqualTo(cap);
    }
    assertThat(flow.waiting()).isZero();
    assertThat(flow.bytes()).isZero();
    assertThat(flow.permits().held()).isEqualTo(taken);
    assertThat(peer.read).filteredOn(text -> text.startsWith("response")).isEqualTo(answered);
    List<Integer> numbers =
        peer.read.stream()
            .filter(text -> !text.equals("the same news"))
            .map(text -> Integer.valueOf(text.substring(text.indexOf(' ') + 1)))
            .toList();
    assertThat(numbers).isSorted();
    assertThat(new HashSet<>(numbers)).hasSameSizeAs(numbers);
    flow.close();
  }

  private static void say(Outbox outbox, MessageKind kind, String text)
      throws InterruptedException {
    var _ = outbox.say(kind, text.getBytes(StandardCharsets.UTF_8));
  }
}
