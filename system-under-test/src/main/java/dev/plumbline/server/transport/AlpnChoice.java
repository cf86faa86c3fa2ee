package dev.plumbline.server.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;

/** HTTP/2 or HTTP/1.1, as the TLS handshake agreed (RFC 7301). */
final class AlpnChoice extends ApplicationProtocolNegotiationHandler {
  private final HttpTransport transport;

  AlpnChoice(HttpTransport transport) {
    super(ApplicationProtocolNames.HTTP_1_1);
    this.transport = transport;
  }

  @Override
  protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
    if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
      Http2Pipeline.addTo(ctx.pipeline(), transport);
    } else {
      transport.addHttp1(ctx.pipeline());
    }
  }

  @Override
  protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
    // The peer's fault more often than ours, and nothing to say it in.
    var _ = ctx.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var _ = ctx.close();
  }
}
