package dev.plumbline.perf.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.target.Targets;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.perf.load.LoadEngine;
import dev.plumbline.perf.load.Outcome;
import dev.plumbline.perf.load.Samples;
import dev.plumbline.perf.load.Ticker;
import dev.plumbline.perf.raw.Scenario;
import dev.plumbline.perf.raw.ScenarioWriter;
import dev.plumbline.perf.slo.Slo;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class CallPoolTest {
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private static Slo slo(double seconds, int connections, double deadlineMillis) {
    return new Slo(
        "SLO-TEST",
        "Calls over real sockets",
        Slo.Scenario.CALL_STATELESS,
        100,
        0,
        seconds,
        connections,
        deadlineMillis,
        Map.of("p99", 100.0),
        0,
        50);
  }

  private static Scenario load(ScriptedServer server, Slo slo) throws Exception {
    Ticker ticker = Ticker.system();
    try (Target target = Targets.url(server.url(), List.of());
        CallPool pool =
            CallPool.open(
                target, ScriptedServer.probe(), slo.connections(), slo.deadline(), ticker)) {
      Samples samples = new LoadEngine(slo.schedule(), slo.deadline(), ticker).run(pool.clients());
      return ScenarioWriter.scenario(samples, slo, 1, pool.call().words(), pool.sample());
    }
  }

  @Test
  void seesAStallThatAGeneratorWithoutAPlanWouldHide() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    ScriptedServer.Script stallOnce =
        (number, right, exchange) -> {
          if (number == CallPool.TRIALS + 150) {
            assertThat(never.await(1, TimeUnit.SECONDS)).isFalse();
          }
          ScriptedServer.answer(exchange, 200, right.toString());
        };
    try (ScriptedServer server = new ScriptedServer(4, stallOnce)) {
      Scenario scenario = load(server, slo(4, 1, 5_000));
      assertThat(scenario.seen().ok()).isEqualTo(400);
      long corrected = scenario.latency().getValueAtPercentile(99);
      long uncorrected = scenario.service().getValueAtPercentile(99);
      assertThat(corrected).isGreaterThan(3 * uncorrected);
      assertThat(scenario.latency().getCountBetweenValues(500_000_000L, 60_000_000_000L))
          .as("requests that were due in the first half of the stall")
          .isGreaterThan(30);
      assertThat(scenario.seen().waited()).isGreaterThan(50);
    }
  }

  @Test
  void countsEveryKindOfFailureApart() throws Exception {
    // A request on a reused connection is sent once more when the connection was lost: close on
    // both.
    Set<String> closed = ConcurrentHashMap.newKeySet();
    ScriptedServer.Script script =
        (number, right, exchange) -> {
          String id = right.get("id").toString();
          int kind = number < CallPool.TRIALS ? 0 : closed.contains(id) ? 6 : number % 8;
          switch (kind) {
            case 1 -> ScriptedServer.answer(exchange, 503, "busy");
            case 2 -> ScriptedServer.answer(exchange, 200, right.put("id", "other").toString());
            case 3 -> ScriptedServer.answer(exchange, 200, "<html>");
            case 4 -> {
              right.remove("result");
              right.putObject("error").put("code", -32603).put("message", "no");
              ScriptedServer.answer(exchange, 200, right.toString());
            }
            case 5 -> {
              ((ObjectNode) right.get("result")).remove("capabilities");
              ScriptedServer.answer(exchange, 200, right.toString());
            }
            case 6 -> {
              closed.add(id);
              exchange.close();
            }
            default -> ScriptedServer.answer(exchange, 200, right.toString());
          }
        };
    try (ScriptedServer server = new ScriptedServer(4, script)) {
      Scenario scenario = load(server, slo(1, 4, 5_000));
      assertThat(scenario.seen().outcomes().values().stream().mapToLong(n -> n).sum())
          .isEqualTo(100);
      Set<Outcome> seen = EnumSet.noneOf(Outcome.class);
      scenario.seen().outcomes().forEach((outcome, n) -> addIf(n > 0, outcome, seen));
      assertThat(seen)
          .contains(
              Outcome.OK,
              Outcome.HTTP_ERROR,
              Outcome.WRONG_ID,
              Outcome.RPC_ERROR,
              Outcome.WRONG_RESULT,
              Outcome.CLOSED)
          .containsAnyOf(Outcome.MALFORMED);
      assertThat(scenario.seen().failures()).isNotEmpty();
    }
  }

  private static void addIf(boolean present, Outcome outcome, Set<Outcome> seen) {
    if (present) {
      seen.add(outcome);
    }
  }

  @Test
  void tellsALateAnswerFromAWrongOneAndGivesUpWhatCannotBeSent() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    ScriptedServer.Script silent =
        (number, right, exchange) -> {
          if (number >= CallPool.TRIALS) {
            end.await();
          }
          ScriptedServer.answer(exchange, 200, right.toString());
        };
    try (ScriptedServer server = new ScriptedServer(16, silent)) {
      Scenario scenario = load(server, slo(3, 2, 1_000));
      assertThat(scenario.seen().ok()).isZero();
      assertThat(scenario.seen().outcomes().get(Outcome.TIMED_OUT)).isPositive();
      assertThat(scenario.seen().notStarted()).isPositive();
      assertThat(scenario.seen().failed()).isEqualTo(300);
    } finally {
      end.countDown();
    }
  }

  @Test
  void countsRefusedConnections() throws Exception {
    ScriptedServer server =
        new ScriptedServer(
            4, (number, right, exchange) -> ScriptedServer.answer(exchange, 200, right.toString()));
    Slo slo = slo(1, 2, 2_000);
    Ticker ticker = Ticker.system();
    try (Target target = Targets.url(server.url(), List.of());
        CallPool pool = CallPool.open(target, ScriptedServer.probe(), 2, DEADLINE, ticker)) {
      server.close();
      Samples samples = new LoadEngine(slo.schedule(), slo.deadline(), ticker).run(pool.clients());
      Scenario scenario = ScenarioWriter.scenario(samples, slo, 1, "", "");
      assertThat(scenario.seen().ok()).isZero();
      assertThat(scenario.seen().outcomes().get(Outcome.CONNECT_FAILED)).isGreaterThan(90);
    } finally {
      server.close();
    }
  }

  @Test
  void doesNotApplyLoadWhenNothingIsAnsweredRightlyWithoutIt() throws Exception {
    ScriptedServer.Script refusing =
        (number, right, exchange) -> ScriptedServer.answer(exchange, 400, "no");
    try (ScriptedServer server = new ScriptedServer(2, refusing)) {
      assertThatThrownBy(() -> load(server, slo(1, 2, 2_000)))
          .isInstanceOf(TargetException.class)
          .hasMessageContaining("server/discover: an HTTP error status");
    }
  }
}
