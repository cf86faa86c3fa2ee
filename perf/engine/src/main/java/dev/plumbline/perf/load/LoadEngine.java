package dev.plumbline.perf.load;

import dev.plumbline.evidence.model.HarnessException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of a schedule at their intended times over a bounded number of connections.
 *
 * <p>Each worker owns one connection, takes the next number of the schedule, waits until that
 * request is due and sends it. When all workers are busy the numbers wait and so do the requests;
 * their latency counts all the same. A request that could not be sent within the deadline is given
 * up and recorded as {@link Outcome#NOT_STARTED}. Beside the workers a pulse wakes up for every
 * intended start and calls nothing: it notices when the machine is too busy to keep a schedule.
 */
public final class LoadEngine {
  /** No more connections at a time. */
  public static final int MAX_WORKERS = 256;

  /** How long workers may take to end after the last request's deadline. */
  public static final Duration GRACE = Duration.ofSeconds(5);

  /** Time between setting up and the first intended start. */
  static final Duration LEAD = Duration.ofMillis(20);

  private final ConstantRate schedule;
  private final Duration deadline;
  private final Ticker ticker;
  private final Samples samples;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
  private volatile boolean stopped;

  /**
   * @param deadline how long after its intended start a request may still be sent; clients bound
   *     the call itself
   */
  public LoadEngine(ConstantRate schedule, Duration deadline, Ticker ticker) {
    this.schedule = schedule;
    this.deadline = deadline;
    this.ticker = ticker;
    this.samples = new Samples(schedule);
  }

  /** What was sampled so far; complete after {@link #run}. */
  public Samples samples() {
    return samples;
  }

  /**
   * Runs the whole schedule; use an engine once.
   *
   * @param clients one ready connection for each worker; they stay the caller's to close
   * @throws HarnessException when a client reports our own fault or a worker does not end
   */
  public Samples run(List<? extends LoadClient> clients)
      throws HarnessException, InterruptedException {
    if (clients.isEmpty() || clients.size() > MAX_WORKERS) {
      throw new IllegalArgumentException("1 to " + MAX_WORKERS + " connections are possible");
    }
    long start = ticker.nanos() + LEAD.toNanos();
    List<Thread> threads = new ArrayList<>();
    threads.add(Thread.ofPlatform().name("load-pulse").daemon().start(guarded(() -> beat(start))));
    for (LoadClient client : clients) {
      threads.add(Thread.ofVirtual().name("load").start(guarded(() -> work(client, start))));
    }
    try {
      join(threads, start);
    } finally {
      stopped = true;
      threads.forEach(Thread::interrupt);
    }
    Throwable broken = fault.get();
    if (broken != null) {
      throw new HarnessException("the load engine failed: " + broken.getMessage(), broken);
    }
    return samples;
  }

  /** The worker's loop; takes numbers until none is left. */
  void work(LoadClient client, long start) throws HarnessException, InterruptedException {
    for (int index = next.getAndIncrement();
        index < schedule.count() && !stopped;
        index = next.getAndIncrement()) {
      long intended = schedule.intendedNanos(index);
      long ready = ticker.nanos() - start;
      if (ready - intended > deadline.toNanos()) {
        samples.notStarted(index, ready);
        continue;
      }
      ticker.awaitUntil(start + intended);
      long begin = ticker.nanos() - start;
      Answer answer = client.call(index);
      samples.sent(index, ready, begin, answer.endNanos() - start, answer);
    }
  }

  private void beat(long start) throws InterruptedException {
    for (int index = 0; index < schedule.count() && !stopped; index++) {
      ticker.awaitUntil(start + schedule.intendedNanos(index));
      samples.pulse(index, ticker.nanos() - start);
    }
  }

  private interface Part {
    void run() throws HarnessException, InterruptedException;
  }

  private Runnable guarded(Part part) {
    return () -> {
      try {
        part.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (HarnessException | RuntimeException | Error e) {
        fault.compareAndSet(null, e);
        stopped = true;
      }
    };
  }

  private void join(List<Thread> threads, long start)
      throws HarnessException, InterruptedException {
    // Sent at the latest one deadline after it was due, answered one deadline later.
    long last = schedule.intendedNanos(schedule.count()) + 2 * deadline.toNanos();
    long latest = start + last + GRACE.toNanos();
    for (Thread thread : threads) {
      long left = Math.max(1, latest - ticker.nanos());
      if (!thread.join(Duration.ofNanos(left))) {
        throw new HarnessException("a load worker did not end in time; run again");
      }
    }
  }
}
