package dev.plumbline.server.limit;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.ServerConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The gates of everybody who asks: of a session, of a connection, of a principal. Sessions and
 * connections keep theirs; principals outlive both, so theirs are kept here, the latest ones.
 */
public final class Rates {
  /** So many principals are told apart; who was silent longest begins anew. */
  static final int MAX_PRINCIPALS = 10_000;

  private final Live<ServerConfig> config;
  private final LongSupplier nanos;
  private final Map<String, RateGate> principals =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RateGate> eldest) {
          return size() > MAX_PRINCIPALS;
        }
      };

  /** Gates that follow the settings. */
  public Rates(Live<ServerConfig> config, LongSupplier nanos) {
    this.config = config;
    this.nanos = nanos;
  }

  RateGate newGate() {
    return new RateGate(() -> config.get().rate(), nanos);
  }

  /** The gate of a session or a connection. */
  public RateGate of(RateSlot slot) {
    return slot.gate(this);
  }

  /** The gate of a principal, whatever connection it uses. */
  public RateGate ofPrincipal(String principal) {
    synchronized (principals) {
      return principals.computeIfAbsent(principal, _ -> newGate());
    }
  }
}
