package dev.plumbline.server.control.port;

import dev.plumbline.server.observe.SecurityEventType;
import dev.plumbline.server.observe.SecurityTrail;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.Map;

/** Writes down that a handshake of TLS failed, and closes the connection. */
final class HandshakeWatch extends ChannelInboundHandlerAdapter {
  private final SecurityTrail trail;

  HandshakeWatch(SecurityTrail trail) {
    this.trail = trail;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent done && !done.isSuccess()) {
      trail.add(SecurityEventType.TLS_FAILED, true, Map.of("wire", "control"));
      var _ = ctx.close();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var _ = ctx.close();
  }
}
