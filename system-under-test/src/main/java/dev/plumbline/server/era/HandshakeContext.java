package dev.plumbline.server.era;

import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.feature.LogLevel;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.protocol.Encoder;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.session.InFlight;
import dev.plumbline.server.session.Session;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A request in a session: messages ahead of the answer go to its own stream. */
final class HandshakeContext extends RequestContext {
  private final HandshakeExchange exchange;
  private final @Nullable Session session;

  HandshakeContext(HandshakeExchange exchange, Message.Request request, InFlight.Running running) {
    super(request, running);
    this.exchange = exchange;
    this.session = exchange.session();
  }

  /** The session, which is there except for a ping before the handshake. */
  Optional<Session> session() {
    return Optional.ofNullable(session);
  }

  @Override
  void send(Message.Notification notification) throws InterruptedException {
    HandshakeShape.notification(revision(), notification);
    exchange.send(MessageKind.of(notification), Encoder.encode(notification));
  }

  @Override
  Optional<LogLevel> logThreshold() {
    return session().map(Session::logLevel);
  }

  @Override
  public String revision() {
    return session == null ? Revisions.NEWEST_HANDSHAKE : session.revision();
  }

  @Override
  public String principal() {
    return session == null ? exchange.in().principal() : session.id();
  }

  @Override
  public ObjectNode clientCapabilities() {
    return session == null
        ? JsonNodeFactory.instance.objectNode()
        : session.client().capabilities();
  }

  @Override
  public Map<String, ObjectNode> ask(Map<String, ClientRequest> requests)
      throws RpcException, InterruptedException {
    return asking(Limits.CLIENT_ANSWER).ask(requests);
  }

  /** Who asks the client, and how long it waits for answers. */
  HandshakeAsking asking(Duration patience) throws RpcException {
    if (session == null) {
      throw new RpcException(RpcError.of(ErrorCode.INVALID_REQUEST, "initialize first"));
    }
    return new HandshakeAsking(session, exchange, patience);
  }

  @Override
  public void extend(Duration atMost) {
    exchange.in().lease().extend(atMost);
  }

  @Override
  public void disconnect() throws InterruptedException {
    exchange.disconnect();
  }
}
