package dev.plumbline.perf.reliability.overload;

import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.perf.flood.Arrivals;
import dev.plumbline.perf.flood.Flood;
import dev.plumbline.perf.flood.Tally;
import dev.plumbline.perf.reliability.overload.OverloadRecord.Load;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Overload by the lean generator, on a thread of its own. */
final class FloodOverload implements Overload {
  /** Keeps what was counted. */
  @FunctionalInterface
  interface Keeper {
    /** The load in the form that is kept. */
    Load keep(Tally tally) throws IOException;
  }

  private final FutureTask<Tally> flooding;
  private final Thread thread;
  private final Keeper keeper;

  FloodOverload(Flood flood, Arrivals arrivals, Duration interval, Keeper keeper) {
    this.keeper = keeper;
    this.flooding = new FutureTask<>(() -> flood.run(arrivals, interval));
    this.thread = Thread.ofPlatform().name("flood").daemon().unstarted(flooding);
  }

  @Override
  public void awaitBegin() {
    thread.start();
  }

  @Override
  public Duration settling() {
    return Duration.ZERO;
  }

  @Override
  public void awaitEnd() throws HarnessException, InterruptedException {
    try {
      var _ = flooding.get();
    } catch (ExecutionException e) {
      throw new HarnessException("the load generator failed: " + e.getCause(), e);
    }
  }

  @Override
  public Load result() throws IOException {
    return keeper.keep(flooding.resultNow());
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
