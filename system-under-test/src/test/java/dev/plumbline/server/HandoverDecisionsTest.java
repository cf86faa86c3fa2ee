package dev.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.config.OverloadSettings;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.machine.BreakerState;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.transport.HttpSetup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators decided in one process holds in the ones after it. */
class HandoverDecisionsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;
  private ServerLine line;

  @BeforeEach
  void begin() throws Exception {
    line = new ServerLine(folder, HttpSetup.PLAIN);
    line.next();
  }

  @AfterEach
  void end() {
    line.close();
  }

  private void handOver() throws Exception {
    int before = line.gone.get();
    line.next();
    await().atMost(LONG).until(() -> line.gone.get() == before + 1);
  }

  private ServerConfig now() {
    return line.cores.getLast().context().config().get();
  }

  private boolean isTold(String... parts) {
    return line.cores.getLast().context().telemetry().events().recent(100).stream()
        .map(Object::toString)
        .anyMatch(text -> Stream.of(parts).allMatch(text::contains));
  }

  private void reload(String yaml) throws Exception {
    var _ =
        line.cores
            .getLast()
            .control()
            .configuration()
            .reload(Optional.of(yaml.getBytes(StandardCharsets.UTF_8)));
  }

  /** None of the two could be set alone: warning must be below critical. */
  @Test
  void settingsThatHoldOnlyTogetherComeTogether() throws Exception {
    reload("overload: {warning: 10, critical: 20, full: 30}\nmonitors: {memoryWarning: 60}");
    handOver();
    OverloadSettings overload = now().overload();
    assertThat(overload.warning()).isEqualTo(10);
    assertThat(overload.critical()).isEqualTo(20);
    assertThat(overload.full()).isEqualTo(30);
    assertThat(now().monitors().memoryWarning()).isEqualTo(60);
    assertThat(line.cores.getLast().control().configuration().versions())
        .as("one change, one way back")
        .hasSize(2);
  }

  /** One that was told otherwise must not keep the others from coming together. */
  @Test
  void whatWasToldOtherwiseKeepsNothingElseOut() throws Exception {
    reload(
        "overload: {warning: 10, critical: 20, full: 30}\ncontrol: {health: 300ms, drain: 200ms}");
    ServerConfig told = ServerConfig.standard();
    line.contexts =
        () ->
            ServerContext.of(
                new ServerConfig(
                    told.queues(),
                    told.rate(),
                    new OverloadSettings(told.overload().check(), 50, 60, 70, 5),
                    told.breaker(),
                    told.outbound(),
                    told.sessions(),
                    told.domains(),
                    told.control(),
                    told.monitors(),
                    told.observe(),
                    told.authorization(),
                    told.security(),
                    told.switches()));
    handOver();
    assertThat(now().overload().warning()).isEqualTo(50);
    assertThat(now().control().health()).isEqualTo(Duration.ofMillis(300));
    assertThat(now().control().drain()).isEqualTo(Duration.ofMillis(200));
    assertThat(isTold("do not count", "overload.warning=10")).isTrue();
  }

  @Test
  void aSecondHandoverLosesNothing() throws Exception {
    reload("queues: {caps: {session: 500, mine: 7}}\nswitches: {overloadMonitor: false}");
    handOver();
    handOver();
    assertThat(now().queues().cap("session")).isEqualTo(500);
    assertThat(now().queues().caps()).containsEntry("mine", 7);
    assertThat(now().switches().overloadMonitor()).isFalse();
    assertThat(isTold("here, too", "queues.caps.session=500")).isTrue();
  }

  @Test
  void whatWasTakenBackInTheSecondIsBackInTheThird() throws Exception {
    reload("queues: {caps: {session: 500, mine: 7}}");
    handOver();
    var _ = line.cores.getLast().control().configuration().set("queues.caps.session", "10000");
    handOver();
    assertThat(now().queues().cap("session")).isEqualTo(10_000);
    assertThat(now().queues().caps()).containsEntry("mine", 7);
  }

  @Test
  void aRoleThatAnOperatorTookAwayIsGone() throws Exception {
    ServerConfig withRole = ServerConfig.standard().withCap("mine", 7);
    line.contexts = () -> ServerContext.of(withRole);
    handOver();
    var _ =
        line.cores
            .getLast()
            .control()
            .configuration()
            .set(Map.of("queues.caps.mine", Optional.empty()), "test");
    handOver();
    assertThat(now().queues().caps()).doesNotContainKey("mine");
  }

  @Test
  void aBreakerThatAnOperatorHoldsOpenStaysOpen() throws Exception {
    String session = line.session();
    assertThat(line.post(ServerLine.call(1, "quick"), session).body()).contains("done");
    var breakers = line.cores.getLast().restraint().breakers();
    breakers.find("tool:quick").orElseThrow().forceOpen();
    breakers.find("role:task_worker").orElseThrow().forceOpen();
    handOver();
    assertThat(isTold("stay open", "tool:quick", "role:task_worker")).isTrue();
    Response refused = line.post(ServerLine.call(2, "quick"), session);
    assertThat(refused.body()).contains("\"reason\":\"breaker\"");
    breakers = line.cores.getLast().restraint().breakers();
    assertThat(breakers.find("role:task_worker").orElseThrow().state())
        .isEqualTo(BreakerState.FORCED_OPEN);
    breakers.find("tool:quick").orElseThrow().reset();
    handOver();
    assertThat(line.post(ServerLine.call(3, "quick"), session).body()).contains("done");
    assertThat(
            line.cores
                .getLast()
                .restraint()
                .breakers()
                .find("role:task_worker")
                .orElseThrow()
                .state())
        .isEqualTo(BreakerState.FORCED_OPEN);
  }
}
