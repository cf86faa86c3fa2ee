package dev.plumbline.server.observe;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections and bytes, by the listener they came in on. Safe for any number of threads. */
public final class Wires {
  private final Map<String, Meter> meters = new ConcurrentHashMap<>();
  private final Gauge connections;
  private final Counter opened;
  private final Counter refused;
  private final Counter bytes;

  /** Nothing connected; adds its metrics. */
  public Wires(PrometheusRegistry registry) {
    this.connections =
        Gauge.builder()
            .name("plumbline_connections")
            .help("Connections open, by listener.")
            .labelNames("listener")
            .register(registry);
    this.opened =
        Counter.builder()
            .name("plumbline_connections_opened_total")
            .help("Connections taken, by listener.")
            .labelNames("listener")
            .register(registry);
    this.refused =
        Counter.builder()
            .name("plumbline_connections_refused_total")
            .help("Connections closed at once because of a limit, by listener.")
            .labelNames("listener")
            .register(registry);
    this.bytes =
        Counter.builder()
            .name("plumbline_bytes_total")
            .help("Bytes on the wire, by listener and direction.")
            .labelNames("listener", "direction")
            .register(registry);
  }

  /**
   * The meter of a listener.
   *
   * @param listener a fixed name, for example {@code http}
   */
  public Meter meter(String listener) {
    return meters.computeIfAbsent(listener, Meter::new);
  }

  /** How many connections are open. */
  public int count() {
    return meters.values().stream().mapToInt(Meter::open).sum();
  }

  /** How many are open on each listener. */
  public Map<String, Integer> byListener() {
    Map<String, Integer> open = new TreeMap<>();
    meters.forEach((name, meter) -> open.put(name, meter.open()));
    return open;
  }

  /** What one listener counts. */
  public final class Meter {
    private final AtomicInteger open = new AtomicInteger();
    private final GaugeDataPoint shownOpen;
    private final CounterDataPoint shownOpened;
    private final CounterDataPoint shownRefused;
    private final CounterDataPoint in;
    private final CounterDataPoint out;

    private Meter(String listener) {
      this.shownOpen = connections.labelValues(listener);
      this.shownOpened = opened.labelValues(listener);
      this.shownRefused = refused.labelValues(listener);
      this.in = bytes.labelValues(listener, "in");
      this.out = bytes.labelValues(listener, "out");
    }

    /** A connection begins. */
    public void opened() {
      open.incrementAndGet();
      shownOpen.inc();
      shownOpened.inc();
    }

    /** A connection is over. */
    public void closed() {
      open.decrementAndGet();
      shownOpen.dec();
    }

    /** A connection was not taken. */
    public void refused() {
      shownRefused.inc();
    }

    /** Bytes came. */
    public void read(int count) {
      in.inc(count);
    }

    /** Bytes went. */
    public void wrote(int count) {
      out.inc(count);
    }

    int open() {
      return open.get();
    }
  }
}
