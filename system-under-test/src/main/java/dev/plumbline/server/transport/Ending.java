package dev.plumbline.server.transport;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How a connection ends on which the peer may still be sending: last words, then the end of our
 * output, then a while in which input is thrown away, so that the last words are not lost in a
 * reset (RFC 9112 §9.6).
 */
final class Ending {
  private Ending() {}

  /** Ends the connection, or the stream of HTTP/2, after its last words. */
  static void after(ChannelHandlerContext ctx, ChannelFuture lastWords, Duration linger) {
    var _ = lastWords.addListener(_ -> endOutput(ctx));
    var _ = ctx.executor().schedule(() -> close(ctx), linger.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void endOutput(ChannelHandlerContext ctx) {
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    if (tls != null) {
      var _ = tls.closeOutbound();
    } else if (ctx.channel() instanceof SocketChannel socket && socket.isActive()) {
      var _ = socket.shutdownOutput();
    }
  }

  private static void close(ChannelHandlerContext ctx) {
    if (ctx.channel() instanceof Http2StreamChannel stream && stream.isActive()) {
      // RFC 9113 §8.1: answered in full, the rest of the request is not wanted.
      var _ = ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
    }
    var _ = ctx.close();
  }
}
