package dev.plumbline.server.transport;

import dev.plumbline.server.era.HeaderView;
import dev.plumbline.server.limit.PeerLimits;
import dev.plumbline.server.observe.SecurityEventType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.timeout.IdleStateEvent;

/**
 * One TCP connection that carries a message per line (2026-07-28 transports, custom transports).
 */
final class LineConnection extends DuplexConnection {
  private boolean proven;

  LineConnection(Dispatch dispatch, TransportPart transport, PeerLimits limits) {
    super(dispatch, HeaderView.NONE, transport, limits);
  }

  @Override
  ByteBuf frame(ChannelHandlerContext ctx, byte[] message) {
    return ctx.alloc().buffer(message.length + 1).writeBytes(message).writeByte('\n');
  }

  @Override
  void consume(ChannelHandlerContext ctx, ByteBuf in) {
    while (in.isReadable() && !isDeaf()) {
      int length = in.bytesBefore((byte) '\n');
      if (length < 0) {
        buffer().append(in, in.readableBytes());
        checkFirst(ctx);
        return;
      }
      buffer().append(in, length);
      in.skipBytes(1);
      checkFirst(ctx);
      lineEnded();
    }
  }

  private void lineEnded() {
    cancelReadDeadline();
    if (buffer().last() == '\r') {
      buffer().dropLast();
    }
    boolean blank = buffer().fit() == MessageBuffer.Fit.FITS && buffer().size() == 0;
    if (!blank && !isDeaf()) {
      messageComplete();
    }
  }

  /**
   * A web page can make a browser send a request of HTTP here, and one line of its body could be a
   * message. Whoever begins like a request line is therefore refused before anything is acted on.
   */
  private void checkFirst(ChannelHandlerContext ctx) {
    if (proven || buffer().size() == 0) {
      return;
    }
    int first = buffer().first();
    proven = first < 'A' || first > 'Z';
    if (!proven) {
      malformed(ctx, SecurityEventType.MALFORMED);
      byte[] refusal = HttpAnswers.notJson().bytes();
      closeAfter(ctx, frame(ctx, refusal));
    }
  }

  @Override
  boolean midMessage() {
    return buffer().size() > 0 || buffer().fit() != MessageBuffer.Fit.FITS;
  }

  @Override
  void tooSlow(ChannelHandlerContext ctx) {
    closeAfter(ctx, frame(ctx, HttpAnswers.readTimeout().bytes()));
  }

  @Override
  void goodbye(ChannelHandlerContext ctx) {
    closeAfter(ctx, Unpooled.EMPTY_BUFFER);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof ChannelInputShutdownEvent) {
      if (isDeaf()) {
        var _ = ctx.close();
      } else {
        inputEnded(ctx);
      }
    } else if (event instanceof IdleStateEvent) {
      var _ = ctx.close();
    }
    super.userEventTriggered(ctx, event);
  }
}
