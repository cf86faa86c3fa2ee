package dev.plumbline.server.registry;

import dev.plumbline.server.observe.Telemetry;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.HdrHistogram.ConcurrentHistogram;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Everything that lives in one server, by type and key. Safe for any number of threads. */
public final class Registry {
  private static final long LONGEST_LOOKUP_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int DIGITS = 2;
  private static final double NANOS_PER_MICRO = 1_000.0;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double BYTES_PER_MIB = 1_048_576.0;

  private final LongSupplier nanos;
  private final InstantSource wall;
  private final Disposals disposals;
  private final Contention contention = new Contention();
  private final ConcurrentHistogram lookups = new ConcurrentHistogram(LONGEST_LOOKUP_NANOS, DIGITS);
  private final Map<String, Shelf<?>> shelves = new ConcurrentSkipListMap<>();

  /**
   * An empty registry.
   *
   * @param nanos for lengths of time
   * @param wall for the moments that are shown
   */
  public Registry(LongSupplier nanos, InstantSource wall) {
    this.nanos = nanos;
    this.wall = wall;
    this.disposals = new Disposals(wall);
  }

  /**
   * Makes the place for a type.
   *
   * @param disposer what is done with a value whose owner has ended; must not block
   * @throws IllegalStateException when there is one
   */
  public <T> Shelf<T> shelf(EntryType<T> type, Consumer<T> disposer) {
    Shelf<T> shelf = new Shelf<>(type, disposer, disposals, lookups, nanos);
    if (shelves.putIfAbsent(type.name(), shelf) != null) {
      throw new IllegalStateException("two rooms keep a " + type.name());
    }
    return shelf;
  }

  /**
   * A new owner.
   *
   * @param kind what it is, for example {@code session}
   * @param id which one; empty when there is only one. Never shown
   */
  public Owner owner(String kind, String id) {
    return new Owner(kind, id, contention);
  }

  /** Ends an owner and disposes of everything it has. Harmless to repeat. */
  public void end(Owner owner) {
    for (Entry<?> entry : owner.close(nanos.getAsLong())) {
      entry.dispose(Reason.OWNER_ENDED);
    }
  }

  /** The time of day, for the moments that are shown. */
  public InstantSource clock() {
    return wall;
  }

  /** What is not there any more. */
  public Disposals disposals() {
    return disposals;
  }

  /** How often and how long owners were waited for. */
  public Contention contention() {
    return contention;
  }

  /** Shows every entry of every type. */
  void forEachEntry(Consumer<Entry<?>> action) {
    shelves.values().forEach(shelf -> shelf.forEachEntry(action::accept));
  }

  /** How many entries there are of all types. */
  public int count() {
    return shelves.values().stream().mapToInt(Shelf::count).sum();
  }

  /** Lets operators see it: the sections {@code registry} and {@code disposals}, and metrics. */
  public void show(Telemetry telemetry) {
    telemetry.introspection().section("registry", this::toJson);
    telemetry.introspection().section("disposals", disposals::toJson);
    PrometheusRegistry metrics = telemetry.metrics();
    GaugeWithCallback.builder()
        .name("plumbline_registry_entries")
        .help("Entries of the registry.")
        .labelNames("type")
        .callback(
            sample -> shelves.forEach((name, shelf) -> sample.call((double) shelf.count(), name)))
        .register(metrics);
    CounterWithCallback.builder()
        .name("plumbline_registry_waits")
        .help("How often somebody waited for an owner's lock.")
        .callback(sample -> sample.call((double) contention.waits()))
        .register(metrics);
    CounterWithCallback.builder()
        .name("plumbline_registry_waited_seconds")
        .help("How long owners' locks were waited for.")
        .callback(sample -> sample.call(contention.nanos() / NANOS_PER_SECOND))
        .register(metrics);
    GaugeWithCallback.builder()
        .name("plumbline_registry_lookup_p99_seconds")
        .help("99th percentile of the lookups that were timed, one in 1,024.")
        .callback(sample -> sample.call(lookups.getValueAtPercentile(99) / NANOS_PER_SECOND))
        .register(metrics);
  }

  /** The section {@code registry} (R218). */
  private ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("entries", count());
    ObjectNode types = json.putObject("types");
    shelves.forEach(
        (name, shelf) ->
            types
                .putObject(name)
                .put("entries", shelf.count())
                .put("max", shelf.type().most())
                .put("registered", shelf.registered())
                .put("refused", shelf.refused()));
    json.putObject("lookup")
        .put("samples", lookups.getTotalCount())
        .put("p50_us", lookups.getValueAtPercentile(50) / NANOS_PER_MICRO)
        .put("p99_us", lookups.getValueAtPercentile(99) / NANOS_PER_MICRO)
        .put("p999_us", lookups.getValueAtPercentile(99.9) / NANOS_PER_MICRO);
    json.putObject("contention")
        .put("waits", contention.waits())
        .put("lock_time_us", contention.nanos() / NANOS_PER_MICRO)
        .put("longest_us", contention.longestNanos() / NANOS_PER_MICRO);
    Runtime runtime = Runtime.getRuntime();
    json.put("memory_used_mb", (runtime.totalMemory() - runtime.freeMemory()) / BYTES_PER_MIB);
    return json;
  }
}
