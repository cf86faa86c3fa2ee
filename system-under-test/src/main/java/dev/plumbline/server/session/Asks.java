package dev.plumbline.server.session;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.machine.SessionState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.registry.OpaqueIds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The requests of the server that one session has not answered; bounded. */
public final class Asks {
  /**
   * One request to the client.
   *
   * @param id its id, unique in the session
   * @param reply completed with what the client says, or with a failure when the session ends
   */
  public record Ask(RequestId id, CompletableFuture<Reply> reply) {}

  private static final OpaqueIds LIVES = new OpaqueIds();
  private static final int LIFE_CHARACTERS = 8;

  private final Map<RequestId, Ask> pending = new HashMap<>();
  private final StateMachine<SessionState, SessionEvent> session;

  /** A session may go on in another process, whose numbers begin anew (R177). */
  private final String life = LIVES.next().substring(0, LIFE_CHARACTERS);

  private long lastNumber;

  Asks(StateMachine<SessionState, SessionEvent> session) {
    this.session = session;
  }

  /** A new request; empty when too many wait, or the session has ended. */
  public synchronized Optional<Ask> open() {
    if (session.state().over() || pending.size() == Limits.MAX_ASKS) {
      return Optional.empty();
    }
    Ask ask =
        new Ask(new RequestId.Text("ask-" + life + "-" + ++lastNumber), new CompletableFuture<>());
    pending.put(ask.id(), ask);
    return Optional.of(ask);
  }

  /** The numbers up to this one belong to questions of another process. */
  synchronized void startAfter(long number) {
    lastNumber = Math.max(lastNumber, number);
  }

  /** The client answers; false when nothing of this id was asked. */
  public boolean answer(RequestId id, Reply reply) {
    Ask ask;
    synchronized (this) {
      ask = pending.remove(id);
    }
    return ask != null && ask.reply().complete(reply);
  }

  /** Nobody waits for the answer any more; true when it had not come. */
  public synchronized boolean drop(Ask ask) {
    return pending.remove(ask.id(), ask);
  }

  /** How many answers are awaited. */
  public synchronized int count() {
    return pending.size();
  }

  /** Nobody answers any more: the session is over. */
  void close() {
    List<Ask> left;
    synchronized (this) {
      left = List.copyOf(pending.values());
      pending.clear();
    }
    RpcError ended = RpcError.of(ErrorCode.INVALID_REQUEST, "the session has ended");
    left.forEach(ask -> ask.reply().complete(new Reply.Failure(ended)));
  }
}
