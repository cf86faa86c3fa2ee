package dev.plumbline.server.transport;

import dev.plumbline.server.era.HeaderView;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.PeerLimits;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.observe.SecurityEventType;
import dev.plumbline.server.protocol.JsonLimits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One duplex connection, on its event loop: cuts bytes into messages and hands them to a lane. */
abstract class DuplexConnection extends ChannelInboundHandlerAdapter {
  private final Dispatch dispatch;
  private final HeaderView headers;
  private final TransportPart transport;
  private final PeerLimits limits;
  private final MessageBuffer buffer;
  private final ReadDeadline readDeadline;
  private @Nullable Duplex duplex;
  private @Nullable Lane lane;
  private boolean deaf;

  DuplexConnection(
      Dispatch dispatch, HeaderView headers, TransportPart transport, PeerLimits limits) {
    this.limits = limits;
    this.dispatch = dispatch;
    this.headers = headers;
    this.transport = transport;
    this.buffer = new MessageBuffer(JsonLimits.MAX_MESSAGE_BYTES, dispatch.bodies());
    this.readDeadline = new ReadDeadline(dispatch.patience().read());
  }

  /** How this wire frames what the server says. */
  abstract ByteBuf frame(ChannelHandlerContext ctx, byte[] message);

  /** Takes the bytes that arrived. */
  abstract void consume(ChannelHandlerContext ctx, ByteBuf in);

  /** True while a message has begun to arrive and has not ended. */
  abstract boolean midMessage();

  /** What a peer is told whose message takes too long to arrive, before the connection closes. */
  abstract void tooSlow(ChannelHandlerContext ctx);

  /** Says goodbye to the peer because the server stops. */
  abstract void goodbye(ChannelHandlerContext ctx);

  final MessageBuffer buffer() {
    return buffer;
  }

  @Override
  public final void handlerAdded(ChannelHandlerContext ctx) {
    duplex =
        new Duplex(
            dispatch,
            new ChannelOutlet(ctx, this::frame, dispatch.patience().writeStall()),
            headers,
            transport,
            limits);
    lane = new Lane(more -> read(ctx, more));
  }

  private static void read(ChannelHandlerContext ctx, boolean more) {
    if (ctx.executor().inEventLoop()) {
      var _ = ctx.channel().config().setAutoRead(more);
    } else {
      ctx.executor().execute(() -> ctx.channel().config().setAutoRead(more));
    }
  }

  /** Writes down that the peer broke the framing of this wire. */
  final void malformed(ChannelHandlerContext ctx, SecurityEventType type) {
    new Attempts(dispatch.security()).add(ctx.channel(), transport.domain().name(), type);
  }

  /** Hands the gathered message over, or refuses it when it was not kept. */
  final void messageComplete() {
    Duplex peer = Objects.requireNonNull(duplex);
    MessageBuffer.Fit fit = buffer.fit();
    if (fit == MessageBuffer.Fit.FITS) {
      byte[] message = buffer.take();
      later(() -> peer.take(message));
    } else {
      buffer.clear();
      later(() -> peer.refuse(fit));
    }
  }

  final void later(Runnable work) {
    Objects.requireNonNull(lane).add(work);
  }

  /** The peer says nothing more; its requests may still be answered. */
  final void inputEnded(ChannelHandlerContext ctx) {
    Duplex peer = Objects.requireNonNull(duplex);
    later(
        () -> {
          try {
            peer.inputEnded(Limits.HALF_CLOSE_DRAIN);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          var _ = ctx.close();
        });
  }

  /** Sends last words, then hears nothing more and closes when the peer does, or soon after. */
  final void closeAfter(ChannelHandlerContext ctx, ByteBuf lastWords) {
    if (deaf) {
      lastWords.release();
      return;
    }
    deaf = true;
    buffer.clear();
    cancelReadDeadline();
    Ending.after(ctx, ctx.writeAndFlush(lastWords), dispatch.patience().linger());
  }

  /** True once nothing is heard any more. */
  final boolean isDeaf() {
    return deaf;
  }

  @Override
  public final void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (!deaf && message instanceof ByteBuf in) {
        consume(ctx, in);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public final void channelReadComplete(ChannelHandlerContext ctx) {
    if (deaf || !midMessage()) {
      cancelReadDeadline();
    } else {
      readDeadline.arm(ctx, () -> tooSlow(ctx));
    }
    ctx.fireChannelReadComplete();
  }

  /** A message ended: the next one has its own time to arrive. */
  final void cancelReadDeadline() {
    readDeadline.cancel();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event == Farewell.SERVER_STOPS) {
      goodbye(ctx);
    } else if (event instanceof TransportEnds(var why)) {
      Objects.requireNonNull(duplex).failAll(why);
      // Behind the answers, which are on their way to this event loop.
      ctx.executor().execute(() -> goodbye(ctx));
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public final void channelInactive(ChannelHandlerContext ctx) {
    deaf = true;
    cancelReadDeadline();
    buffer.clear();
    later(Objects.requireNonNull(duplex)::lost);
    ctx.fireChannelInactive();
  }

  @Override
  public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      Log.failure("connection", cause);
    }
    var _ = ctx.close();
  }
}
