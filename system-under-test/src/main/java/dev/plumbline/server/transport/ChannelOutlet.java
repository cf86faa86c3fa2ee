package dev.plumbline.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Messages out through a connection. A peer that does not read for too long is cut off. */
final class ChannelOutlet implements Outlet {
  /** How a message looks on the wire. */
  @FunctionalInterface
  interface Framing {
    /** The bytes to send. */
    ByteBuf frame(ChannelHandlerContext ctx, byte[] message);
  }

  private final ChannelHandlerContext ctx;
  private final Framing framing;
  private final Duration stall;

  ChannelOutlet(ChannelHandlerContext ctx, Framing framing, Duration stall) {
    this.ctx = ctx;
    this.framing = framing;
    this.stall = stall;
  }

  @Override
  public boolean open() {
    return ctx.channel().isActive();
  }

  @Override
  public CompletableFuture<Boolean> write(byte[] message) {
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    try {
      ctx.executor().execute(() -> send(message, written));
    } catch (RejectedExecutionException e) {
      written.complete(false);
    }
    return written;
  }

  private void send(byte[] message, CompletableFuture<Boolean> written) {
    ChannelFuture sent = ctx.writeAndFlush(framing.frame(ctx, message));
    cutOffWhenStalled(ctx, sent, stall);
    var _ = sent.addListener(future -> written.complete(future.isSuccess()));
  }

  /** Closes the connection when a write takes longer than a peer may take to read. */
  static void cutOffWhenStalled(ChannelHandlerContext ctx, ChannelFuture sent, Duration limit) {
    if (!sent.isDone()) {
      ScheduledFuture<?> stall =
          ctx.executor()
              .schedule(
                  () -> {
                    var _ = ctx.close();
                  },
                  limit.toMillis(),
                  TimeUnit.MILLISECONDS);
      var _ = sent.addListener(_ -> stall.cancel(false));
    }
  }
}
