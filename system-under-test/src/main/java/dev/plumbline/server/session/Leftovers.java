package dev.plumbline.server.session;

import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RequestId;

/** What a process that handed its sessions over hears of them while it finishes their requests. */
final class Leftovers implements Finisher {
  private final Sessions sessions;

  Leftovers(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public void answered(String session, RequestId id, Reply reply) {
    sessions.peek(session).ifPresent(found -> found.asks().answer(id, reply));
  }

  @Override
  public void cancelled(String session, RequestId id) {
    sessions.peek(session).ifPresent(found -> found.inFlight().cancel(id));
  }

  @Override
  public void ended(String session) {
    sessions.peek(session).ifPresent(Session::leave);
  }
}
