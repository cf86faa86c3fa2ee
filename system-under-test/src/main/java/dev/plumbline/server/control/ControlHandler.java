package dev.plumbline.server.control;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers /health and /ready. */
final class ControlHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private final Supplier<Status> status;

  ControlHandler(Supplier<Status> status) {
    this.status = status;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    boolean keepAlive = HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
    FullHttpResponse response = answer(request);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    HttpUtil.setContentLength(response, response.content().readableBytes());
    HttpUtil.setKeepAlive(response, keepAlive);
    ChannelFuture written = ctx.writeAndFlush(response);
    if (!keepAlive) {
      var _ = written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private FullHttpResponse answer(FullHttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return json(HttpResponseStatus.BAD_REQUEST, JsonNodeFactory.instance.objectNode());
    }
    if (!request.method().equals(HttpMethod.GET)) {
      return json(HttpResponseStatus.METHOD_NOT_ALLOWED, JsonNodeFactory.instance.objectNode());
    }
    Status now = status.get();
    return switch (request.uri()) {
      case "/health" -> json(HttpResponseStatus.OK, toJson(now));
      case "/ready" ->
          json(
              now.state().takesWork()
                  ? HttpResponseStatus.OK
                  : HttpResponseStatus.SERVICE_UNAVAILABLE,
              toJson(now));
      default -> json(HttpResponseStatus.NOT_FOUND, JsonNodeFactory.instance.objectNode());
    };
  }

  private static ObjectNode toJson(Status now) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("status", now.state().takesWork() ? "up" : "stopping")
        .put("state", now.state().name().toLowerCase(Locale.ROOT))
        .put("sessions", now.sessions())
        .put("inFlight", now.inFlight())
        .put("inFlightCap", now.inFlightCap())
        .put("version", now.version());
  }

  private static FullHttpResponse json(HttpResponseStatus code, ObjectNode body) {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1,
        code,
        Unpooled.wrappedBuffer(body.toString().getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var _ = ctx.close();
  }
}
