package dev.plumbline.server;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.Roles;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.observe.Telemetry;
import dev.plumbline.server.observe.trace.Tracing;
import dev.plumbline.server.round.ServerSecret;
import dev.plumbline.server.session.Ticker;

/**
 * What a server runs with.
 *
 * @param config its settings, which may change while it runs
 * @param telemetry where it leaves what can be seen of it
 * @param ticker its monotonic clock
 * @param secret what its processes share
 * @param succeeding true while another process still has the sessions, and their store
 */
public record ServerContext(
    Live<ServerConfig> config,
    Telemetry telemetry,
    Ticker ticker,
    ServerSecret secret,
    boolean succeeding) {
  /** A server that nobody ran before. */
  public ServerContext(Live<ServerConfig> config, Telemetry telemetry, Ticker ticker) {
    this(config, telemetry, ticker, ServerSecret.fresh(), false);
  }

  /** A server with these settings. */
  public static ServerContext of(ServerConfig config) {
    return new ServerContext(new Live<>(config), Telemetry.create(), System::nanoTime);
  }

  /** The same with spans. */
  public ServerContext with(Tracing tracing) {
    return new ServerContext(config, telemetry.with(tracing), ticker, secret, succeeding);
  }

  /** The same, going on where another process is. */
  public ServerContext succeeding(ServerSecret other) {
    return new ServerContext(config, telemetry, ticker, other, true);
  }

  /** A server that was told nothing. */
  public static ServerContext standard() {
    return of(ServerConfig.standard());
  }

  /** A server that was told nothing but how many requests may be in flight at once. */
  public static ServerContext withRequests(int cap) {
    return of(ServerConfig.standard().withCap(Roles.TRANSPORT, cap));
  }
}
