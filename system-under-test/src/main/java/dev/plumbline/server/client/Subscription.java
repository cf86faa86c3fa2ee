package dev.plumbline.server.client;

import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RequestId;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An open stream of notifications (2026-07-28 basic/patterns/subscriptions). */
public final class Subscription implements AutoCloseable {
  static final String ID = "io.modelcontextprotocol/subscriptionId";
  private static final String ACKNOWLEDGED = "notifications/subscriptions/acknowledged";

  private final Link link;
  private final Waiting waiting;
  private final Handlers.Listener listener;
  private final CompletableFuture<JsonNode> acknowledged = new CompletableFuture<>();

  Subscription(Link link, Waiting waiting, Handlers.Listener listener) {
    this.link = link;
    this.waiting = waiting;
    this.listener = listener;
    waiting.whenEnded(this::ended);
  }

  private void ended(@Nullable Reply reply, @Nullable Throwable failure) {
    link.forget(waiting);
    IOException why =
        reply instanceof Reply.Failure(var error)
            ? new IOException(error.message())
            : new IOException("the subscription ended", failure);
    acknowledged.completeExceptionally(why);
  }

  /** The id that its notifications carry. */
  String id() {
    return waiting.id() instanceof RequestId.Whole(var digits) ? digits : "";
  }

  /**
   * Takes a notification that carries this subscription's id; only what comes after the
   * acknowledgement is passed on.
   */
  void heard(Message.Notification notification) {
    if (notification.method().equals(ACKNOWLEDGED)) {
      acknowledged.complete(notification.params().path("notifications"));
    } else if (acknowledged.isDone()) {
      listener.heard(notification);
    }
  }

  /** What the server agreed to send, once it has said so. */
  JsonNode await(Duration limit) throws IOException, InterruptedException {
    try {
      return acknowledged.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      close();
      throw new RequestTimeoutException("subscriptions/listen", limit.toMillis());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }

  /** What the server agreed to send; the part of the wish that it knows. */
  public JsonNode acknowledged() {
    return acknowledged.join();
  }

  /**
   * Completes with true when the server ended it in good order, with false when it broke or was
   * closed here.
   */
  public CompletableFuture<Boolean> ended() {
    return waiting.answer().handle((reply, _) -> reply instanceof Reply.Result);
  }

  /** Tells the server to stop. */
  @Override
  public void close() {
    link.cancel(waiting, "no longer wanted");
  }
}
