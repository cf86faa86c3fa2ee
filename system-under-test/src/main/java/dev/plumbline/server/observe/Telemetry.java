package dev.plumbline.server.observe;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;

/**
 * Where every room leaves what can be seen of it.
 *
 * @param events what happened
 * @param introspection what is, as JSON
 * @param metrics counters, gauges and histograms; names begin with {@code plumbline_}
 */
public record Telemetry(EventLog events, Introspection introspection, PrometheusRegistry metrics) {
  /** Nothing seen yet. */
  public static Telemetry create() {
    return new Telemetry(
        new EventLog(InstantSource.system()), new Introspection(), new PrometheusRegistry());
  }
}
