package dev.plumbline.server.session.store;

import dev.plumbline.server.limit.CircuitBreaker;
import dev.plumbline.server.machine.BreakerState;
import dev.plumbline.server.observe.Health;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.observe.Severity;
import dev.plumbline.server.observe.Telemetry;
import dev.plumbline.server.observe.trace.RequestSpan;
import dev.plumbline.server.observe.trace.Spans;
import dev.plumbline.server.session.store.StoreException.Kind;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A store that is looked at: how long it takes, how often it fails, and whether it is left alone
 * for a while because it fails. While it cannot be used every call is refused at once.
 */
public final class WatchedStore implements SessionStore {
  /** How long an operation may take, as far as it is counted. */
  private static final long MAX_MICROS = TimeUnit.MINUTES.toMicros(1);

  private static final int DIGITS = 2;
  private static final String COMPONENT = "store";

  /** What is done with a store. */
  private enum Operation {
    CREATE,
    UPDATE,
    FIND,
    VALIDATE,
    DELETE,
    TOUCH,
    EXPIRE
  }

  /**
   * The last failure.
   *
   * @param at when
   * @param text what it was
   */
  private record Failure(Instant at, String text) {}

  private final String address;

  /** Held for reading while the store is used, so that it is not exchanged meanwhile. */
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

  private volatile SessionStore store;
  private final CircuitBreaker breaker;
  private final Telemetry telemetry;
  private final Map<Operation, ConcurrentHistogram> micros = new EnumMap<>(Operation.class);
  private final Counter operations;
  private final AtomicReference<@Nullable Failure> lastFailure = new AtomicReference<>();
  private volatile boolean down;
  private volatile int count;

  /**
   * Watches a store.
   *
   * @param address where it is, without secrets
   */
  public WatchedStore(
      SessionStore store, String address, CircuitBreaker breaker, Telemetry telemetry) {
    this.store = store;
    this.address = address;
    this.breaker = breaker;
    this.telemetry = telemetry;
    for (Operation operation : Operation.values()) {
      micros.put(operation, new ConcurrentHistogram(MAX_MICROS, DIGITS));
    }
    this.operations =
        Counter.builder()
            .name("plumbline_store_operations_total")
            .help("Operations of the session store, by what was done and what became of it.")
            .labelNames("operation", "outcome")
            .register(telemetry.metrics());
    GaugeWithCallback.builder()
        .name("plumbline_store_available")
        .help("1 while the session store can be used.")
        .callback(callback -> callback.call(down ? 0 : 1))
        .register(telemetry.metrics());
    telemetry.health().report(COMPONENT, Health.Level.HEALTHY, "");
    telemetry.introspection().section(COMPONENT, this::toJson);
    warn();
  }

  /** What could not be made sure of is said where operators look. */
  private void warn() {
    store
        .warning()
        .ifPresent(
            text -> {
              Log.line(text);
              telemetry
                  .events()
                  .add(Severity.WARNING, COMPONENT, store.kind(), text, Map.of("address", address));
            });
  }

  /**
   * Closes the store and goes on with another, between two operations. What the first failed at is
   * not held against the other; what an operator decided stays.
   *
   * @param next opens the other, after the first was closed: they may need the same file
   * @throws StoreException when the other cannot be opened; then neither can be used
   */
  public void exchange(Supplier<? extends SessionStore> next) {
    use.writeLock().lock();
    try {
      store.close();
      store = next.get();
      warn();
    } finally {
      use.writeLock().unlock();
    }
    if (breaker.state() != BreakerState.FORCED_OPEN) {
      breaker.reset();
    }
  }

  /** True while it can be used, as far as is known. */
  public boolean available() {
    return !down;
  }

  private <T> T run(Operation operation, Supplier<T> work) {
    Optional<CircuitBreaker.Call> leave = breaker.tryCall();
    if (leave.isEmpty()) {
      count(operation, "refused");
      throw new StoreException(
          Kind.UNAVAILABLE, "the session store cannot be used now; it is tried again soon");
    }
    long start = System.nanoTime();
    CircuitBreaker.Call call = leave.get();
    try {
      T result = traced(operation, work);
      call.succeeded();
      cameBack();
      count(operation, "success");
      return result;
    } catch (StoreException e) {
      count(operation, "failure");
      judge(call, e);
      throw e;
    } finally {
      // Last of all: a call that is closed takes no word about how it went.
      call.close();
      long took = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
      ConcurrentHistogram histogram = micros.get(operation);
      if (histogram != null) {
        histogram.recordValue(Math.min(took, MAX_MICROS));
      }
    }
  }

  private <T> T traced(Operation operation, Supplier<T> work) {
    try (RequestSpan _ = span(operation)) {
      return used(work);
    }
  }

  private static RequestSpan span(Operation operation) {
    return Spans.traced()
        ? Spans.inside("store." + operation.name().toLowerCase(Locale.ROOT))
        : RequestSpan.NONE;
  }

  private <T> T used(Supplier<T> work) {
    use.readLock().lock();
    try {
      return work.get();
    } finally {
      use.readLock().unlock();
    }
  }

  private void judge(CircuitBreaker.Call call, StoreException e) {
    switch (e.kind()) {
      case UNAVAILABLE -> {
        // A request that nobody waits for any more says nothing about the store.
        if (!(e.getCause() instanceof InterruptedException)) {
          call.failed();
          wentAway(e);
        }
      }
      case UNREACHABLE -> {
        call.failed();
        breaker.trip();
        wentAway(e);
      }
      case CORRUPT, FUTURE -> remember(e);
      case LOCKED, MISCONFIGURED, FULL -> {}
    }
  }

  private void remember(StoreException e) {
    lastFailure.set(new Failure(Instant.now(), String.valueOf(e.getMessage())));
  }

  private void count(Operation operation, String outcome) {
    operations.labelValues(operation.name().toLowerCase(Locale.ROOT), outcome).inc();
  }

  private void wentAway(StoreException e) {
    remember(e);
    if (!down) {
      down = true;
      telemetry
          .events()
          .add(
              Severity.CRITICAL,
              COMPONENT,
              store.kind(),
              "the session store cannot be used: sessions that live go on, none is opened or ended",
              Map.of("address", address));
      telemetry
          .health()
          .report(COMPONENT, Health.Level.DEGRADED, "the session store cannot be used");
    }
  }

  private void cameBack() {
    if (down) {
      down = false;
      telemetry
          .events()
          .add(
              Severity.INFO,
              COMPONENT,
              store.kind(),
              "the session store can be used again",
              Map.of("address", address));
      telemetry.health().report(COMPONENT, Health.Level.HEALTHY, "");
    }
  }

  private ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", store.kind());
    json.put("address", address);
    json.put("shared", store.shared());
    json.put("window", store.window());
    json.put("available", !down);
    json.put("records", count);
    Failure failure = lastFailure.get();
    if (failure != null) {
      json.putObject("last_error").put("at", failure.at().toString()).put("text", failure.text());
    }
    ObjectNode latency = json.putObject("latency_us");
    micros.forEach(
        (operation, histogram) ->
            latency
                .putObject(operation.name().toLowerCase(Locale.ROOT))
                .put("count", histogram.getTotalCount())
                .put("p50", histogram.getValueAtPercentile(50))
                .put("p95", histogram.getValueAtPercentile(95))
                .put("p99", histogram.getValueAtPercentile(99))
                .put("max", histogram.getMaxValue()));
    return json;
  }

  @Override
  public String kind() {
    return store.kind();
  }

  @Override
  public boolean shared() {
    return store.shared();
  }

  @Override
  public String window() {
    return store.window();
  }

  @Override
  public Optional<String> warning() {
    return store.warning();
  }

  @Override
  public void create(SessionRecord session) {
    var _ =
        run(
            Operation.CREATE,
            () -> {
              store.create(session);
              return true;
            });
  }

  @Override
  public boolean update(SessionRecord session) {
    return run(Operation.UPDATE, () -> store.update(session));
  }

  @Override
  public Optional<SessionRecord> find(String id) {
    return run(Operation.FIND, () -> store.find(id));
  }

  @Override
  public OptionalLong changes(String id) {
    return run(Operation.VALIDATE, () -> store.changes(id));
  }

  @Override
  public Map<String, Long> changes(Collection<String> ids) {
    return run(Operation.VALIDATE, () -> store.changes(ids));
  }

  @Override
  public boolean delete(String id) {
    return run(Operation.DELETE, () -> store.delete(id));
  }

  @Override
  public boolean deleteUnused(String id, long changes, Instant usedBefore) {
    return run(Operation.DELETE, () -> store.deleteUnused(id, changes, usedBefore));
  }

  @Override
  public void touch(Map<String, Instant> used) {
    var _ =
        run(
            Operation.TOUCH,
            () -> {
              store.touch(used);
              return true;
            });
  }

  @Override
  public List<String> expire(Instant openedBefore, Instant usedBefore, int atMost) {
    return run(
        Operation.EXPIRE,
        () -> {
          List<String> expired = store.expire(openedBefore, usedBefore, atMost);
          count = store.count();
          return expired;
        });
  }

  @Override
  public List<SessionRecord> all() {
    return run(Operation.FIND, store::all);
  }

  @Override
  public int count() {
    return run(Operation.FIND, store::count);
  }

  @Override
  public void close() {
    store.close();
  }
}
