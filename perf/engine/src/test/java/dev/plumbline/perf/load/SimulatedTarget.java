package dev.plumbline.perf.load;

import java.util.function.IntFunction;

/** A target in simulated time: how long each request takes and how it ends is a function. */
public final class SimulatedTarget implements LoadClient {
  private final FakeTicker ticker;
  private final IntFunction<Served> serving;

  /**
   * What happens to one request.
   *
   * @param nanos how long it takes
   * @param outcome how it ends
   */
  public record Served(long nanos, Outcome outcome) {}

  /** A target that serves like that. */
  public SimulatedTarget(FakeTicker ticker, IntFunction<Served> serving) {
    this.ticker = ticker;
    this.serving = serving;
  }

  @Override
  public Answer call(int index) {
    Served served = serving.apply(index);
    ticker.pass(served.nanos());
    String detail = served.outcome().isOk() ? "" : "simulated";
    return new Answer(served.outcome(), ticker.nanos(), detail);
  }

  @Override
  public void close() {}

  /** Runs a whole schedule over one connection in simulated time. */
  public static Samples run(
      ConstantRate schedule, java.time.Duration deadline, IntFunction<Served> serving)
      throws dev.plumbline.evidence.model.HarnessException, InterruptedException {
    FakeTicker ticker = new FakeTicker();
    LoadEngine engine = new LoadEngine(schedule, deadline, ticker);
    engine.work(new SimulatedTarget(ticker, serving), ticker.nanos());
    return engine.samples();
  }
}
