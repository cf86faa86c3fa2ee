package dev.plumbline.server;

import dev.plumbline.server.config.SessionSettings;
import dev.plumbline.server.limit.CircuitBreaker;
import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.machine.SessionState;
import dev.plumbline.server.machine.Timeout;
import dev.plumbline.server.session.Sessions;
import dev.plumbline.server.session.store.NoStore;
import dev.plumbline.server.session.store.SessionStore;
import dev.plumbline.server.session.store.StoreException;
import dev.plumbline.server.session.store.Stores;
import dev.plumbline.server.session.store.WatchedStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What the settings say of sessions, as the server follows it: the store that keeps them, looked at
 * and left alone for a while when it fails, and the timeouts, which may change while it runs.
 */
final class SessionRules {
  private final ServerContext context;
  private final WatchedStore store;

  /**
   * Opens the store, unless another process that is to be succeeded has it.
   *
   * @param breaker leaves the store alone when it fails
   * @throws StoreException when it cannot be used; its message is one line
   */
  SessionRules(ServerContext context, CircuitBreaker breaker) {
    this.context = context;
    String setting = settings().store();
    this.store =
        new WatchedStore(
            context.succeeding() ? new NoStore("none yet") : Stores.open(setting),
            Stores.shown(setting),
            breaker,
            context.telemetry());
  }

  private SessionSettings settings() {
    return context.config().get().sessions();
  }

  /** Where the records of sessions are kept. */
  Sessions.Keep keep() {
    return new Sessions.Keep(store, InstantSource.system(), this::settings);
  }

  /**
   * Opens the store of the settings in the place of what was used until now.
   *
   * @throws StoreException when it cannot be used
   */
  void openStore() {
    exchangeStore(() -> Stores.open(settings().store()));
  }

  /** Goes on with another store. */
  void exchangeStore(Supplier<? extends SessionStore> next) {
    store.exchange(next);
  }

  /** How long a timeout of a session is now. */
  Duration patience(Timeout<SessionState, SessionEvent> timeout) {
    SessionSettings limits = settings();
    return switch (timeout.event()) {
      case HANDSHAKE_TIMEOUT -> limits.handshake();
      case SUSPEND -> limits.suspend();
      case IDLE_TIMEOUT -> limits.idle();
      case INITIALIZED, REQUEST, PING, LISTEN, RESTORED, DRAIN, HAND_OVER, TERMINATE, RELEASED ->
          timeout.after();
    };
  }
}
