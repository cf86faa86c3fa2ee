package dev.plumbline.server.transport;

import dev.plumbline.server.domain.Domains;
import dev.plumbline.server.domain.FailureDomain;
import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.Endpoint;
import dev.plumbline.server.era.EventSink;
import dev.plumbline.server.era.HeaderView;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Lease;
import dev.plumbline.server.era.Peer;
import dev.plumbline.server.era.Wire;
import dev.plumbline.server.limit.Flow;
import dev.plumbline.server.limit.PeerLimits;
import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.limit.RolePermits;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.observe.SecurityEventType;
import dev.plumbline.server.protocol.Decoded;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RequestScan;
import dev.plumbline.server.protocol.RpcError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One peer on a duplex wire, whatever carries it: stdio, TCP, WebSocket, the HTTP+SSE pair.
 * Notifications and initialize are handled in the order they arrive; other requests run on virtual
 * threads and may overtake each other. A peer that does not read keeps its permits, then gets
 * refusals, then is not read from. Called by one thread at a time.
 */
final class Duplex {
  private static final int POLL_MILLIS = 5;

  private final Dispatch dispatch;
  private final Outlet outlet;
  private final TransportPart transport;
  private final Inbound inbound;
  private final Outbox outbox;
  private final Set<Request> requests = ConcurrentHashMap.newKeySet();

  /**
   * A peer.
   *
   * @param headers what came with the connection
   * @param transport what carries it
   * @param limits what holds for the connection
   */
  Duplex(
      Dispatch dispatch,
      Outlet outlet,
      HeaderView headers,
      TransportPart transport,
      PeerLimits limits) {
    this.dispatch = dispatch;
    this.outlet = outlet;
    this.transport = transport;
    this.outbox = new Outbox(outlet, limits.flow(), dispatch.patience().writeStall());
    this.inbound =
        new Inbound(Wire.DUPLEX, headers, new Peer(limits.rate()), new Sink(), Lease.UNBOUNDED);
  }

  /** Takes one message and gives its bytes back to the budget when it is done. */
  void take(byte[] bytes) {
    if (refusedUnread(bytes)) {
      dispatch.bodies().giveBack(bytes.length);
      return;
    }
    Decoded decoded = dispatch.endpoint().decode(bytes);
    boolean concurrent =
        decoded instanceof Decoded.Batch
            || (decoded instanceof Decoded.Valid(Message.Request request)
                && !request.method().equals("initialize"));
    if (concurrent) {
      start(new Request(decoded, bytes.length));
    } else {
      sayAndWait(decoded, answerInOrder(decoded));
      dispatch.bodies().giveBack(bytes.length);
    }
  }

  /** Refuses a request that cannot be taken on now, without decoding it (C19). */
  private boolean refusedUnread(byte[] bytes) {
    RolePermits permits = dispatch.runner().permits();
    Flow flow = outbox.flow();
    Optional<RpcError> why =
        transport
            .refusal()
            .or(() -> dispatch.endpoint().tooFast(inbound).map(Refusal::error))
            .or(() -> flow.shut() ? Optional.of(flow.refusal().error()) : Optional.empty())
            .or(() -> permits.shut() ? Optional.of(permits.refusal().error()) : Optional.empty());
    if (why.isEmpty()) {
      return false;
    }
    RequestScan found = HttpAnswers.scanned(bytes);
    // What begins a session, answers a question or tells something is not work that waits.
    if (!found.request() || "initialize".equals(found.method())) {
      return false;
    }
    dispatch.endpoint().shed(found.method());
    if (permits.shut()) {
      permits.turnedAway();
    }
    RpcError error = why.get();
    sayAndWait(new Decoded.Malformed(error, found.id()), Answer.refused(found.id(), error));
    return true;
  }

  /** Answers a message that was not kept, without its id. */
  void refuse(MessageBuffer.Fit why) {
    if (why == MessageBuffer.Fit.TOO_LARGE) {
      dispatch
          .security()
          .add(SecurityEventType.OVERSIZED, true, Map.of("wire", transport.domain().name()));
    }
    Answer answer =
        why == MessageBuffer.Fit.NO_ROOM ? HttpAnswers.noRoom() : HttpAnswers.tooLarge();
    sayAndWait(new Decoded.Malformed(RpcError.of(ErrorCode.INVALID_REQUEST), null), answer);
  }

  private Answer answerInOrder(Decoded decoded) {
    try {
      return dispatch.endpoint().answer(inbound, decoded);
    } catch (RuntimeException e) {
      // FM-38: a failure of ours stays inside its message.
      Log.failure("message", e);
    } catch (Error e) {
      domain().crashed(e);
    }
    return Answer.refusal(500, Endpoint.idOf(decoded), RpcError.of(ErrorCode.INTERNAL_ERROR));
  }

  private void start(Request request) {
    Optional<RpcError> ending = transport.refusal();
    if (ending.isPresent()) {
      dispatch.bodies().giveBack(request.bytes);
      refuse(request.decoded, ending.get());
      return;
    }
    // The response's place is taken before its request is taken on (C6).
    Flow flow = outbox.flow();
    if (!flow.tryPlace()) {
      dispatch.bodies().giveBack(request.bytes);
      refuse(request.decoded, flow.refusal().error());
      return;
    }
    requests.add(request);
    transport.exchanges().incrementAndGet();
    dispatch.endpoint().expect(inbound, request.decoded);
    switch (dispatch.runner().tryStart(domain(), request::run, request::answered)) {
      case Runner.Start.Running(var task) -> request.task = task;
      case Runner.Start.Refused(var why) -> {
        dispatch.endpoint().forget(inbound, request.decoded);
        request.finish();
        refuse(request.decoded, why);
      }
    }
  }

  /** A request runs in its session's domain, or the connection's while there is no session. */
  private FailureDomain domain() {
    Domains domains = dispatch.runner().domains();
    return inbound
        .peer()
        .session()
        .map(session -> domains.of(session.id()))
        .orElseGet(() -> domains.of(System.identityHashCode(this)));
  }

  private void refuse(Decoded decoded, RpcError why) {
    String method =
        decoded instanceof Decoded.Valid(Message.Request request) ? request.method() : null;
    dispatch.endpoint().shed(method);
    sayAndWait(decoded, Answer.refused(Endpoint.idOf(decoded), why));
  }

  /** Whoever reads waits for what it says itself, so that a peer that does not read is not read. */
  private void sayAndWait(Decoded decoded, Answer answer) {
    CompletableFuture<Boolean> written = CompletableFuture.completedFuture(true);
    for (byte[] line : lines(decoded, answer)) {
      written = outlet.write(line);
    }
    try {
      boolean reached =
          written.get(dispatch.patience().writeStall().toMillis(), TimeUnit.MILLISECONDS);
      if (!reached && outlet.open()) {
        Log.line("an answer was not written");
      }
    } catch (TimeoutException | ExecutionException e) {
      Log.failure("peer does not read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is written for an answer; nothing for what is not answered. */
  private List<byte[]> lines(Decoded decoded, Answer answer) {
    boolean wantsAnswer =
        !(decoded instanceof Decoded.Valid(var message)) || message instanceof Message.Request;
    return wantsAnswer ? dispatch.lines().lines(decoded, answer) : List.of();
  }

  /**
   * The server was told to end, and so was what lasts, which has a moment to say so; requests may
   * finish within the limit.
   *
   * @return true when none is left
   */
  boolean drained(Duration moment, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + moment.toNanos();
    while (requests.stream().anyMatch(Request::lasts) && outlet.open() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return inputEnded(limit);
  }

  /**
   * The peer says nothing more but may still read: what lasts ends now, requests may finish within
   * the limit.
   *
   * @return true when none is left
   */
  boolean inputEnded(Duration limit) throws InterruptedException {
    for (Request request : requests) {
      if (request.lasts()) {
        request.abandon();
      }
    }
    long end = System.nanoTime() + limit.toNanos();
    while (!requests.isEmpty() && outlet.open() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return requests.isEmpty();
  }

  /** The transport ends: every request is answered with this error. Never waits. */
  void failAll(RpcError why) {
    for (Request request : requests) {
      Runner.Task task = request.task;
      if (task != null) {
        task.kill(why);
      }
    }
  }

  /** The wire is gone: the peer's requests and its session end. */
  void lost() {
    List.copyOf(requests).forEach(Request::abandon);
    dispatch.endpoint().gone(inbound.peer());
  }

  /** One request, or one batch, that runs on its own thread. */
  private final class Request {
    private final Decoded decoded;
    private final int bytes;
    private volatile Runner.@Nullable Task task;

    private Request(Decoded decoded, int bytes) {
      this.decoded = decoded;
      this.bytes = bytes;
    }

    private boolean lasts() {
      Runner.Task started = task;
      return started != null && started.lasting();
    }

    private Answer run(Lease lease) {
      lease.id(Endpoint.idOf(decoded));
      return dispatch.endpoint().answer(inbound.under(lease), decoded);
    }

    /** May be the thread of the deadlines, which must not wait for a peer. */
    private void answered(Answer answer) {
      dispatch.endpoint().forget(inbound, decoded);
      var _ = outbox.answer(lines(decoded, answer)).whenComplete((_, _) -> finish());
    }

    private void abandon() {
      Runner.Task started = task;
      if (started != null && started.abandon()) {
        dispatch.endpoint().forget(inbound, decoded);
        finish();
      }
    }

    private void finish() {
      if (requests.remove(this)) {
        outbox.flow().permits().giveBack();
        outbox.roomMade();
        transport.exchanges().decrementAndGet();
        dispatch.bodies().giveBack(bytes);
      }
    }
  }

  /** Every event is a message of its own. */
  private final class Sink implements EventSink {
    @Override
    public boolean open() {
      return outlet.open();
    }

    @Override
    public boolean event(Event event) throws InterruptedException {
      if (event.data().length == 0) {
        return outlet.open();
      }
      return outbox.say(event.kind(), event.data());
    }

    @Override
    public void end() {}
  }
}
