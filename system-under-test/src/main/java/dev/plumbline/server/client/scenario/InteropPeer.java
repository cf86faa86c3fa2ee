package dev.plumbline.server.client.scenario;

import dev.plumbline.server.client.Handlers;
import dev.plumbline.server.client.wire.Authorizer;
import dev.plumbline.server.protocol.Message;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The client's side of {@link Interop}: answers what it is asked, keeps what it hears, and counts
 * the streams that are asked for.
 */
final class InteropPeer implements Authorizer {
  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private final BlockingQueue<Message.Notification> heard = new LinkedBlockingQueue<>();
  private final AtomicInteger streams = new AtomicInteger();

  Handlers handlers() {
    return Handlers.NONE
        .withElicitation(this::elicited)
        .withSampling(this::sampled)
        .withRoots(_ -> roots())
        .withNotifications(heard::add);
  }

  /** What the server asked, in its order. */
  BlockingQueue<String> asked() {
    return asked;
  }

  /** What the server said unasked, in its order. */
  BlockingQueue<Message.Notification> heard() {
    return heard;
  }

  /** How many GET streams were opened so far. */
  int streams() {
    return streams.get();
  }

  private ObjectNode elicited(ObjectNode params) {
    asked.add(params.path("message").asString(""));
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("action", "accept");
    ObjectNode content = answer.putObject("content");
    if (params.path("requestedSchema").path("properties").has("username")) {
      content.put("username", "testuser").put("email", "test@example.com");
    } else {
      content.put("name", "Alice");
    }
    return answer;
  }

  private ObjectNode sampled(ObjectNode params) {
    var content = params.path("messages").path(0).path("content");
    asked.add((content.isArray() ? content.path(0) : content).path("text").asString(""));
    ObjectNode answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("role", "assistant")
            .put("model", "test-model")
            .put("stopReason", "endTurn");
    answer.putObject("content").put("type", "text").put("text", "Paris");
    return answer;
  }

  private ObjectNode roots() {
    asked.add("roots");
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.putArray("roots").addObject().put("uri", "file:///test/root").put("name", "Test Root");
    return answer;
  }

  @Override
  public Map<String, String> credentials(String httpMethod, URI endpoint) {
    if (httpMethod.equals("GET")) {
      streams.incrementAndGet();
    }
    return Map.of();
  }

  @Override
  public boolean challenged(Challenge challenge) {
    return false;
  }
}
