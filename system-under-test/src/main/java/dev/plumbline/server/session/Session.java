package dev.plumbline.server.session;

import dev.plumbline.server.feature.LogLevel;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.machine.Lifecycles;
import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.machine.SessionState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.protocol.RequestId;

/** One handshake-era session. Its state is the machine's; nothing else says whether it lives. */
public final class Session {
  private final String id;
  private final String revision;
  private final ClientProfile client;
  private final StateMachine<SessionState, SessionEvent> machine =
      new StateMachine<>(Lifecycles.SESSION);
  private final InFlight inFlight = new InFlight();
  private final SeenIds seenIds = new SeenIds();
  private final Asks asks = new Asks();
  private final BoundedSet subscriptions = new BoundedSet(Limits.MAX_SUBSCRIPTIONS);
  private final BoundedSet elicitations = new BoundedSet(Limits.MAX_ELICITATIONS);
  private final Streams streams;
  private final Mailbox mailbox;
  // 2025-11-25 schema, logging: until the client sets a level the server decides.
  private volatile LogLevel logLevel = LogLevel.INFO;
  private volatile long lastUsedNanos;

  Session(String id, String revision, ClientProfile client, Ticker ticker, ReplayBudget budget) {
    this.id = id;
    this.revision = revision;
    this.client = client;
    this.streams = new Streams(ticker, budget);
    this.mailbox = new Mailbox(streams);
    this.lastUsedNanos = ticker.nanos();
  }

  /** The unguessable id. */
  public String id() {
    return id;
  }

  /** The negotiated protocol revision. */
  public String revision() {
    return revision;
  }

  /** What the client said of itself. */
  public ClientProfile client() {
    return client;
  }

  /** The lifecycle. */
  public StateMachine<SessionState, SessionEvent> machine() {
    return machine;
  }

  /** Requests being worked on. */
  public InFlight inFlight() {
    return inFlight;
  }

  /** Requests of the server that wait for the client. */
  public Asks asks() {
    return asks;
  }

  /** Resources whose changes the client wants to hear of. */
  public BoundedSet subscriptions() {
    return subscriptions;
  }

  /** URL mode elicitations the client was asked for, by their ids. */
  public BoundedSet elicitations() {
    return elicitations;
  }

  /** The event streams. */
  public Streams streams() {
    return streams;
  }

  /** What the client is told outside any request. */
  public Mailbox mailbox() {
    return mailbox;
  }

  /** The least severe level the client wants to hear of. */
  public LogLevel logLevel() {
    return logLevel;
  }

  /** Changes the level. */
  public void logLevel(LogLevel level) {
    logLevel = level;
  }

  /** True when the id was not used lately in this session; remembers it. */
  public boolean claim(RequestId requestId) {
    return seenIds.add(requestId);
  }

  void touch(long nowNanos) {
    lastUsedNanos = nowNanos;
  }

  /** True while its client listens, on a stream or on its own wire: such a session is in use. */
  boolean listens() {
    return streams.carried() > 0 || mailbox.attached();
  }

  long unusedNanos(long nowNanos) {
    return nowNanos - lastUsedNanos;
  }

  /** Lets go of everything that belongs to it. */
  void release() {
    asks.close();
    inFlight.cancelAll();
    mailbox.close();
    streams.terminate();
    subscriptions.clear();
    elicitations.clear();
  }
}
