package dev.plumbline.server.observe.monitor;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.MonitorSettings;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.observe.Health;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.observe.Severity;
import dev.plumbline.server.observe.Telemetry;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Watches heap and file descriptors (C7): an alert at each level, degraded and critical health at
 * the higher ones, and no new connection while descriptors run out. Makes the section {@code
 * resources}.
 */
public final class ResourceMonitor {
  private static final String MEMORY = "memory";
  private static final String FILES = "files";
  private static final long MEGABYTE = 1_048_576;

  private final Live<ServerConfig> config;
  private final Telemetry telemetry;
  private final Supplier<Reading> source;
  private final InstantSource clock;
  private final GcPauses pauses;
  private final Collecting collecting;
  private final AtomicLong live = new AtomicLong();
  private final Levels memory = new Levels();
  private final Levels files = new Levels();
  private volatile Reading last;
  private volatile boolean draining;
  private volatile boolean memoryFull;
  private long survived = Log.survived();

  /** Watches this process. */
  public ResourceMonitor(Live<ServerConfig> config, Telemetry telemetry) {
    this(config, telemetry, Reading.ofThisProcess(), InstantSource.system(), System::gc);
  }

  /**
   * Watches what the source says.
   *
   * @param collector collects garbage, all of it
   */
  ResourceMonitor(
      Live<ServerConfig> config,
      Telemetry telemetry,
      Supplier<Reading> source,
      InstantSource clock,
      Runnable collector) {
    this.config = config;
    this.telemetry = telemetry;
    this.source = source;
    this.clock = clock;
    this.pauses = new GcPauses(config, telemetry);
    this.collecting = new Collecting(collector);
    this.last = source.get();
    telemetry.introspection().section("resources", this::toJson);
    metrics(telemetry.metrics());
  }

  /** Begins to watch the collector; end it by closing the result. */
  public GcWatch watchCollector() {
    return GcWatch.start(pauses, live);
  }

  /** The pauses of the collector. */
  public GcPauses pauses() {
    return pauses;
  }

  /** The heap in use after the last collection, for whoever knows. */
  void collected(long bytes) {
    live.set(bytes);
  }

  /** What was read last. */
  public Reading last() {
    return last;
  }

  /** False while so many file descriptors are in use that new connections must be refused. */
  public boolean takesConnections() {
    return !draining;
  }

  /** False while so much of the heap is in use that nothing that lasts may begin. */
  public boolean takesOn() {
    return !memoryFull;
  }

  /** How much of the heap is in use, in percent. */
  public int memoryPercent() {
    return (int) Math.round(memoryPercent(last));
  }

  /** Looks at everything once; called by a scheduler. */
  public synchronized void check() {
    Reading now = source.get();
    last = now;
    ServerConfig settings = config.get();
    int hysteresis = settings.overload().hysteresis();
    checkMemory(now, settings.monitors(), hysteresis);
    checkFiles(now, settings.monitors(), hysteresis);
    pauses.check(clock.instant());
  }

  private void checkMemory(Reading now, MonitorSettings limits, int hysteresis) {
    double percent = memoryPercent(now);
    List<Integer> marks =
        List.of(limits.memoryWarning(), limits.memoryCritical(), limits.memoryFull());
    memory
        .see(percent, marks, hysteresis)
        .ifPresent(edge -> announce(MEMORY, edge, percent, marks, "the heap is in use"));
    memoryFull = memory.level() == marks.size();
    collecting.see(memoryFull, clock.instant());
    countErrors();
    String reason =
        Math.round(percent)
            + " % of the heap is in use"
            + (memoryFull ? ": no session, task or subscription begins" : "");
    telemetry
        .health()
        .report(
            MEMORY,
            switch (memory.level()) {
              case 0, 1 -> Health.Level.HEALTHY;
              case 2 -> Health.Level.DEGRADED;
              default -> Health.Level.CRITICAL;
            },
            reason);
  }

  /** What the loops of the server survived, told at most once at every look. */
  private void countErrors() {
    long now = Log.survived();
    if (now > survived) {
      telemetry
          .events()
          .add(
              Severity.CRITICAL,
              "resources",
              MEMORY,
              "a thread of the server ran out of memory and goes on",
              Map.of("count", Long.toString(now - survived), "in_all", Long.toString(now)));
      survived = now;
    }
  }

  private void checkFiles(Reading now, MonitorSettings limits, int hysteresis) {
    double percent = now.filesPercent();
    List<Integer> marks = List.of(limits.filesWarning(), limits.filesDrain());
    files
        .see(percent, marks, hysteresis)
        .ifPresent(edge -> announce(FILES, edge, percent, marks, "the descriptors are in use"));
    draining = files.level() == marks.size();
    String reason =
        Math.round(percent)
            + " % of the file descriptors are in use"
            + (draining ? ": no new connection is taken" : "");
    telemetry
        .health()
        .report(
            FILES,
            switch (files.level()) {
              case 0, 1 -> Health.Level.HEALTHY;
              default -> Health.Level.CRITICAL;
            },
            reason);
  }

  private void announce(
      String part, Levels.Edge edge, double percent, List<Integer> marks, String what) {
    int mark = marks.get(edge.rises() ? edge.to() - 1 : edge.to());
    Severity severity =
        edge.rises() ? (edge.to() == 1 ? Severity.WARNING : Severity.CRITICAL) : Severity.INFO;
    String text =
        "%d %% of %s: %s the mark at %d %%"
            .formatted(Math.round(percent), what, edge.rises() ? "at or over" : "below", mark);
    telemetry
        .events()
        .add(
            severity,
            "resources",
            part,
            text,
            Map.of("percent", Double.toString(rounded(percent)), "mark", Integer.toString(mark)));
  }

  /** Of the heap, as it was after the last collection when that is known: garbage is no need. */
  private double memoryPercent(Reading reading) {
    long used = live.get() > 0 ? Math.min(live.get(), reading.heapBytes()) : reading.heapBytes();
    return reading.heapMaxBytes() == 0 ? 0 : 100.0 * used / reading.heapMaxBytes();
  }

  private synchronized ObjectNode toJson() {
    Reading now = last;
    MonitorSettings limits = config.get().monitors();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject(MEMORY)
        .put("heap_mb", megabytes(now.heapBytes()))
        .put("live_mb", megabytes(live.get()))
        .put("max_mb", megabytes(now.heapMaxBytes()))
        .put("rss_mb", megabytes(now.rssBytes()))
        .put("percent", rounded(memoryPercent(now)))
        .put("level", List.of("normal", "warning", "critical", "full").get(memory.level()))
        .putArray("marks")
        .add(limits.memoryWarning())
        .add(limits.memoryCritical())
        .add(limits.memoryFull());
    json.putObject(FILES)
        .put("open", now.openFiles())
        .put("max", now.maxFiles())
        .put("percent", rounded(now.filesPercent()))
        .put("level", List.of("normal", "warning", "drain").get(files.level()))
        .put("takes_connections", takesConnections())
        .putArray("marks")
        .add(limits.filesWarning())
        .add(limits.filesDrain());
    json.put("threads", now.threads());
    json.set("gc", pauses.toJson());
    return json;
  }

  private static double megabytes(long bytes) {
    return rounded((double) bytes / MEGABYTE);
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }

  private void metrics(PrometheusRegistry registry) {
    bytes(registry, "plumbline_heap_used_bytes", "Heap in use, with garbage.", Reading::heapBytes);
    bytes(
        registry,
        "plumbline_heap_live_bytes",
        "Heap in use after the last collection.",
        _ -> live.get());
    bytes(
        registry, "plumbline_heap_max_bytes", "What the heap may grow to.", Reading::heapMaxBytes);
    bytes(
        registry,
        "plumbline_resident_memory_bytes",
        "Physical memory the process occupies.",
        Reading::rssBytes);
    gauge(
        registry,
        "plumbline_out_of_memory_survived",
        "How often a lasting loop ran out of memory and went on.",
        _ -> Log.survived());
    gauge(registry, "plumbline_open_fds", "File descriptors in use.", Reading::openFiles);
    gauge(registry, "plumbline_max_fds", "File descriptors there may be.", Reading::maxFiles);
    gauge(
        registry,
        "plumbline_takes_connections",
        "1, or 0 while new connections are refused because descriptors run out.",
        _ -> draining ? 0 : 1);
  }

  private void bytes(
      PrometheusRegistry registry, String name, String help, ToDoubleFunction<Reading> value) {
    GaugeWithCallback.builder()
        .name(name)
        .unit(Unit.BYTES)
        .help(help)
        .callback(callback -> callback.call(value.applyAsDouble(last)))
        .register(registry);
  }

  private void gauge(
      PrometheusRegistry registry, String name, String help, ToDoubleFunction<Reading> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.applyAsDouble(last)))
        .register(registry);
  }
}
