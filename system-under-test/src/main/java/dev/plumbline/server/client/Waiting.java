package dev.plumbline.server.client;

import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RequestId;
import java.io.IOException;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One request that was sent and is not yet answered. */
final class Waiting {
  private final Message.Request request;
  private final CallOptions options;
  private final CompletableFuture<Reply> answer = new CompletableFuture<>();
  private volatile long lastSign = System.nanoTime();

  Waiting(Message.Request request, CallOptions options) {
    this.request = request;
    this.options = options;
  }

  RequestId id() {
    return request.id();
  }

  String method() {
    return request.method();
  }

  CompletableFuture<Reply> answer() {
    return answer;
  }

  /** Tells of the end: an answer, or why there is none. */
  void whenEnded(BiConsumer<@Nullable Reply, @Nullable Throwable> told) {
    var _ = answer.whenComplete(told);
  }

  /** Passes progress on; it is a sign of life. */
  void progressed(JsonNode params) {
    lastSign = System.nanoTime();
    JsonNode total = params.path("total");
    Progress progress =
        new Progress(
            params.path("progress").asDouble(0),
            total.isNumber() ? OptionalDouble.of(total.doubleValue()) : OptionalDouble.empty(),
            params.path("message").asString(""));
    options.progress().ifPresent(listener -> listener.moved(progress));
  }

  /**
   * Waits for the answer.
   *
   * @throws TimeoutException when there was no sign of life for the silence, or no answer within
   *     the longest time
   */
  Reply await(long silenceNanos, long longestNanos)
      throws IOException, InterruptedException, TimeoutException {
    long begun = lastSign;
    while (true) {
      long now = System.nanoTime();
      long left = Math.min(lastSign + silenceNanos - now, begun + longestNanos - now);
      if (left <= 0) {
        throw new TimeoutException();
      }
      try {
        return answer.get(left, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        // Perhaps there was progress meanwhile: the loop looks.
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
      }
    }
  }
}
