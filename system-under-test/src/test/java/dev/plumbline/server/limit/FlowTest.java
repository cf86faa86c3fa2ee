package dev.plumbline.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.OutboundSettings;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.observe.Notice;
import dev.plumbline.server.observe.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FlowTest {
  private static final Instant NOON = Instant.parse("2026-07-28T12:00:00Z");
  private static final OutboundSettings HUNDRED =
      new OutboundSettings(100, Duration.ofSeconds(2), Duration.ofSeconds(5));

  private final AtomicLong now = new AtomicLong(-3);
  private final Live<ServerConfig> config =
      new Live<>(ServerConfig.standard().withOutbound(HUNDRED));
  private final Telemetry telemetry = Telemetry.of(() -> NOON);
  private final Restraint restraint =
      new Restraint(
          config,
          telemetry,
          new Clocks(now::get, () -> NOON, () -> 0.5),
          Machines.unobserved(now::get));
  private final Flows flows = restraint.flows();
  private final Flow flow = flows.open("tcp");

  @AfterEach
  void close() {
    restraint.close();
  }

  private void add(int messages) {
    for (int i = 0; i < messages; i++) {
      assertThat(flow.permits().tryTake()).isTrue();
      flow.added(10);
    }
  }

  private void read(int messages) {
    for (int i = 0; i < messages; i++) {
      flow.removed(10);
      flow.permits().giveBack();
    }
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
    flows.look();
  }

  private List<String> actions() {
    return telemetry.events().recent(100).stream()
        .filter(notice -> notice.source().equals("backpressure"))
        .map(notice -> notice.facts().get("action"))
        .toList();
  }

  @Test
  void aPeerThatTakesNothingIsSlowAndWithTheFirstMessageItTakesNotAnyMore() {
    add(1);
    pass(Duration.ofMillis(1_999));
    assertThat(flow.slow()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(flow.slow()).isTrue();
    assertThat(flow.state()).isEqualTo(Flow.State.BLOCK);
    add(1);
    read(1);
    assertThat(flow.slow()).isFalse();
    assertThat(flow.state()).isEqualTo(Flow.State.CLEAR);
    assertThat(actions()).containsExactly("block", "clear");
  }

  private JsonNode section() {
    return telemetry.introspection().read("backpressure").orElseThrow();
  }

  private void makeSlow() {
    makeSlow(100);
  }

  private void makeSlow(int messages) {
    add(messages);
    pass(Duration.ofSeconds(2));
    assertThat(flow.slow()).isTrue();
  }

  @Test
  void aSlowPeerThatCatchesUpInTimeIsMeasured() {
    makeSlow();
    pass(Duration.ofMinutes(1));
    for (int i = 0; i < 26; i++) {
      read(1);
      pass(Duration.ofMillis(100));
    }
    assertThat(flow.state()).isEqualTo(Flow.State.CLEAR);
    assertThat(section().path("longest_recovery_ms").asInt())
        .as("from the first message that it took")
        .isEqualTo(2_500);
    assertThat(section().path("late").asInt()).isZero();
    assertThat(actions()).containsExactly("warn", "block", "warn", "clear");
  }

  @Test
  void aSlowPeerThatDoesNotCatchUpInTimeIsToldOfOnce() {
    makeSlow();
    // Slow again between any two messages: that is no recovery.
    for (int i = 0; i < 4; i++) {
      read(1);
      pass(Duration.ofMillis(1_250));
      pass(Duration.ofMillis(1_250));
    }
    assertThat(section().path("late").asInt()).isOne();
    assertThat(telemetry.events().recent(100))
        .filteredOn(notice -> notice.text().contains("catch up"))
        .singleElement()
        .satisfies(
            notice ->
                assertThat(notice.facts())
                    .containsEntry("limit_ms", "5000")
                    .containsEntry("queue_size", "97"));
    read(96);
    pass(Duration.ofMillis(1));
    makeSlow(90);
    read(90);
    assertThat(section().path("late").asInt()).as("another time, and in time").isOne();
  }

  @Test
  void aPeerForWhichNothingWaitsIsNotSlow() {
    add(1);
    read(1);
    pass(Duration.ofHours(1));
    assertThat(flow.slow()).isFalse();
    add(1);
    assertThat(flow.slow()).as("its time begins with the message").isFalse();
  }

  @Test
  void warnsBlocksAndClearsWithHysteresis() {
    add(79);
    assertThat(flow.state()).isEqualTo(Flow.State.CLEAR);
    add(1);
    assertThat(flow.state()).isEqualTo(Flow.State.WARN);
    add(20);
    assertThat(flow.state()).isEqualTo(Flow.State.BLOCK);
    assertThat(flow.permits().tryTake()).as("one above the cap").isFalse();
    read(1);
    assertThat(flow.state()).isEqualTo(Flow.State.WARN);
    read(24);
    assertThat(flow.state()).isEqualTo(Flow.State.WARN);
    read(1);
    assertThat(flow.state()).isEqualTo(Flow.State.CLEAR);
    assertThat(actions()).containsExactly("warn", "block", "warn", "clear");
  }

  @Test
  void everyChangeIsAnEventWithItsFacts() {
    add(80);
    Notice notice = telemetry.events().recent(1).getFirst();
    assertThat(notice.facts())
        .containsEntry("event", "bp_event")
        .containsEntry("connection_id", "tcp-1")
        .containsEntry("queue_size", "80")
        .containsEntry("max_queue", "100")
        .containsEntry("timestamp", NOON.toString())
        .containsEntry("action", "warn");
  }

  @Test
  void bytesAreBoundedButForASingleMessage() {
    assertThat(flow.hasRoomFor(50_000_000)).isTrue();
    flow.added((int) Flow.MAX_BYTES);
    assertThat(flow.hasRoomFor(1)).isFalse();
    assertThat(flow.hasRoomFor(0)).isTrue();
    flow.added(1);
    assertThat(flow.hasRoomFor(0)).isFalse();
    flow.withdrawn(1);
    flow.removed((int) Flow.MAX_BYTES);
    assertThat(flow.bytes()).isZero();
  }

  private void allow(long bytes) {
    config.set(
        config
            .get()
            .withOutbound(
                new OutboundSettings(100, Duration.ofSeconds(2), Duration.ofSeconds(5), bytes)));
  }

  @Test
  void whatWaitsForAllPeersIsBoundedTogether() {
    allow(2_097_152);
    Flow other = flows.open("tcp");
    flow.added(1_048_576);
    other.added(1_048_575);
    assertThat(flow.tryPlace()).isTrue();
    other.added(1);
    assertThat(flow.shut()).isTrue();
    assertThat(flow.tryPlace()).isFalse();
    Flow idle = flows.open("tcp");
    assertThat(idle.tryPlace()).as("nobody's request is taken on").isFalse();
    assertThat(idle.hasRoomFor(1_000)).as("a peer that reads is told what there is").isTrue();
    assertThat(String.valueOf(idle.refusal().error().data()))
        .contains("\"role\":\"outbound_mebibytes\",\"limit\":2,\"depth\":2");
    other.removed(1);
    assertThat(idle.tryPlace()).isTrue();
    other.withdrawn(1_048_575);
    flow.removed(1_048_576);
    assertThat(telemetry.introspection().read("backpressure").orElseThrow().path("bytes").asLong())
        .isZero();
  }

  @Test
  void peersThatDoNotReadGoWhenTooMuchWaitsTheFullestFirst() {
    allow(4_194_304);
    List<String> cut = new ArrayList<>();
    for (int mebibytes : new int[] {1, 3}) {
      Flow slow = flows.open("tcp");
      slow.whenCut(() -> cut.add(mebibytes + " MiB"));
      slow.added(mebibytes << 20);
    }
    pass(Duration.ofMillis(1_999));
    assertThat(cut).as("nobody is slow yet").isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(cut).as("no more than is needed").containsExactly("3 MiB");
    assertThat(telemetry.events().recent(100))
        .anySatisfy(notice -> assertThat(notice.text()).contains("does not read"));
  }

  @Test
  void isSeenWhileItsConnectionLives() {
    add(80);
    var section = telemetry.introspection().read("backpressure").orElseThrow();
    assertThat(section.path("behind").get(0).path("connection_id").asString()).isEqualTo("tcp-1");
    assertThat(section.path("waiting").asInt()).isEqualTo(80);
    restraint.monitor().check();
    assertThat(restraint.monitor().history("outbound"))
        .extracting(OverloadAlert::owner)
        .containsExactly("tcp-1");
    flow.close();
    flow.close();
    assertThat(flows.count()).isZero();
    assertThat(restraint.monitor().watched()).isZero();
  }

  @Test
  void anotherCapHoldsAsSoonAsItFits() {
    add(50);
    config.set(
        config.get().withOutbound(new OutboundSettings(10, Duration.ofSeconds(2), Duration.ZERO)));
    flows.look();
    assertThat(flow.permits().cap()).isEqualTo(100);
    read(40);
    flows.look();
    assertThat(flow.permits().cap()).isEqualTo(10);
    assertThat(flow.permits().tryTake()).isFalse();
  }
}
