package dev.plumbline.chaos.experiment;

import dev.plumbline.chaos.journal.Entry.Sample;
import dev.plumbline.chaos.journal.Lane;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;

/**
 * Several clients at once, each on a way of its own, so that the delay of each request can be set
 * while nothing else is on that way.
 */
public final class Lanes {
  /** Sets the delay of the next request on a way. */
  public interface Delay {
    /** Returns the delay in milliseconds. */
    double next(Way way, SplittableRandom dice) throws HarnessException, InterruptedException;
  }

  private record One(Way way, Client client, SplittableRandom dice) {}

  private final Bench bench;
  private final List<One> lanes;

  private Lanes(Bench bench, List<One> lanes) {
    this.bench = bench;
    this.lanes = List.copyOf(lanes);
  }

  /** Opens so many lanes. */
  public static Lanes open(Bench bench, int count)
      throws TargetException, HarnessException, InterruptedException {
    List<One> lanes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Way way = bench.way();
      lanes.add(new One(way, bench.through(way, Lane.PROXIED), bench.random().split()));
    }
    return new Lanes(bench, lanes);
  }

  /** The ways. */
  public List<Way> ways() {
    return lanes.stream().map(One::way).toList();
  }

  /** The clients. */
  public Client[] clients() {
    return lanes.stream().map(One::client).toArray(Client[]::new);
  }

  /**
   * Asks on all lanes, at an even pace where answers are fast enough, for some time.
   *
   * @return what became of it
   */
  public List<Sample> ask(Duration lasting, Delay delay)
      throws HarnessException, InterruptedException {
    Collection<Sample> samples = new ConcurrentLinkedQueue<>();
    List<CompletableFuture<Boolean>> all = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (One lane : lanes) {
      CompletableFuture<Boolean> done = new CompletableFuture<>();
      all.add(done);
      threads.add(
          Thread.ofVirtual().name("lane").start(() -> run(lane, lasting, delay, samples, done)));
    }
    try {
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
      return List.copyOf(samples);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof HarnessException known
          ? known
          : new HarnessException("a lane broke: " + e.getCause(), e);
    } finally {
      threads.forEach(Thread::interrupt);
      boolean interrupted = Thread.interrupted();
      for (Thread thread : threads) {
        interrupted |= !joined(thread);
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean joined(Thread thread) {
    try {
      thread.join();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void run(
      One lane,
      Duration lasting,
      Delay delay,
      Collection<Sample> samples,
      CompletableFuture<Boolean> done) {
    try {
      // Injecting cuts connections. A TLS handshake crosses the network more than once, so it would
      // be delayed more than once; dialling without TLS is not delayed at all.
      if (bench.isSecure()) {
        lane.client().warmUp();
      }
      long end = System.nanoTime() + lasting.toNanos();
      while (System.nanoTime() < end) {
        double injected = delay.next(lane.way(), lane.dice());
        long intended = System.nanoTime();
        samples.add(lane.client().ask(intended, 0, injected));
        bench.pauseUntil(intended + bench.setup().pace().toNanos());
      }
      done.complete(true);
    } catch (HarnessException | InterruptedException | RuntimeException e) {
      done.completeExceptionally(e);
    }
  }
}
