package dev.plumbline.server.transport;

import dev.plumbline.server.observe.SecurityEventType;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import javax.net.ssl.SSLException;

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
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // The peer's fault more often than ours, and nothing to say it in.
    if (cause instanceof SSLException || cause.getCause() instanceof SSLException) {
      transport.attempts().add(ctx.channel(), "tls", SecurityEventType.TLS_FAILED);
    }
    var _ = ctx.close();
  }
}
