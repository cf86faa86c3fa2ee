package dev.plumbline.server;

import dev.plumbline.server.domain.Domains;
import dev.plumbline.server.domain.FailureDomain;
import dev.plumbline.server.domain.Part;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.session.EventStream;
import dev.plumbline.server.session.Session;
import dev.plumbline.server.session.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * What belongs to a domain that sessions are hashed to: the connections of their streams. The
 * sessions themselves stay; their clients come back to their streams and miss nothing.
 */
final class SessionParts implements Part {
  /** Peers that do not read their goodbye in this time get none. */
  private static final Duration GOODBYE = Duration.ofMillis(250);

  private final FailureDomain domain;
  private final Domains domains;
  private final Sessions sessions;

  private SessionParts(FailureDomain domain, Domains domains, Sessions sessions) {
    this.domain = domain;
    this.domains = domains;
    this.sessions = sessions;
  }

  /** Gives every domain of sessions its part. */
  static void attach(Domains domains, Sessions sessions) {
    for (FailureDomain domain : domains.ofSessions()) {
      domain.consistsOf(new SessionParts(domain, domains, sessions));
    }
  }

  private void forEachSession(Consumer<Session> action) {
    sessions.forEach(
        session -> {
          if (domains.of(session.id()).equals(domain)) {
            action.accept(session);
          }
        });
  }

  /** 2025-11-25 basic/transports: a stream that closes says when to come back. */
  @Override
  public void stop() throws InterruptedException {
    List<Thread> goodbyes = new ArrayList<>();
    forEachSession(
        session ->
            session
                .streams()
                .inUse()
                .forEach(stream -> goodbyes.add(Thread.startVirtualThread(() -> part(stream)))));
    long end = System.nanoTime() + GOODBYE.toNanos();
    for (Thread goodbye : goodbyes) {
      goodbye.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
    goodbyes.forEach(Thread::interrupt);
  }

  private static void part(EventStream stream) {
    try {
      stream.disconnect(Limits.RECONNECT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      Log.failure("goodbye", e);
    }
  }

  @Override
  public void start() {}

  @Override
  public int connections() {
    int[] count = {0};
    forEachSession(_ -> count[0]++);
    return count[0];
  }

  /** Sessions are hashed to domains, so all of them may come to one. */
  @Override
  public OptionalInt mostConnections() {
    return OptionalInt.of(sessions.most());
  }

  @Override
  public int pending() {
    return 0;
  }
}
