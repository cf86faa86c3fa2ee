package dev.plumbline.server.session;

import dev.plumbline.server.feature.LogLevel;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.RateSlot;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.Outcome;
import dev.plumbline.server.machine.Patience;
import dev.plumbline.server.machine.SessionEvent;
import dev.plumbline.server.machine.SessionLifecycle;
import dev.plumbline.server.machine.SessionState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.observe.Pseudonym;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.registry.Owner;
import dev.plumbline.server.registry.Residue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One handshake-era session. Its state is the machine's; nothing else says whether it lives. */
public final class Session implements Residue {
  private final String id;
  private final String revision;
  private final ClientProfile client;
  private final Owner owner;
  private final StateMachine<SessionState, SessionEvent> machine;
  private final Ending ending;
  private final Consumer<Session> drainedElsewhere;
  private final InFlight inFlight = new InFlight();
  private final SeenIds seenIds = new SeenIds();
  private final Asks asks;
  private final BoundedSet subscriptions;
  private final BoundedSet elicitations;
  private final Streams streams;
  private final Mailbox mailbox;
  private final RateSlot rate = new RateSlot();
  private final Activity activity;
  private final String pseudonym;
  // 2025-11-25 schema, logging: until the client sets a level the server decides.
  private volatile LogLevel logLevel = LogLevel.INFO;
  private final Keeping keeping;
  private volatile @Nullable Finisher finisher;
  private volatile @Nullable Instant drainedUntil;
  private volatile SessionEnd end = SessionEnd.ELSEWHERE;

  /**
   * What a session runs with.
   *
   * @param drainedElsewhere is told when another process drains the session
   */
  record Setting(
      Machines machines,
      Patience<SessionState, SessionEvent> patience,
      ReplayBudget budget,
      Ending ending,
      Consumer<Session> drainedElsewhere) {}

  /** Told once, when the session has begun to end. */
  @FunctionalInterface
  interface Ending {
    /** It ends by this move. */
    void ended(Session session, Outcome.Moved<SessionState, SessionEvent> move);
  }

  Session(
      String id,
      String revision,
      ClientProfile client,
      Owner owner,
      Keeping keeping,
      Setting setting) {
    this.id = id;
    this.pseudonym = Pseudonym.of(id);
    this.keeping = keeping;
    this.activity = new Activity(keeping.created(), InstantSource.system());
    this.revision = revision;
    this.client = client;
    this.owner = owner;
    this.ending = setting.ending();
    this.drainedElsewhere = setting.drainedElsewhere();
    this.machine =
        setting.machines().start(SessionLifecycle.SESSION, this::perform, setting.patience());
    this.asks = new Asks(machine);
    this.subscriptions =
        new BoundedSet(Limits.MAX_SUBSCRIPTIONS, Limits.MAX_SUBSCRIBED_CHARACTERS, machine);
    this.elicitations = new BoundedSet(Limits.MAX_ELICITATIONS, Integer.MAX_VALUE, machine);
    this.streams = new Streams(machine, setting.machines(), setting.budget());
    this.mailbox = new Mailbox(machine, streams);
  }

  private void perform(String action, Outcome.Moved<SessionState, SessionEvent> move) {
    if (action.equals(SessionLifecycle.RELEASE)) {
      ending.ended(this, move);
    }
  }

  /** The unguessable id. */
  public String id() {
    return id;
  }

  /** What it is called where its id must not be told. */
  public String pseudonym() {
    return pseudonym;
  }

  /** What it has done, in numbers. */
  public Activity activity() {
    return activity;
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

  /** How often it may ask. */
  public RateSlot rate() {
    return rate;
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

  /** Another process finishes requests of it that had begun there. */
  void finishedBy(@Nullable Finisher other) {
    finisher = other;
  }

  /** The client answered a question, of this process or of the one that had the session before. */
  public void answer(RequestId question, Reply reply) {
    Finisher before = finisher;
    if (!asks.answer(question, reply) && before != null) {
      before.answered(id, question, reply);
    }
  }

  /** The client cancelled a request, of this process or of the one that had the session before. */
  public void cancel(RequestId request) {
    Finisher before = finisher;
    if (before != null && !inFlight.knows(request)) {
      before.cancelled(id, request);
    } else {
      inFlight.cancel(request);
    }
  }

  /** Says when it ends at the latest, because it is drained; empty when it is not. */
  void drainedUntil(Optional<Instant> latest) {
    drainedUntil = latest.orElse(null);
  }

  /** When it ends at the latest, because it is drained; empty when it is not. */
  Optional<Instant> drainedUntil() {
    return Optional.ofNullable(drainedUntil);
  }

  /** Its record says whether it is drained, whoever drains it. */
  void followDrain(Optional<Instant> latest) {
    drainedUntil(latest);
    if (latest.isPresent()
        && machine.fire(SessionEvent.DRAIN) instanceof Outcome.Moved<SessionState, SessionEvent>) {
      drainedElsewhere.accept(this);
    }
  }

  /** What the store knows of it. */
  Keeping keeping() {
    return keeping;
  }

  /** Ids of requests used lately, oldest first. */
  List<RequestId> recentRequests() {
    return seenIds.recent();
  }

  /** True while its client waits for an answer, or listens on a stream or on its own wire. */
  boolean inUse() {
    return inFlight.count() > 0 || streams.carried() > 0 || mailbox.attached();
  }

  /** Lets time pass for its streams; the timeout of its own that is due now. */
  Optional<StateMachine.Armed<SessionEvent>> sweep() {
    streams.sweep();
    if (inUse()) {
      machine.touch();
    }
    return machine.due();
  }

  /** Why it ends, said before it does. */
  void endsBy(SessionEnd why) {
    end = why;
  }

  /** Why it ends, or ended. */
  SessionEnd end() {
    return end;
  }

  /** Another process has, or has ended, it: it ends here, and its record is left alone. */
  void leave() {
    leave(SessionEnd.ELSEWHERE);
  }

  /** It ends here, and its record is left alone. */
  void leave(SessionEnd why) {
    keeping.fate(Keeping.Fate.LEFT);
    end = why;
    machine.fire(SessionEvent.TERMINATE);
  }

  /** Whom everything belongs to that ends with it. */
  @Override
  public Owner owner() {
    return owner;
  }

  /** What an ended session still has: nothing, five seconds later (R185). */
  @Override
  public Map<String, Integer> left() {
    return Map.of(
        "request", inFlight.count(),
        "question", asks.count(),
        "stream", streams.count(),
        "handler", subscriptions.size(),
        "elicitation", elicitations.size(),
        "message", mailbox.waiting(),
        "entry", owner.count());
  }

  @Override
  public void clean() {
    release();
  }

  /** Lets go of everything that belongs to it. */
  void release() {
    asks.close();
    // Before the streams, on which some of the answers go.
    inFlight.endAll(end.error(pseudonym()));
    mailbox.close();
    streams.terminate();
    subscriptions.clear();
    elicitations.clear();
    Finisher before = finisher;
    if (before != null) {
      before.ended(id);
    }
  }
}
