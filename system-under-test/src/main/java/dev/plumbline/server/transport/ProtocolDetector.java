package dev.plumbline.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells HTTP/2 with prior knowledge from HTTP/1.1 by its preface (RFC 9113 §3.3, §3.4). */
final class ProtocolDetector extends ByteToMessageDecoder {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final HttpTransport transport;
  private @Nullable ScheduledFuture<?> deadline;

  ProtocolDetector(HttpTransport transport) {
    this.transport = transport;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    int known = Math.min(in.readableBytes(), PREFACE.length);
    for (int i = 0; i < known; i++) {
      if (in.getByte(in.readerIndex() + i) != PREFACE[i]) {
        // RFC 9112 §9.6: a client may end its half after the request and still read the answer.
        ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        transport.addHttp1(ctx.pipeline());
        ctx.pipeline().remove(this);
        return;
      }
    }
    if (known == PREFACE.length) {
      Http2Pipeline.addTo(ctx.pipeline(), transport);
      ctx.pipeline().remove(this);
    } else if (deadline == null) {
      deadline =
          ctx.executor()
              .schedule(
                  () -> {
                    var _ = ctx.close();
                  },
                  transport.dispatch().patience().read().toMillis(),
                  TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == Farewell.SERVER_MOVES) {
      transport.passOn(ctx, () -> !ctx.isRemoved() && actualReadableBytes() == 0);
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }
}
