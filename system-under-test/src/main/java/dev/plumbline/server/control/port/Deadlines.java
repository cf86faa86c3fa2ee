package dev.plumbline.server.control.port;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Closes a connection that says nothing for long, or takes long to say one request. */
final class Deadlines extends ChannelInboundHandlerAdapter {
  /** A connection that showed the token is closed after this without a request. */
  static final Duration IDLE = Duration.ofSeconds(60);

  /** Any other is closed after this without a request. */
  static final Duration STRANGER_IDLE = Duration.ofSeconds(10);

  /** A request must have been read within this. */
  static final Duration READ = Duration.ofSeconds(5);

  private final Seats.Seat seat;
  private @Nullable ScheduledFuture<?> due;
  private boolean reading;

  /**
   * The deadlines of one connection.
   *
   * @param seat learns what the connection does
   */
  Deadlines(Seats.Seat seat) {
    this.seat = seat;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    idle(ctx);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!reading) {
      reading = true;
      seat.reading();
      arm(ctx, READ);
    }
    ctx.fireChannelRead(message);
  }

  /** A whole request is here: nothing is due until it is answered. */
  void answering() {
    reading = true;
    seat.answering();
    disarm();
  }

  /** The answer is out: the next request may take its time to begin. */
  void idle(ChannelHandlerContext ctx) {
    reading = false;
    seat.idle();
    arm(ctx, seat.known() ? IDLE : STRANGER_IDLE);
  }

  /** The connection showed the token. */
  void recognized() {
    seat.recognized();
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
