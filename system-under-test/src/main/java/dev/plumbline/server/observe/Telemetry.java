package dev.plumbline.server.observe;

import dev.plumbline.server.observe.trace.Tracing;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;

/**
 * Where every room leaves what can be seen of it.
 *
 * @param events what happened
 * @param introspection what is, as JSON
 * @param metrics counters, gauges and histograms; names begin with {@code plumbline_}
 * @param health how well every part is
 * @param tracing which request led to what
 */
public record Telemetry(
    EventLog events,
    Introspection introspection,
    PrometheusRegistry metrics,
    Health health,
    Tracing tracing) {
  /** Nothing seen yet. */
  public static Telemetry create() {
    return of(InstantSource.system());
  }

  /** Nothing seen yet, with this clock on the wall. */
  public static Telemetry of(InstantSource clock) {
    return new Telemetry(
        new EventLog(clock),
        new Introspection(),
        new PrometheusRegistry(),
        new Health(clock),
        Tracing.off());
  }

  /** The same with spans. */
  public Telemetry with(Tracing other) {
    return new Telemetry(events, introspection, metrics, health, other);
  }
}
