package dev.plumbline.server.control.port;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Closes a connection that says nothing for long, or takes long to say one request. */
final class Deadlines extends ChannelInboundHandlerAdapter {
  /** A connection without a request is closed after this. */
  static final Duration IDLE = Duration.ofSeconds(60);

  /** A request must have been read within this. */
  static final Duration READ = Duration.ofSeconds(5);

  private @Nullable ScheduledFuture<?> due;
  private boolean reading;

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    idle(ctx);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!reading) {
      reading = true;
      arm(ctx, READ);
    }
    ctx.fireChannelRead(message);
  }

  /** A whole request is here: nothing is due until it is answered. */
  void answering() {
    reading = true;
    disarm();
  }

  /** The answer is out: the next request may take its time to begin. */
  void idle(ChannelHandlerContext ctx) {
    reading = false;
    arm(ctx, IDLE);
  }

  private void arm(ChannelHandlerContext ctx, Duration limit) {
    disarm();
    Runnable close =
        () -> {
          var _ = ctx.close();
        };
    due = ctx.executor().schedule(close, limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void disarm() {
    if (due != null) {
      due.cancel(false);
      due = null;
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    disarm();
    ctx.fireChannelInactive();
  }
}
