package dev.plumbline.server.era;

import dev.plumbline.server.machine.ServerEvent;
import dev.plumbline.server.machine.ServerState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.protocol.Decoded;
import dev.plumbline.server.protocol.Decoder;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcError;
import org.jspecify.annotations.Nullable;

/** The one endpoint both eras share: decodes, selects the era, lets it answer. */
public final class Endpoint {
  private final Decoder decoder;
  private final EraSelector selector;
  private final HandshakeEra handshake;
  private final StatelessEra stateless;
  private final StateMachine<ServerState, ServerEvent> server;

  /** The endpoint over its two eras. */
  public Endpoint(
      Decoder decoder,
      EraSelector selector,
      HandshakeEra handshake,
      StatelessEra stateless,
      StateMachine<ServerState, ServerEvent> server) {
    this.decoder = decoder;
    this.selector = selector;
    this.handshake = handshake;
    this.stateless = stateless;
    this.server = server;
  }

  /** Decodes the bytes of one message. */
  public Decoded decode(byte[] bytes) {
    return decoder.decode(bytes);
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
  public Answer answer(Inbound in, Decoded decoded) {
    // What is in flight may still wait for its client.
    boolean response = decoded instanceof Decoded.Valid(Message.Response _);
    if (!server.state().takesWork() && !response) {
      return Answer.overload(idOf(decoded), ErrorCode.DRAINING);
    }
    return switch (decoded) {
      case Decoded.Malformed malformed -> malformed(malformed);
      case Decoded.Batch(var items) -> handshake.batch(in, items);
      case Decoded.Valid(var message) -> era(in, message).answer(in, message);
    };
  }

  private static Answer malformed(Decoded.Malformed malformed) {
    RpcError error = malformed.error();
    return Answer.refusal(error.is(ErrorCode.INVALID_PARAMS) ? 200 : 400, malformed.id(), error);
  }

  /** The server takes no new work: lasting streams are brought to their end. */
  public void drain() {
    stateless.drain();
  }

  /** Answers HTTP GET. */
  public Answer get(Inbound in) {
    return isStateless(in) ? notAllowed() : handshake.get(in);
  }

  /** Answers HTTP DELETE. */
  public Answer delete(Inbound in) {
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
  }

  private static boolean isStateless(Inbound in) {
    // 2026-07-28 streamable-http, earlier revisions: GET and DELETE are gone.
    return in.headers().first(Inbound.VERSION_HEADER).orElse("").equals(Revisions.STATELESS)
        || !in.claimsSession();
  }

  private Era era(Inbound in, Message message) {
    return switch (selector.select(in, message)) {
      case HANDSHAKE -> handshake;
      case STATELESS -> stateless;
    };
  }
}
