package dev.plumbline.chaos.experiment;

import dev.plumbline.chaos.journal.Entry;
import dev.plumbline.chaos.journal.Entry.Sample;
import dev.plumbline.chaos.journal.Outcome;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;

/** A client that repeats what failed, waiting with full jitter between the attempts. */
public final class Retries {
  private final Bench bench;
  private final Client client;
  private final String fault;
  private int attempt;

  /**
   * @param fault the label of the fault that makes repeating necessary
   */
  public Retries(Bench bench, Client client, String fault) {
    this.bench = bench;
    this.client = client;
    this.fault = fault;
  }

  /** How many attempts were made. */
  public int attempts() {
    return attempt;
  }

  /** Makes the next attempt; every one but the first after a wait. */
  public Sample next() throws HarnessException, InterruptedException {
    if (attempt > 0) {
      pause(attempt - 1);
    }
    Sample sample = client.ask(System.nanoTime(), attempt, 0);
    attempt++;
    return sample;
  }

  private void pause(int n) throws HarnessException, InterruptedException {
    Duration ceiling = bench.backoff().ceiling(n);
    Duration delay = bench.drawBackoff(n);
    long from = System.nanoTime();
    bench.pauseUntil(from + delay.toNanos());
    bench.note(
        new Entry.Wait(
            bench.at(from),
            fault,
            n,
            bench.span(ceiling.toNanos()),
            bench.span(delay.toNanos()),
            bench.span(System.nanoTime() - from)));
  }

  /**
   * Repeats until a result comes.
   *
   * @param within how long it goes on
   * @return whether one came
   */
  public boolean untilOk(Duration within) throws HarnessException, InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (System.nanoTime() < deadline) {
      Sample sample = next();
      if (sample.ok()) {
        return true;
      }
      if (sample.outcome() == Outcome.SESSION_LOST) {
        renew();
      }
    }
    return false;
  }

  private void renew() throws HarnessException, InterruptedException {
    try {
      client.renew();
    } catch (TargetException e) {
      // The next attempt shows it.
    }
  }
}
