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
 * @param security who tried what
 * @param tracing which request led to what
 */
public record Telemetry(
    EventLog events,
    Introspection introspection,
    PrometheusRegistry metrics,
    Health health,
    SecurityTrail security,
    Tracing tracing) {
  /** Nothing seen yet. */
  public static Telemetry create() {
    return of(InstantSource.system());
  }

  /** Nothing seen yet, with this clock on the wall. */
  public static Telemetry of(InstantSource clock) {
    EventLog events = new EventLog(clock);
    Introspection introspection = new Introspection();
    PrometheusRegistry metrics = new PrometheusRegistry();
    SecurityTrail security = new SecurityTrail(clock, System::nanoTime, metrics);
    security.follow(new SecurityNotices(events, System::nanoTime)::tell);
    introspection.section("security", security::toJson);
    return new Telemetry(
        events, introspection, metrics, new Health(clock), security, Tracing.off());
  }

  /** The same with spans. */
  public Telemetry with(Tracing other) {
    return new Telemetry(events, introspection, metrics, health, security, other);
  }
}
