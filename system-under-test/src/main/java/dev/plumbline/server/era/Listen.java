package dev.plumbline.server.era;

import dev.plumbline.server.feature.Context;
import dev.plumbline.server.feature.Method;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.subscription.Subscription;
import dev.plumbline.server.subscription.Subscriptions;
import dev.plumbline.server.subscription.Topic;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers subscriptions/listen with a stream that lasts (2026-07-28 basic/patterns/subscriptions).
 * It ends when the client goes away or cancels, without a word, or when the server drains, with a
 * result.
 */
final class Listen implements Method {
  /** The name of the method. */
  static final String METHOD = "subscriptions/listen";

  /** A quiet stream shows that it lives this often. */
  static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  private static final EventSink.Event NOTHING = EventSink.Event.of(MessageKind.BEAT, new byte[0]);

  private final Subscriptions subscriptions;
  private final Map<String, ListenFilter> filters;

  Listen(Subscriptions subscriptions, List<Extension> extensions) {
    this.subscriptions = subscriptions;
    this.filters = new LinkedHashMap<>(ListenFilters.core());
    extensions.forEach(extension -> filters.putAll(extension.filters()));
  }

  @Override
  public ObjectNode call(Context context, ObjectNode params)
      throws RpcException, InterruptedException {
    if (!(context instanceof StatelessContext request)) {
      throw new IllegalStateException("a stream cannot outlive its request");
    }
    if (!(params.path("notifications") instanceof ObjectNode asked)) {
      throw RpcException.invalidParams("notifications must be an object");
    }
    ObjectNode honoured = JsonNodeFactory.instance.objectNode();
    Set<Topic> topics = new LinkedHashSet<>();
    for (Map.Entry<String, ListenFilter> filter : filters.entrySet()) {
      JsonNode wish = asked.get(filter.getKey());
      if (wish != null) {
        filter
            .getValue()
            .honour(context, wish)
            .ifPresent(
                granted -> {
                  honoured.set(filter.getKey(), granted.shown());
                  topics.addAll(granted.topics());
                });
      }
    }
    Optional<Refusal> noRoom = subscriptions.noRoom();
    if (noRoom.isPresent()) {
      throw new RpcException(noRoom.get().error());
    }
    // Registered before the client is told: what happens from then on cannot be missed.
    Optional<Subscription> opened = subscriptions.open(request.inbound().peer(), topics);
    if (opened.isEmpty()) {
      throw new RpcException(Refusal.of("peer_subscriptions", Subscriptions.MAX_HANDLERS).error());
    }
    try {
      Optional<Refusal> refusal = request.inbound().lease().last();
      if (refusal.isPresent()) {
        throw new RpcException(refusal.get().error());
      }
      return stream(request, opened.get(), honoured);
    } finally {
      subscriptions.close(opened.get());
    }
  }

  private static ObjectNode stream(
      StatelessContext request, Subscription subscription, ObjectNode honoured)
      throws InterruptedException {
    EventSink sink = request.inbound().sink();
    JsonNode id = id(request.id());
    ObjectNode first = JsonNodeFactory.instance.objectNode();
    first.set("notifications", honoured);
    boolean heard = request.say(tagged("notifications/subscriptions/acknowledged", first, id));
    while (heard && sink.open() && !subscription.over()) {
      Message.Notification next = subscription.next(KEEP_ALIVE);
      if (next != null) {
        heard = request.say(tagged(next.method(), next.params(), id));
      } else if (!subscription.over()) {
        heard = sink.event(NOTHING);
      }
    }
    // The cancellation page demands the notification, the subscriptions page the result.
    ObjectNode torn = JsonNodeFactory.instance.objectNode();
    torn.set("requestId", id);
    var _ = request.say(tagged("notifications/cancelled", torn, id));
    return tag(JsonNodeFactory.instance.objectNode(), id);
  }

  private static Message.Notification tagged(String method, ObjectNode params, JsonNode id) {
    return new Message.Notification(method, tag(params.deepCopy(), id));
  }

  private static ObjectNode tag(ObjectNode carrier, JsonNode id) {
    carrier.withObjectProperty("_meta").set(Meta.SUBSCRIPTION_ID, id);
    return carrier;
  }

  private static JsonNode id(RequestId id) {
    return switch (id) {
      case RequestId.Text(var value) -> JsonNodeFactory.instance.stringNode(value);
      case RequestId.Whole(var digits) ->
          JsonNodeFactory.instance.numberNode(new BigInteger(digits));
    };
  }
}
