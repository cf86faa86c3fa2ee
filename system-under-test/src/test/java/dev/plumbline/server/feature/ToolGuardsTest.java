package dev.plumbline.server.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.domain.Domains;
import dev.plumbline.server.domain.Unit;
import dev.plumbline.server.limit.Breakers;
import dev.plumbline.server.limit.CircuitBreaker;
import dev.plumbline.server.limit.Clocks;
import dev.plumbline.server.machine.BreakerState;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.observe.Telemetry;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What becomes of a tool that keeps failing (FM-16, FM-38). */
class ToolGuardsTest {
  private static final ToolResult WELL = ToolResult.text("well");

  private final AtomicLong now = new AtomicLong(1);
  private final Live<ServerConfig> config = new Live<>(ServerConfig.standard());
  private final Telemetry telemetry = Telemetry.create();
  private final Breakers breakers =
      new Breakers(
          config,
          telemetry.events(),
          new Clocks(now::get, InstantSource.system(), () -> 0.999_999),
          Machines.unobserved(now::get));
  private final ToolGuards guards = new ToolGuards(breakers::shared);
  private final Tool tool = tool("bad");

  private static Tool tool(String name) {
    var definition = JsonNodeFactory.instance.objectNode().put("name", name);
    definition.putObject("inputSchema").put("type", "object");
    return new Tool(definition, (_, _) -> WELL);
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      assertThatThrownBy(
              () ->
                  guards.run(
                      tool,
                      () -> {
                        throw new IllegalStateException("broken");
                      }))
          .hasMessage("broken");
    }
  }

  private BreakerState state() {
    return breakers.find("tool:bad").orElseThrow().state();
  }

  private JsonNode refusal() {
    AtomicInteger ran = new AtomicInteger();
    RpcException refused =
        catchThrowableOfType(
            RpcException.class,
            () ->
                guards.run(
                    tool,
                    () -> {
                      ran.incrementAndGet();
                      return WELL;
                    }));
    assertThat(ran).as("nobody called it").hasValue(0);
    assertThat(refused.error().code()).isEqualTo(ErrorCode.OVERLOADED.code());
    assertThat(refused.error().message()).contains("keeps failing");
    return java.util.Objects.requireNonNull(refused.error().data());
  }

  @Test
  void aToolThatKeepsThrowingIsRefusedWithoutACall() throws Exception {
    fail(5);
    JsonNode data = refusal();
    assertThat(data.path("reason").asString()).isEqualTo("breaker");
    assertThat(data.path("role").asString()).isEqualTo("tool:bad");
    assertThat(data.path("retryAfterMs").asInt()).isBetween(1, 1_000);
    assertThat(guards.run(tool("good"), () -> WELL)).as("others are served").isEqualTo(WELL);
    assertThat(telemetry.events().recent(10))
        .anySatisfy(notice -> assertThat(notice.subject()).isEqualTo("tool:bad"));
  }

  @Test
  void itIsTriedAgainAndServedOnceItAnswers() throws Exception {
    fail(5);
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(guards.run(tool, () -> WELL)).isEqualTo(WELL);
    assertThat(guards.run(tool, () -> WELL)).isEqualTo(WELL);
    assertThat(state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void aCallerWhoseCallsAlwaysFailDoesNotCloseItForTheOthers() throws Exception {
    for (int i = 0; i < 20; i++) {
      fail(1);
      guards.run(tool, () -> WELL);
    }
    assertThat(state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void aSuccessNowAndThenDoesNotHideThatItFails() throws Exception {
    for (int i = 0; i < 2; i++) {
      fail(2);
      guards.run(tool, () -> WELL);
    }
    fail(1);
    assertThat(state()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void failuresOfLongAgoDoNotCount() {
    fail(4);
    now.addAndGet(Duration.ofSeconds(30).toNanos());
    fail(4);
    assertThat(state()).isEqualTo(BreakerState.CLOSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "broken"})
  void errorsAndBrokenResultsAreFailures(String how) throws Exception {
    for (int i = 0; i < 5; i++) {
      if (how.equals("error")) {
        assertThatThrownBy(
                () ->
                    guards.run(
                        tool,
                        () -> {
                          throw new StackOverflowError();
                        }))
            .isInstanceOf(StackOverflowError.class);
      } else {
        assertThat(guards.run(tool, () -> ToolResult.broken("x")).error()).isTrue();
      }
    }
    assertThat(refusal().path("depth").asInt()).isEqualTo(5);
  }

  /** What a tool says of its own accord is no failure of the tool, and a refusal tells nothing. */
  @Test
  void answersRefusalsAndDetoursAreNoFailures() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(guards.run(tool, () -> ToolResult.failure("no such city")).error()).isTrue();
      for (Exception left :
          new Exception[] {
            new RpcException(RpcError.of(ErrorCode.INVALID_PARAMS)),
            new RpcException(RpcError.of(ErrorCode.OVERLOADED)),
            new InputRequired(Map.of()),
            new InterruptedException("cancelled")
          }) {
        assertThatThrownBy(
                () ->
                    guards.run(
                        tool,
                        () -> {
                          switch (left) {
                            case RpcException e -> throw e;
                            case InterruptedException e -> throw e;
                            case RuntimeException e -> throw e;
                            default -> throw new AssertionError(left);
                          }
                        }))
            .isSameAs(left);
      }
    }
    assertThat(state()).isEqualTo(BreakerState.CLOSED);
  }

  /** Work whose time runs out while it goes on. */
  private static final class Late extends Unit {
    private Late(Domains domains) {
      super(domains.of("somebody"));
    }

    private ToolResult expire() {
      late();
      return WELL;
    }

    private void run(ToolGuards guards, Tool tool) {
      var _ =
          scoped(
              () -> {
                try {
                  return guards.run(tool, this::expire);
                } catch (RpcException | InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      // Nobody is to blame for what happens after the call.
      late();
    }

    @Override
    protected void kill(RpcError why) {}
  }

  @Test
  void aCallThatRunsOutOfTimeHasFailedWhenItDoesAndNotWhenItComesBack() {
    try (Domains domains = new Domains(config, telemetry, Machines.unobserved(now::get))) {
      for (int i = 0; i < 5; i++) {
        assertThat(breakers.find("tool:bad").map(CircuitBreaker::state))
            .isIn(Optional.empty(), Optional.of(BreakerState.CLOSED));
        new Late(domains).run(guards, tool);
      }
      assertThat(state()).isEqualTo(BreakerState.OPEN);
    }
  }

  @Test
  void howManyAreGuardedIsBounded() throws Exception {
    for (int i = 0; i <= ToolGuards.MAX_GUARDED; i++) {
      guards.run(tool("t" + i), () -> WELL);
    }
    assertThat(breakers.all()).hasSize(ToolGuards.MAX_GUARDED);
  }
}
