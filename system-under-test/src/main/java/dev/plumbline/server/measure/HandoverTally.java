package dev.plumbline.server.measure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.node.ObjectNode;

/** What clients saw while one process took over from another. Safe for any thread. */
final class HandoverTally {
  /** A longer list of reasons says nothing more. */
  private static final int MAX_REASONS = 20;

  private static final int MAX_REASON = 200;

  private final LongAdder requests = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder events = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final LongAdder twice = new LongAdder();
  private final LongAdder outOfOrder = new LongAdder();
  private final LongAdder resumed = new LongAdder();
  private final LongAdder tasks = new LongAdder();
  private final LongAdder tasksAcross = new LongAdder();
  private final AtomicInteger generation = new AtomicInteger();
  private final Map<String, Integer> reasons = new TreeMap<>();
  private volatile LongAccumulator slowest = new LongAccumulator(Math::max, 0);

  /** A request was answered as it should be. */
  void answered(long begunNanos) {
    requests.increment();
    slowest.accumulate(System.nanoTime() - begunNanos);
  }

  /** A request was not answered, or not as it should be. */
  void failed(String reason) {
    requests.increment();
    failed.increment();
    synchronized (reasons) {
      String brief = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
      if (reasons.size() < MAX_REASONS || reasons.containsKey(brief)) {
        reasons.merge(brief, 1, Integer::sum);
      }
    }
  }

  /** A client went on with a stream on another connection. */
  void resumed() {
    resumed.increment();
  }

  /** Another process serves from now on. */
  void handedOver() {
    generation.incrementAndGet();
  }

  /** How often another process took over. */
  int generation() {
    return generation.get();
  }

  /**
   * The result of a task was collected.
   *
   * @param begun the {@link #generation} in which it began
   */
  void task(int begun) {
    tasks.increment();
    if (begun != generation.get()) {
      tasksAcross.increment();
    }
  }

  /** What one stream should have told, and what it told. */
  void compare(List<String> said, List<String> heard) {
    events.add(said.size());
    Set<String> known = new HashSet<>(heard);
    List<String> missing = said.stream().filter(one -> !known.contains(one)).toList();
    lost.add(missing.size());
    twice.add(heard.size() - known.size());
    List<String> once = new ArrayList<>(new LinkedHashSet<>(heard));
    List<String> expected = said.stream().filter(known::contains).toList();
    once.retainAll(new HashSet<>(expected));
    for (int i = 0; i < once.size(); i++) {
      if (!once.get(i).equals(expected.get(i))) {
        outOfOrder.increment();
      }
    }
  }

  long requests() {
    return requests.sum();
  }

  /** The slowest answer since this was asked last, in milliseconds. */
  long slowestMillis() {
    LongAccumulator past = slowest;
    slowest = new LongAccumulator(Math::max, 0);
    return TimeUnit.NANOSECONDS.toMillis(past.get());
  }

  /** True when nothing went wrong, and there was something that could have. */
  boolean clean() {
    return failed.sum() + lost.sum() + twice.sum() + outOfOrder.sum() == 0
        && requests.sum() > 0
        && events.sum() > 0
        && tasksAcross.sum() > 0
        && resumed.sum() > 0;
  }

  void tell(ObjectNode json) {
    json.put("requests", requests.sum()).put("failed", failed.sum());
    ObjectNode why = json.putObject("failures");
    synchronized (reasons) {
      reasons.forEach(why::put);
    }
    json.put("events", events.sum())
        .put("eventsLost", lost.sum())
        .put("eventsTwice", twice.sum())
        .put("eventsOutOfOrder", outOfOrder.sum())
        .put("streamsResumed", resumed.sum())
        .put("tasks", tasks.sum())
        .put("tasksCollectedElsewhere", tasksAcross.sum());
  }
}
