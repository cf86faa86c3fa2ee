package dev.plumbline.server.transport;

import dev.plumbline.server.config.Roles;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.limit.RolePermits;
import dev.plumbline.server.observe.SecurityTrail;
import dev.plumbline.server.observe.Wires;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * What every new connection passes.
 *
 * @param open false while none is taken
 * @param wires counts connections and bytes
 * @param security where attempts are written down
 * @param connections how many there may be, over all listeners
 */
public record Doorway(
    BooleanSupplier open, Wires wires, SecurityTrail security, RolePermits connections) {
  /** Open up to the standard cap; nobody reads what it counts. */
  static Doorway wide() {
    PrometheusRegistry metrics = new PrometheusRegistry();
    return new Doorway(
        () -> true,
        new Wires(metrics),
        new SecurityTrail(InstantSource.system(), System::nanoTime, metrics),
        new RolePermits(Roles.CONNECTION, ServerConfig.standard().queues().cap(Roles.CONNECTION)));
  }
}
