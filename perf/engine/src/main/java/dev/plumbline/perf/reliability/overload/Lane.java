package dev.plumbline.perf.reliability.overload;

import dev.plumbline.perf.client.RawConnection.Response;
import dev.plumbline.perf.load.Ticker;
import dev.plumbline.perf.raw.IntervalLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/**
 * Control requests of one kind at a constant rate, over one connection and one thread of their own.
 * Latency counts from the moment a request was due.
 */
public final class Lane implements Callable<Lane.Seen> {
  /** Without an answer after this a control request is lost. */
  static final Duration DEADLINE = Duration.ofSeconds(2);

  /** So many requests are not counted, but told when they are lost. */
  static final int WARM_UP = 10;

  private static final int MAX_DETAILS = 10;
  private static final int MAX_DETAIL = 200;
  private static final double NANOS = 1e9;

  /**
   * A control request.
   *
   * @param method the HTTP method
   * @param path the request target
   */
  record Ask(String method, String path) {}

  /** Where the requests come from. */
  @FunctionalInterface
  interface Source {
    /** The next one; empty when there is nothing to ask for now. */
    Optional<Ask> next();
  }

  /**
   * What a lane saw.
   *
   * @param name which lane
   * @param due requests that were due
   * @param right asked, and answered as they must be
   * @param lost asked, and not answered so in time
   * @param skipped not asked, because there was nothing to ask for
   * @param details the first losses in words
   */
  public record Counts(
      String name, long due, long right, long lost, long skipped, List<String> details) {
    public Counts {
      details = List.copyOf(details);
      if (right + lost + skipped != due) {
        throw new IllegalArgumentException("the requests of lane " + name + " do not add up");
      }
    }
  }

  /**
   * The same with the times.
   *
   * @param latency of what was answered rightly, by interval
   */
  record Seen(Counts record, IntervalLog latency) {}

  private final String name;
  private final double perSecond;
  private final Duration length;
  private final Duration interval;
  private final ControlClient client;
  private final Source source;
  private final Predicate<Response> isRight;
  private final Ticker ticker;
  private final List<String> details = new ArrayList<>();

  Lane(
      String name,
      double perSecond,
      Duration length,
      Duration interval,
      ControlClient client,
      Source source,
      Predicate<Response> isRight,
      Ticker ticker) {
    this.name = name;
    this.perSecond = perSecond;
    this.length = length;
    this.interval = interval;
    this.client = client;
    this.source = source;
    this.isRight = isRight;
    this.ticker = ticker;
  }

  String name() {
    return name;
  }

  /** Asks a few times without counting: the first requests load classes, here and there. */
  void warmUp() {
    for (int i = 0; i < WARM_UP; i++) {
      source.next().ifPresent(this::answered);
    }
  }

  @Override
  public Seen call() throws InterruptedException {
    long start = ticker.nanos();
    long due = (long) Math.floor(perSecond * length.toNanos() / NANOS);
    int intervals = (int) -Math.floorDiv(-length.toNanos(), interval.toNanos());
    List<Histogram> latency = new ArrayList<>();
    for (int i = 0; i < intervals; i++) {
      latency.add(IntervalLog.histogram());
    }
    long right = 0;
    long skipped = 0;
    for (long index = 0; index < due; index++) {
      long intended = (long) (index * (NANOS / perSecond));
      ticker.awaitUntil(start + intended);
      Optional<Ask> ask = source.next();
      if (ask.isEmpty()) {
        skipped++;
      } else if (answered(ask.get())) {
        right++;
        int slot = (int) Math.min(intervals - 1, intended / interval.toNanos());
        latency
            .get(slot)
            .recordValue(
                Math.clamp(ticker.nanos() - start - intended, 0, IntervalLog.HIGHEST_NANOS));
      }
    }
    List<IntervalLog.Entry> entries = new ArrayList<>();
    for (int i = 0; i < intervals; i++) {
      entries.add(new IntervalLog.Entry("", i * interval.toMillis() / 1000.0, latency.get(i)));
    }
    client.close();
    return new Seen(
        new Counts(name, due, right, due - right - skipped, skipped, details),
        new IntervalLog(entries));
  }

  private boolean answered(Ask ask) {
    try {
      Response response = client.ask(ask.method(), ask.path());
      if (isRight.test(response)) {
        return true;
      }
      tell(response.status() + " " + response.body());
    } catch (IOException e) {
      tell(String.valueOf(e.getMessage()));
    }
    return false;
  }

  private void tell(String text) {
    if (details.size() < MAX_DETAILS) {
      details.add(text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL));
    }
  }
}
