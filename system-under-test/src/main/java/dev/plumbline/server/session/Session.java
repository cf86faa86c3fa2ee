package dev.plumbline.server.session;

import dev.plumbline.server.machine.Lifecycles;
import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.machine.SessionState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.protocol.RequestId;

/** One handshake-era session. Its state is the machine's; nothing else says whether it lives. */
public final class Session {
  private final String id;
  private final String revision;
  private final StateMachine<SessionState, SessionEvent> machine =
      new StateMachine<>(Lifecycles.SESSION);
  private final InFlight inFlight = new InFlight();
  private final SeenIds seenIds = new SeenIds();
  private volatile long lastUsedNanos;

  Session(String id, String revision, long nowNanos) {
    this.id = id;
    this.revision = revision;
    this.lastUsedNanos = nowNanos;
  }

  /** The unguessable id. */
  public String id() {
    return id;
  }

  /** The negotiated protocol revision. */
  public String revision() {
    return revision;
  }

  /** The lifecycle. */
  public StateMachine<SessionState, SessionEvent> machine() {
    return machine;
  }

  /** Requests being worked on. */
  public InFlight inFlight() {
    return inFlight;
  }

  /** True when the id was not used lately in this session; remembers it. */
  public boolean claim(RequestId requestId) {
    return seenIds.add(requestId);
  }

  void touch(long nowNanos) {
    lastUsedNanos = nowNanos;
  }

  long unusedNanos(long nowNanos) {
    return nowNanos - lastUsedNanos;
  }
}
