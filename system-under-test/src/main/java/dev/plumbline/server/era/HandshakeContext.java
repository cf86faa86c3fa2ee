package dev.plumbline.server.era;

import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.feature.LogLevel;
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
  private final Inbound in;
  private final @Nullable Session session;

  HandshakeContext(
      Inbound in, @Nullable Session session, Message.Request request, InFlight.Running running) {
    super(request, running);
    this.in = in;
    this.session = session;
  }

  @Override
  void send(Message.Notification notification) throws InterruptedException {
    in.sink().event(new EventSink.Event(null, null, Encoder.encode(notification)));
  }

  @Override
  Optional<LogLevel> logThreshold() {
    return Optional.empty();
  }

  @Override
  public String revision() {
    return session == null ? Revisions.NEWEST_HANDSHAKE : session.revision();
  }

  @Override
  public String principal() {
    return session == null ? in.principal() : session.id();
  }

  @Override
  public ObjectNode clientCapabilities() {
    return JsonNodeFactory.instance.objectNode();
  }

  @Override
  public Map<String, ObjectNode> ask(Map<String, ClientRequest> requests) throws RpcException {
    throw new RpcException(RpcError.of(ErrorCode.INVALID_REQUEST, "the client cannot be asked"));
  }

  @Override
  public void extend(Duration atMost) {
    in.lease().extend(atMost);
  }

  @Override
  public void disconnect() {}
}
