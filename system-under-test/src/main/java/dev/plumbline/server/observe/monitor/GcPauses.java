package dev.plumbline.server.observe.monitor;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.MonitorSettings;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.observe.EventLog;
import dev.plumbline.server.observe.Health;
import dev.plumbline.server.observe.Severity;
import dev.plumbline.server.observe.Telemetry;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pauses of the garbage collector: how long, how often, and whether one was so long that somebody
 * should know (C7). An alert begins with the first long pause and ends after a quiet minute, so
 * that a bad phase is one alert and not a thousand. Safe for any number of threads.
 */
public final class GcPauses {
  /** After so long without a long pause the alert ends. */
  static final Duration QUIET = Duration.ofSeconds(60);

  /** How many pauses are shown one by one. */
  static final int RECENT = 60;

  /** What health calls this part. */
  static final String COMPONENT = "gc";

  private static final double[] BUCKETS = {
    0.0001, 0.0005, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5
  };
  private static final long LONGEST_MICROS = 60_000_000;
  private static final int DIGITS = 3;

  /**
   * One pause.
   *
   * @param at when it began
   * @param length how long every thread stood still
   * @param name what the collector calls it
   */
  public record Pause(Instant at, Duration length, String name) {}

  private enum Alarm {
    NONE,
    LONG,
    BREACH
  }

  private final Live<ServerConfig> config;
  private final EventLog events;
  private final Health health;
  private final Histogram seconds;
  private final org.HdrHistogram.Histogram micros =
      new org.HdrHistogram.Histogram(LONGEST_MICROS, DIGITS);
  private final Deque<Pause> recent = new ArrayDeque<>();
  private long totalMicros;
  private long alerts;
  private long breaches;
  private Alarm alarm = Alarm.NONE;
  private Instant lastLong = Instant.MIN;
  private String unobserved = "not watched in this process";

  /** No pause yet; adds its metric. */
  public GcPauses(Live<ServerConfig> config, Telemetry telemetry) {
    this.config = config;
    this.events = telemetry.events();
    this.health = telemetry.health();
    this.seconds =
        Histogram.builder()
            .name("plumbline_gc_pause_seconds")
            .unit(Unit.SECONDS)
            .help("Pauses of the garbage collector in which every thread stood still.")
            .classicUpperBounds(BUCKETS)
            .classicOnly()
            .register(telemetry.metrics());
  }

  /** Pauses are observed from now on. */
  public synchronized void observed() {
    unobserved = "";
  }

  /** Pauses are not observed, and why. */
  public synchronized void unobserved(String reason) {
    unobserved = reason;
  }

  /** Takes note of a pause. */
  public void add(Pause pause) {
    seconds.observe(pause.length().toNanos() / 1e9);
    MonitorSettings limits = config.get().monitors();
    Alarm now = Alarm.NONE;
    if (pause.length().compareTo(limits.gcBreach()) > 0) {
      now = Alarm.BREACH;
    } else if (pause.length().compareTo(limits.gcWarning()) > 0) {
      now = Alarm.LONG;
    }
    if (keep(pause, now)) {
      boolean breach = now == Alarm.BREACH;
      Duration limit = breach ? limits.gcBreach() : limits.gcWarning();
      String text =
          "the collector stopped every thread for %d ms, more than %d ms"
              .formatted(pause.length().toMillis(), limit.toMillis());
      health.report(COMPONENT, breach ? Health.Level.DEGRADED : Health.Level.HEALTHY, text);
      events.add(
          breach ? Severity.CRITICAL : Severity.WARNING,
          COMPONENT,
          "pause",
          text,
          Map.of(
              "pause_ms", Long.toString(pause.length().toMillis()),
              "limit_ms", Long.toString(limit.toMillis()),
              "pause", pause.name()));
    }
  }

  /** Remembers a pause; true when it makes things worse than they were. */
  private synchronized boolean keep(Pause pause, Alarm now) {
    long length = pause.length().toNanos() / 1_000;
    micros.recordValue(Math.clamp(length, 0, LONGEST_MICROS));
    totalMicros += length;
    if (recent.size() == RECENT) {
      recent.removeFirst();
    }
    recent.addLast(pause);
    switch (now) {
      case NONE -> {
        return false;
      }
      case LONG -> alerts++;
      case BREACH -> {
        alerts++;
        breaches++;
      }
    }
    lastLong = pause.at();
    boolean worse = now.compareTo(alarm) > 0;
    if (worse) {
      alarm = now;
    }
    return worse;
  }

  /** How long every thread stood still between two moments, as far as is remembered. */
  public synchronized Duration between(Instant from, Instant to) {
    Duration sum = Duration.ZERO;
    for (Pause pause : recent) {
      Instant begin = pause.at().isBefore(from) ? from : pause.at();
      Instant over = pause.at().plus(pause.length());
      Instant end = over.isAfter(to) ? to : over;
      sum = end.isAfter(begin) ? sum.plus(Duration.between(begin, end)) : sum;
    }
    return sum;
  }

  /** Ends the alert when it has been quiet; called now and then. */
  public void check(Instant now) {
    boolean over;
    boolean breach;
    synchronized (this) {
      over = alarm != Alarm.NONE && now.isAfter(lastLong.plus(QUIET));
      if (over) {
        alarm = Alarm.NONE;
      }
      breach = alarm == Alarm.BREACH;
    }
    if (!breach) {
      health.report(COMPONENT, Health.Level.HEALTHY, "");
    }
    if (over) {
      String text = "no long pause of the collector for a minute";
      events.add(Severity.INFO, COMPONENT, "pause", text, Map.of());
    }
  }

  /** What is known, for the section {@code resources}. */
  public synchronized ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("observed", unobserved.isEmpty());
    if (!unobserved.isEmpty()) {
      json.put("reason", unobserved);
    }
    json.put("pauses", micros.getTotalCount())
        .put("total_ms", totalMicros / 1e3)
        .put("p50_ms", micros.getValueAtPercentile(50) / 1e3)
        .put("p99_ms", micros.getValueAtPercentile(99) / 1e3)
        .put("max_ms", micros.getMaxValue() / 1e3)
        .put("alerts", alerts)
        .put("breaches", breaches);
    MonitorSettings limits = config.get().monitors();
    json.put("alert_ms", limits.gcWarning().toNanos() / 1e6);
    json.put("breach_ms", limits.gcBreach().toNanos() / 1e6);
    ArrayNode last = json.putArray("last");
    for (Pause pause : recent) {
      last.addObject()
          .put("at", pause.at().toString())
          .put("ms", Math.round(pause.length().toNanos() / 1e3) / 1e3)
          .put("name", pause.name());
    }
    return json;
  }
}
