package dev.plumbline.conformance.wire;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Hands a response over piece by piece to the thread that waits for it. */
final class Http2Intake implements HttpResponse.BodyHandler<Boolean> {
  /** What arrives. */
  sealed interface Piece {}

  /** Status and headers, and when they came. */
  record Head(HttpResponse.ResponseInfo info, long at) implements Piece {}

  /** A part of the body. */
  @SuppressWarnings("ArrayRecordComponent") // Read once, compared never.
  record Data(byte[] bytes) implements Piece {}

  /** Nothing more comes; why, when it is not the end of the response. */
  record Over(Optional<Throwable> failure) implements Piece {}

  // One piece of the body is asked for at a time, so this never holds more than a few.
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private volatile Flow.@Nullable Subscription subscription;

  BlockingQueue<Piece> pieces() {
    return pieces;
  }

  /** The response ended, one way or the other. */
  void over(Optional<Throwable> failure) {
    pieces.add(new Over(failure.map(f -> f.getCause() == null ? f : f.getCause())));
  }

  /** Asks for the next piece of the body. */
  void more() {
    Flow.Subscription open = subscription;
    if (open != null) {
      open.request(1);
    }
  }

  /** Takes no more. */
  void cancel() {
    Flow.Subscription open = subscription;
    if (open != null) {
      open.cancel();
    }
  }

  @Override
  public HttpResponse.BodySubscriber<Boolean> apply(HttpResponse.ResponseInfo info) {
    pieces.add(new Head(info, System.nanoTime()));
    return new Body();
  }

  private final class Body implements HttpResponse.BodySubscriber<Boolean> {
    private final CompletableFuture<Boolean> complete = new CompletableFuture<>();

    @Override
    public CompletionStage<Boolean> getBody() {
      return complete;
    }

    @Override
    public void onSubscribe(Flow.Subscription opened) {
      subscription = opened;
      opened.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      byte[] bytes = new byte[buffers.stream().mapToInt(ByteBuffer::remaining).sum()];
      int position = 0;
      for (ByteBuffer buffer : buffers) {
        int count = buffer.remaining();
        buffer.get(bytes, position, count);
        position += count;
      }
      pieces.add(new Data(bytes));
    }

    @Override
    public void onError(Throwable failure) {
      complete.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      complete.complete(true);
    }
  }
}
