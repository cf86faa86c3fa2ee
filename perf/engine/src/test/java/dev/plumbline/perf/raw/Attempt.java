package dev.plumbline.perf.raw;

import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.perf.load.Outcome;
import dev.plumbline.perf.load.SimulatedTarget;
import dev.plumbline.perf.load.SimulatedTarget.Served;
import dev.plumbline.perf.slo.Slo;
import java.util.Map;
import java.util.function.IntFunction;

/** Attempts in simulated time, for tests. */
public final class Attempt {
  /** One millisecond. */
  public static final long MILLI = 1_000_000;

  /** 100 requests a second for 10 s after a warm-up of 1 s. */
  public static final Slo SLO =
      new Slo(
          "SLO-TEST",
          "Simulated calls are answered in time",
          Slo.Scenario.CALL_STATELESS,
          100,
          1,
          10,
          1,
          2_000,
          Map.of("p50", 5.0, "p95", 10.0, "p99", 50.0, "p999", 500.0),
          0.01,
          10);

  private Attempt() {}

  /** All requests are answered rightly after this many milliseconds. */
  public static Scenario steady(long millis) throws HarnessException, InterruptedException {
    return of(index -> new Served(millis * MILLI, Outcome.OK));
  }

  /** The server stands still for a second in the middle. */
  public static Scenario stalling() throws HarnessException, InterruptedException {
    return of(index -> new Served(index == 600 ? 1_000 * MILLI : MILLI, Outcome.OK));
  }

  /** Requests end as told. */
  public static Scenario of(IntFunction<Served> serving)
      throws HarnessException, InterruptedException {
    return ScenarioWriter.scenario(
        SimulatedTarget.run(SLO.schedule(), SLO.deadline(), serving),
        SLO,
        1,
        "simulated",
        "POST /mcp");
  }
}
