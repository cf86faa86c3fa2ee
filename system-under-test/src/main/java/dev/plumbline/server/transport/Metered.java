package dev.plumbline.server.transport;

import dev.plumbline.server.observe.Wires;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.AttributeKey;

/** Counts the connections of one listener and the bytes on their wire. */
@Sharable
final class Metered extends ChannelDuplexHandler {
  private static final AttributeKey<Wires.Meter> CURRENT =
      AttributeKey.valueOf(Metered.class, "meter");

  private final Wires.Meter meter;

  Metered(Wires.Meter meter) {
    this.meter = meter;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    if (ctx.channel().attr(CURRENT).getAndSet(meter) == null) {
      meter.opened();
      var _ =
          ctx.channel().closeFuture().addListener(_ -> ctx.channel().attr(CURRENT).get().closed());
    }
  }

  /** From now on something else travels over the connection, and is counted apart. */
  static void moved(Channel channel, Wires.Meter next) {
    Wires.Meter before = channel.attr(CURRENT).getAndSet(next);
    if (before != null) {
      before.closed();
      next.opened();
      var _ = channel.pipeline().replace(Metered.class, null, new Metered(next));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf bytes) {
      meter.read(bytes.readableBytes());
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes) {
      meter.wrote(bytes.readableBytes());
    }
    var _ = ctx.write(message, promise);
  }
}
