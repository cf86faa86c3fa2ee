package dev.plumbline.server.transport;

import dev.plumbline.server.observe.Wires;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.BooleanSupplier;

/**
 * What every new connection passes.
 *
 * @param open false while none is taken
 * @param wires counts connections and bytes
 */
public record Doorway(BooleanSupplier open, Wires wires) {
  /** Always open; nobody reads what it counts. */
  static Doorway wide() {
    return new Doorway(() -> true, new Wires(new PrometheusRegistry()));
  }
}
