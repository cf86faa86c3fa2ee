package dev.plumbline.server.limit;

import dev.plumbline.server.machine.BreakerState;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.ToDoubleFunction;

/** What can be counted of the limits: read when somebody looks, so that nothing else pays. */
final class LimitMetrics {
  private LimitMetrics() {}

  static void register(PrometheusRegistry metrics, RoleLimits roles, Breakers breakers) {
    gauge(metrics, roles, "depth", "Held now.", RoleStats::depth);
    gauge(metrics, roles, "limit", "How many can be held.", RoleStats::limit);
    gauge(metrics, roles, "max_depth", "The most that was ever held at once.", RoleStats::max);
    counter(metrics, roles, "rejected", "Attempts that were refused.", RoleStats::rejected);
    counter(metrics, roles, "exceeded", "Attempts at a full queue.", RoleStats::exceeded);
    GaugeWithCallback.builder()
        .name("plumbline_breaker_state")
        .help("0 closed, 1 half open, 2 open, 3 forced open.")
        .labelNames("breaker")
        .callback(shown -> breakers.stats().forEach(b -> shown.call(number(b.state()), b.name())))
        .register(metrics);
    CounterWithCallback.builder()
        .name("plumbline_breaker_opened")
        .help("How often it opened.")
        .labelNames("breaker")
        .callback(shown -> breakers.stats().forEach(b -> shown.call((double) b.opened(), b.name())))
        .register(metrics);
    CounterWithCallback.builder()
        .name("plumbline_breaker_refused")
        .help("Calls that were refused.")
        .labelNames("breaker")
        .callback(
            shown -> breakers.stats().forEach(b -> shown.call((double) b.refused(), b.name())))
        .register(metrics);
  }

  private static void gauge(
      PrometheusRegistry metrics,
      RoleLimits roles,
      String name,
      String help,
      ToDoubleFunction<RoleStats> value) {
    GaugeWithCallback.builder()
        .name("plumbline_queue_" + name)
        .help(help)
        .labelNames("role")
        .callback(shown -> roles.stats().forEach(r -> shown.call(value.applyAsDouble(r), r.role())))
        .register(metrics);
  }

  private static void counter(
      PrometheusRegistry metrics,
      RoleLimits roles,
      String name,
      String help,
      ToDoubleFunction<RoleStats> value) {
    CounterWithCallback.builder()
        .name("plumbline_queue_" + name)
        .help(help)
        .labelNames("role")
        .callback(shown -> roles.stats().forEach(r -> shown.call(value.applyAsDouble(r), r.role())))
        .register(metrics);
  }

  private static int number(BreakerState state) {
    return switch (state) {
      case CLOSED -> 0;
      case HALF_OPEN -> 1;
      case OPEN -> 2;
      case FORCED_OPEN -> 3;
    };
  }
}
