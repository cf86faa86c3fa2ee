package dev.plumbline.server.transport;

import dev.plumbline.server.observe.Wires;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** Counts the connections of one listener and the bytes on their wire. */
@Sharable
final class Metered extends ChannelDuplexHandler {
  private final Wires.Meter meter;

  Metered(Wires.Meter meter) {
    this.meter = meter;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    meter.opened();
    var _ = ctx.channel().closeFuture().addListener(_ -> meter.closed());
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
