package dev.plumbline.server.era;

import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.feature.InputRequired;
import dev.plumbline.server.feature.LogLevel;
import dev.plumbline.server.protocol.Encoder;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.session.InFlight;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A request that stands alone: what the client can do and wants to hear is in its metadata. */
final class StatelessContext extends RequestContext {
  private final Inbound in;

  StatelessContext(Inbound in, Message.Request request, InFlight.Running running) {
    super(request, running);
    this.in = in;
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
  public Map<String, ObjectNode> ask(Map<String, ClientRequest> requests) {
    throw new InputRequired(requests);
  }

  @Override
  public void extend(Duration atMost) {
    in.lease().extend(atMost);
  }

  @Override
  public void disconnect() {}
}
