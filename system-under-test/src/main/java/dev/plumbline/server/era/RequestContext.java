package dev.plumbline.server.era;

import dev.plumbline.server.feature.Context;
import dev.plumbline.server.feature.LogLevel;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.session.InFlight;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the contexts of both eras have in common. */
abstract class RequestContext implements Context {
  private final Message.Request request;
  private final InFlight.Running running;
  private final ObjectNode meta;
  private final @Nullable JsonNode progressToken;
  private double lastProgress = Double.NEGATIVE_INFINITY;

  RequestContext(Message.Request request, InFlight.Running running) {
    this.request = request;
    this.running = running;
    this.meta =
        request.params().get("_meta") instanceof ObjectNode given
            ? given
            : JsonNodeFactory.instance.objectNode();
    JsonNode token = meta.get("progressToken");
    // Progress page: a token is a string or an integer; anything else asks for nothing.
    this.progressToken =
        token != null && (token.isString() || token.isIntegralNumber()) ? token : null;
  }

  /** Sends a notification on the stream of the request, ahead of its answer. */
  abstract void send(Message.Notification notification) throws InterruptedException;

  /** The least severe level the client wants to hear of; empty for none at all. */
  abstract Optional<LogLevel> logThreshold();

  @Override
  public RequestId id() {
    return request.id();
  }

  @Override
  public String method() {
    return request.method();
  }

  @Override
  public ObjectNode meta() {
    return meta;
  }

  @Override
  public boolean cancelled() {
    return running.cancelled();
  }

  @Override
  public void progress(double progress, @Nullable Double total, @Nullable String message)
      throws InterruptedException {
    if (progressToken == null || !(progress > lastProgress) || cancelled()) {
      return;
    }
    lastProgress = progress;
    ObjectNode params = JsonNodeFactory.instance.objectNode();
    params.set("progressToken", progressToken);
    params.set("progress", Numbers.node(progress));
    if (total != null) {
      params.set("total", Numbers.node(total));
    }
    if (message != null) {
      params.put("message", message);
    }
    send(new Message.Notification("notifications/progress", params));
  }

  @Override
  public boolean wants(LogLevel level) {
    Optional<LogLevel> threshold = logThreshold();
    return threshold.isPresent() && level.reaches(threshold.get()) && !cancelled();
  }

  @Override
  public void tell(String method, ObjectNode params) throws InterruptedException {
    send(new Message.Notification(method, params));
  }

  @Override
  public void log(LogLevel level, @Nullable String logger, JsonNode data)
      throws InterruptedException {
    if (!wants(level)) {
      return;
    }
    ObjectNode params = JsonNodeFactory.instance.objectNode();
    params.put("level", level.wire());
    if (logger != null) {
      params.put("logger", logger);
    }
    params.set("data", data);
    send(new Message.Notification("notifications/message", params));
  }
}
