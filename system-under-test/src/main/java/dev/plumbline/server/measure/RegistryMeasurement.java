package dev.plumbline.server.measure;

import dev.plumbline.server.registry.EntryType;
import dev.plumbline.server.registry.OpaqueIds;
import dev.plumbline.server.registry.Owner;
import dev.plumbline.server.registry.Reason;
import dev.plumbline.server.registry.Registry;
import dev.plumbline.server.registry.Shelf;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Measures the registry under concurrent insert, lookup and remove at growing sizes (R169–R172,
 * R218): 80 % lookups, 10 % inserts and 10 % removes by one thread per processor. Two runs per
 * size: one without a clock in it for the rate, one that times every lookup for the percentiles.
 * Memory is live heap after a collection. {@code RegistryMeasurement [SECONDS [SIZE...]]}; one JSON
 * object; goals: lookup p99 below 1 ms, at least 500,000 operations a second. Exit code 1 when one
 * is missed at any size.
 */
public final class RegistryMeasurement {
  private static final List<Integer> SIZES = List.of(1_000, 5_000, 10_000, 20_000, 50_000, 100_000);
  private static final int SECONDS = 3;
  private static final int EXIT_MISSED = 1;
  private static final int EXIT_USAGE = 2;
  private static final int LOOKUPS_OF_TEN = 8;
  private static final long GOAL_P99_NANOS = 1_000_000;
  private static final double GOAL_RATE = 500_000;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MICRO = 1e3;
  private static final long LONGEST_NANOS = 10_000_000_000L;

  /** What an entry stands for: not measured here, so it is nothing. */
  private static final Object VALUE = new Object();

  private final int size;
  private final Duration length;
  private final Registry registry = new Registry(System::nanoTime, InstantSource.system());
  private final Shelf<Object> shelf =
      registry.shelf(new EntryType<>("measured", Object.class, 2 * EntryType.MOST), _ -> {});
  private final List<String> keys = new ArrayList<>();

  private RegistryMeasurement(int size, Duration length) {
    this.size = size;
    this.length = length;
    OpaqueIds ids = new OpaqueIds();
    for (int i = 0; i < size; i++) {
      keys.add(ids.next());
    }
  }

  /** Runs it. */
  public static void main(String[] arguments) throws InterruptedException {
    List<Integer> sizes = SIZES;
    int seconds = SECONDS;
    try {
      List<String> given = List.of(arguments);
      seconds = given.isEmpty() ? seconds : Integer.parseInt(given.getFirst());
      sizes =
          given.size() < 2 ? sizes : given.stream().skip(1).map(Integer::valueOf).sorted().toList();
    } catch (NumberFormatException e) {
      System.err.println("usage: RegistryMeasurement [SECONDS [SIZE...]], all whole numbers");
      System.exit(EXIT_USAGE);
    }
    ObjectNode result = measure(sizes, Duration.ofSeconds(seconds));
    System.out.println(result);
    if (!result.path("met").asBoolean()) {
      System.exit(EXIT_MISSED);
    }
  }

  /** Measures every size after one that is thrown away. */
  static ObjectNode measure(List<Integer> sizes, Duration length) throws InterruptedException {
    // The compiler's work must not be part of the first size.
    new RegistryMeasurement(sizes.getFirst(), length).run();
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("processors", Runtime.getRuntime().availableProcessors());
    result.put("mix", "80 % lookup, 10 % insert, 10 % remove");
    ArrayNode each = result.putArray("sizes");
    boolean met = true;
    for (int size : sizes) {
      ObjectNode one = new RegistryMeasurement(size, length).run();
      met &= one.path("lookupP99Us").asDouble() * NANOS_PER_MICRO < GOAL_P99_NANOS;
      met &= one.path("operationsPerSecond").asDouble() >= GOAL_RATE;
      each.add(one);
    }
    ObjectNode growth = result.putObject("growth");
    growth.set("memory", Growth.of(each, "entries", "memoryBytes").toJson());
    growth.set("lookupP99", Growth.of(each, "entries", "lookupP99Us").toJson());
    growth.set("lookupP50", Growth.of(each, "entries", "lookupP50Us").toJson());
    result.put("met", met);
    return result;
  }

  private ObjectNode run() throws InterruptedException {
    long before = liveBytes();
    keys.forEach(this::insert);
    long memory = liveBytes() - before;
    Load plain = load(false);
    Load timed = load(true);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("entries", size);
    json.put("memoryBytes", memory);
    json.put("bytesPerEntry", memory / (double) size);
    json.put("operationsPerSecond", plain.operations / plain.seconds);
    json.put("lookupSamples", timed.lookups.getTotalCount());
    json.put("lookupP50Us", timed.lookups.getValueAtPercentile(50) / NANOS_PER_MICRO);
    json.put("lookupP99Us", timed.lookups.getValueAtPercentile(99) / NANOS_PER_MICRO);
    json.put("lookupP999Us", timed.lookups.getValueAtPercentile(99.9) / NANOS_PER_MICRO);
    json.put("lookupMaxUs", timed.lookups.getMaxValue() / NANOS_PER_MICRO);
    ObjectNode contention = json.putObject("contention");
    // Writers of one bin of the map block each other; owners wait for their own lock.
    contention.put("blocked", plain.blocked);
    contention.put("blockedMs", plain.blockedMillis);
    contention.put("ownerWaits", registry.contention().waits());
    contention.put("ownerWaitedUs", registry.contention().nanos() / NANOS_PER_MICRO);
    contention.put("longestUs", registry.contention().longestNanos() / NANOS_PER_MICRO);
    ObjectNode collector = json.putObject("collector");
    collector.put("collections", plain.collections);
    collector.put("ms", plain.collectionMillis);
    return json;
  }

  private void insert(String key) {
    Owner owner = registry.owner("measured", key);
    shelf.register(key, VALUE, owner);
  }

  /** What one run came to. */
  private static final class Load {
    private final Histogram lookups = new Histogram(LONGEST_NANOS, 3);
    private long operations;
    private double seconds;
    private long blocked;
    private long blockedMillis;
    private long collections;
    private long collectionMillis;

    synchronized void add(Worker worker) {
      operations += worker.operations;
      lookups.add(worker.lookups);
      blocked += worker.blocked;
      blockedMillis += worker.blockedMillis;
    }
  }

  private Load load(boolean timed) throws InterruptedException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    threads.setThreadContentionMonitoringEnabled(true);
    Load load = new Load();
    long collections = collections();
    long millis = collectionMillis();
    int count = Runtime.getRuntime().availableProcessors();
    CountDownLatch start = new CountDownLatch(1);
    List<Worker> workers = new ArrayList<>();
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Worker worker = new Worker(i, count, timed, start);
      workers.add(worker);
      running.add(Thread.ofPlatform().name("worker-" + i).start(worker));
    }
    long began = System.nanoTime();
    start.countDown();
    for (Thread thread : running) {
      thread.join();
    }
    load.seconds = (System.nanoTime() - began) / NANOS_PER_SECOND;
    workers.forEach(load::add);
    load.collections = collections() - collections;
    load.collectionMillis = collectionMillis() - millis;
    return load;
  }

  /** Looks up any key, removes and inserts keys of its own. */
  private final class Worker implements Runnable {
    private final int number;
    private final int count;
    private final boolean timed;
    private final CountDownLatch start;
    private final Histogram lookups = new Histogram(LONGEST_NANOS, 3);
    private long operations;
    private long blocked;
    private long blockedMillis;

    private Worker(int number, int count, boolean timed, CountDownLatch start) {
      this.number = number;
      this.count = count;
      this.timed = timed;
      this.start = start;
    }

    @Override
    public void run() {
      SplittableRandom random = new SplittableRandom(number);
      try {
        start.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      long end = System.nanoTime() + length.toNanos();
      while (System.nanoTime() < end) {
        // The clock is looked at once in a while: it would be most of what is measured.
        for (int i = 0; i < 100; i++) {
          for (int lookup = 0; lookup < LOOKUPS_OF_TEN; lookup++) {
            lookup(keys.get(random.nextInt(size)));
          }
          String own = keys.get(random.nextInt(size / count) * count + number);
          shelf.unregister(own, VALUE, Reason.ASKED);
          insert(own);
          operations += LOOKUPS_OF_TEN + 2;
        }
      }
      ThreadInfo info =
          ManagementFactory.getThreadMXBean().getThreadInfo(Thread.currentThread().threadId());
      blocked = Objects.requireNonNull(info).getBlockedCount();
      blockedMillis = info.getBlockedTime();
    }

    private void lookup(String key) {
      if (!timed) {
        shelf.get(key);
        return;
      }
      long began = System.nanoTime();
      shelf.get(key);
      lookups.recordValue(System.nanoTime() - began);
    }
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  private static long collectionMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  /** Live heap: what is left after collections until it does not shrink any more. */
  private static long liveBytes() {
    Runtime runtime = Runtime.getRuntime();
    long last = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      long used = runtime.totalMemory() - runtime.freeMemory();
      if (used >= last) {
        return last;
      }
      last = used;
    }
    return last;
  }
}
