package dev.plumbline.server.era;

import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.machine.ServerEvent;
import dev.plumbline.server.machine.ServerState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.observe.Outcome;
import dev.plumbline.server.observe.Traffic;
import dev.plumbline.server.observe.trace.IncomingRequest;
import dev.plumbline.server.observe.trace.RequestSpan;
import dev.plumbline.server.observe.trace.Tracing;
import dev.plumbline.server.protocol.Decoded;
import dev.plumbline.server.protocol.Decoder;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.LargeMessages;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one endpoint both eras share: decodes, selects the era, lets it answer. */
public final class Endpoint {
  private final Decoder decoder;
  private final Admission admission;
  private final EraSelector selector;
  private final HandshakeEra handshake;
  private final StatelessEra stateless;
  private final StateMachine<ServerState, ServerEvent> server;
  private final Pace pace;
  private final Traffic traffic;
  private final Tracing tracing;

  /** The endpoint over its two eras. */
  public Endpoint(
      Decoder decoder,
      Admission admission,
      EraSelector selector,
      HandshakeEra handshake,
      StatelessEra stateless,
      StateMachine<ServerState, ServerEvent> server,
      Pace pace,
      Traffic traffic,
      Tracing tracing) {
    this.decoder = decoder;
    this.admission = admission;
    this.selector = selector;
    this.handshake = handshake;
    this.stateless = stateless;
    this.server = server;
    this.pace = pace;
    this.traffic = traffic;
    this.tracing = tracing;
  }

  /** Decodes the bytes of one message. */
  public Decoded decode(byte[] bytes) {
    return LargeMessages.decode(decoder, bytes);
  }

  /** The id of a decoded request, when there is one. */
  public static @Nullable RequestId idOf(Decoded decoded) {
    return switch (decoded) {
      case Decoded.Malformed(_, var id) -> id;
      case Decoded.Valid(Message.Request request) -> request.id();
      case Decoded.Valid _, Decoded.Batch _ -> null;
    };
  }

  /** Answers one decoded message. */
  public Answer answer(Inbound from, Decoded decoded) {
    traffic.message();
    Inbound in = admission.known(from);
    long arrived = in.lease().arrivedNanos();
    Answer answer =
        tracing.on() && decoded instanceof Decoded.Valid(Message.Request request)
            ? traced(in, decoded, request, arrived)
            : answered(in, decoded);
    switch (decoded) {
      case Decoded.Valid(Message.Request request) -> count(request.method(), answer, arrived);
      case Decoded.Malformed _, Decoded.Batch _ -> count(Traffic.OTHER, answer, arrived);
      case Decoded.Valid _ -> {}
    }
    return admission.said(in, answer);
  }

  private Answer traced(Inbound in, Decoded decoded, Message.Request request, long arrived) {
    IncomingRequest incoming =
        Traces.incoming(in, request, traffic.label(request.method()), arrived);
    try (RequestSpan span = tracing.serving(incoming)) {
      Answer answer = answered(in, decoded);
      answer.failure().ifPresent(error -> span.failed(error.code()));
      return answer;
    }
  }

  private void count(String method, Answer answer, long arrivedNanos) {
    long nanos = System.nanoTime() - arrivedNanos;
    traffic.request(method, answer.outcome(), nanos, method.equals(Listen.METHOD));
  }

  /**
   * Notes a message that was not taken on.
   *
   * @param method its method, as far as it is known
   */
  public void shed(@Nullable String method) {
    traffic.message();
    traffic.request(method == null ? Traffic.OTHER : method, Outcome.REFUSED, 0, true);
  }

  private Answer answered(Inbound in, Decoded decoded) {
    // What is in flight may still wait for its client.
    boolean response = decoded instanceof Decoded.Valid(Message.Response _);
    if (!server.state().takesWork() && !response) {
      return Answer.draining(idOf(decoded));
    }
    Optional<Refusal> tooFast = pace.take(in, decoded);
    if (tooFast.isPresent()) {
      return Answer.refused(idOf(decoded), tooFast.get());
    }
    Optional<Answer> forbidden = admission.refusal(in, decoded);
    if (forbidden.isPresent()) {
      return forbidden.get();
    }
    return switch (decoded) {
      case Decoded.Malformed malformed -> malformed(in, malformed);
      case Decoded.Batch(var items) -> handshake.batch(in, items);
      case Decoded.Valid(var message) -> era(in, message).answer(in, message);
    };
  }

  private static Answer malformed(Inbound in, Decoded.Malformed malformed) {
    RpcError error = malformed.error();
    // 2026-07-28 basic, _meta: parameters that cannot hold the metadata are a bad request.
    boolean ordinary = error.is(ErrorCode.INVALID_PARAMS) && !namesStateless(in);
    return Answer.refusal(ordinary ? 200 : 400, malformed.id(), error);
  }

  /** Why a request from there would come too fast, before anything of it is decoded. */
  public Optional<Refusal> tooFast(Inbound in) {
    return pace.look(admission.known(in));
  }

  /** Notes, in the order of arrival, a request that a thread is about to work on. */
  public void expect(Inbound in, Decoded decoded) {
    if (decoded instanceof Decoded.Valid(Message.Request request)
        && selector.select(in, request) == EraSelector.Choice.STATELESS) {
      in.peer().inFlight().expect(request.id());
    }
  }

  /** Ends what {@link #expect} began, when the message is dealt with. */
  public void forget(Inbound in, Decoded decoded) {
    RequestId id = idOf(decoded);
    if (id != null) {
      in.peer().inFlight().forget(id);
    }
  }

  /** The server takes no new work: lasting streams are brought to their end. */
  public void drain() {
    stateless.drain();
  }

  /** Answers HTTP GET. */
  public Answer get(Inbound from) {
    Inbound in = admission.known(from);
    return isStateless(in) ? notAllowed() : handshake.get(in);
  }

  /** Answers HTTP DELETE. */
  public Answer delete(Inbound from) {
    Inbound in = admission.known(from);
    return isStateless(in) ? notAllowed() : handshake.delete(in);
  }

  /** The answer to a method that this endpoint does not know. */
  public static Answer notAllowed() {
    return Answer.refusal(
            405,
            null,
            RpcError.of(
                ErrorCode.INVALID_REQUEST, "use POST for messages, GET to listen in a session"))
        .with("Allow", "GET, POST, DELETE");
  }

  /** A duplex wire has ended; nobody will read an answer any more. */
  public void gone(Peer peer) {
    handshake.gone(peer);
    stateless.gone(peer);
  }

  private static boolean isStateless(Inbound in) {
    // 2026-07-28 streamable-http, earlier revisions: GET and DELETE are gone.
    return namesStateless(in) || !in.claimsSession();
  }

  private static boolean namesStateless(Inbound in) {
    return in.headers().first(Inbound.VERSION_HEADER).orElse("").equals(Revisions.STATELESS);
  }

  private Era era(Inbound in, Message message) {
    return switch (selector.select(in, message)) {
      case HANDSHAKE -> handshake;
      case STATELESS -> stateless;
    };
  }
}
