package dev.plumbline.server.era;

import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.feature.LogLevel;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.protocol.Encoder;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.round.Round;
import dev.plumbline.server.session.InFlight;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A request that stands alone: what the client can do and wants to hear is in its metadata. */
final class StatelessContext extends RequestContext {
  private final Inbound in;
  private final Round round;

  StatelessContext(Inbound in, Message.Request request, InFlight.Running running, Round round) {
    super(request, running);
    this.in = in;
    this.round = round;
  }

  /** Where the request came from. */
  Inbound inbound() {
    return in;
  }

  /** Sends a notification ahead of the answer; false when the client is gone. */
  boolean say(Message.Notification notification) throws InterruptedException {
    return in.sink()
        .event(EventSink.Event.of(MessageKind.of(notification), Encoder.encode(notification)));
  }

  @Override
  void send(Message.Notification notification) throws InterruptedException {
    var _ = say(notification);
  }

  @Override
  Optional<LogLevel> logThreshold() {
    // Logging page: nothing for a request that does not name a level.
    JsonNode level = meta().get(Meta.LOG_LEVEL);
    return level != null && level.isString() ? LogLevel.of(level.stringValue()) : Optional.empty();
  }

  @Override
  public String revision() {
    return Revisions.STATELESS;
  }

  @Override
  public String principal() {
    return in.principal();
  }

  @Override
  public ObjectNode clientCapabilities() {
    return meta().get(Meta.CLIENT_CAPABILITIES) instanceof ObjectNode declared
        ? declared
        : JsonNodeFactory.instance.objectNode();
  }

  @Override
  public Map<String, ObjectNode> ask(Map<String, ClientRequest> requests) throws RpcException {
    return round.answers(clientCapabilities(), requests);
  }

  @Override
  public void extend(Duration atMost) {
    in.lease().extend(atMost);
  }

  @Override
  public void disconnect() {}
}
