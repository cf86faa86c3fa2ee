package dev.plumbline.server.transport;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Revisions;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.protocol.JsonLimits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP connection, on its event loop: reads one request at a time, hands it to a virtual
 * thread, writes the answer, goes on. What arrives meanwhile waits, and reading stops.
 */
final class HttpConnection extends ChannelInboundHandlerAdapter {
  /** A refused body up to this size is read and thrown away, so that the connection lives on. */
  private static final int MAX_DISCARDED_BODY_BYTES = 65_536;

  private enum Phase {
    BETWEEN_REQUESTS,
    READING_BODY,
    ANSWERING,
    DISCARDING
  }

  private final HttpTransport transport;
  private final Queue<HttpObject> waiting = new ArrayDeque<>();
  private Phase phase = Phase.BETWEEN_REQUESTS;
  private @Nullable RequestHead head;
  private boolean keepAlive;
  private @Nullable Answer refusal;
  private final MessageBuffer body;
  private long discarded;
  private int held;
  private @Nullable ScheduledFuture<?> readDeadline;
  private @Nullable HttpExchange exchange;
  private Runner.@Nullable Task task;

  HttpConnection(HttpTransport transport) {
    this.transport = transport;
    this.body = new MessageBuffer(JsonLimits.MAX_MESSAGE_BYTES, transport.dispatch().bodies());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    HttpObject object = (HttpObject) message;
    if (phase == Phase.ANSWERING) {
      waiting.add(object);
      ctx.channel().config().setAutoRead(false);
      return;
    }
    try {
      take(ctx, object);
    } finally {
      ReferenceCountUtil.release(object);
    }
  }

  private void take(ChannelHandlerContext ctx, HttpObject object) {
    if (phase == Phase.DISCARDING) {
      return;
    }
    if (object.decoderResult().isFailure()) {
      refuseAndClose(ctx, HttpAnswers.malformed(object.decoderResult()));
      return;
    }
    if (object instanceof HttpRequest request) {
      takeHead(ctx, request);
    }
    if (phase == Phase.READING_BODY && object instanceof HttpContent content) {
      takeBody(ctx, content.content());
      if (phase == Phase.READING_BODY && object instanceof LastHttpContent) {
        complete(ctx);
      }
    }
  }

  private void takeHead(ChannelHandlerContext ctx, HttpRequest request) {
    RequestHead read = RequestHead.of(request);
    head = read;
    keepAlive = HttpUtil.isKeepAlive(request) && !request.method().name().equals("CONNECT");
    phase = Phase.READING_BODY;
    discarded = 0;
    refusal = firstRefusal(read).orElse(null);
    long declared = HttpUtil.getContentLength(request, 0L);
    if (refusal != null) {
      if (declared > MAX_DISCARDED_BODY_BYTES || HttpUtil.is100ContinueExpected(request)) {
        refuseAndClose(ctx, refusal);
      }
    } else if (declared > JsonLimits.MAX_MESSAGE_BYTES) {
      refuseAndClose(ctx, HttpAnswers.tooLarge());
    } else if (!transport.dispatch().bodies().hasRoomFor(declared)) {
      refuseAndClose(ctx, HttpAnswers.noRoom());
    } else {
      body.expect(declared);
      if (HttpUtil.is100ContinueExpected(request)) {
        var _ = ctx.writeAndFlush(HttpAnswers.goOn());
      }
    }
  }

  private Optional<Answer> firstRefusal(RequestHead read) {
    boolean elsewhere = transport.setup().offers(read.path());
    for (HeadRule rule : transport.headRules()) {
      if (rule.name().equals(HeadRules.PATH) && elsewhere) {
        continue;
      }
      Optional<Answer> found = rule.check().refusal(read);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private void takeBody(ChannelHandlerContext ctx, ByteBuf part) {
    int length = part.readableBytes();
    if (refusal != null) {
      discarded += length;
      if (discarded > MAX_DISCARDED_BODY_BYTES) {
        refuseAndClose(ctx, refusal);
      }
      return;
    }
    // C10: the cap holds while reading, before anything is decoded.
    switch (body.append(part, length)) {
      case FITS -> {}
      case TOO_LARGE -> refuseAndClose(ctx, HttpAnswers.tooLarge());
      case NO_ROOM -> refuseAndClose(ctx, HttpAnswers.noRoom());
    }
  }

  private void complete(ChannelHandlerContext ctx) {
    cancelReadDeadline();
    phase = Phase.ANSWERING;
    RequestHead read = Objects.requireNonNull(head);
    if (refusal == null && read.isAt(HttpSetup.WEB_SOCKET_PATH)) {
      refusal = WebSocketHandshake.refusal(read).orElse(null);
      if (refusal == null) {
        becomeWebSocket(ctx, read);
        return;
      }
    }
    transport.exchangeCount().incrementAndGet();
    boolean again = keepAlive;
    HttpExchange current =
        new HttpExchange(
            ctx,
            read,
            transport.setup().keepAlive(),
            () -> again && transport.takesWork(),
            reusable -> done(ctx, reusable));
    exchange = current;
    if (refusal != null) {
      current.finish(refusal);
      return;
    }
    byte[] bytes = body.take();
    held = bytes.length;
    task =
        transport
            .dispatch()
            .runner()
            .tryStart(transport.work(read, bytes, current), current::finish);
    if (task == null) {
      current.finish(HttpAnswers.overload(transport.dispatch().endpoint(), bytes));
    }
  }

  private void becomeWebSocket(ChannelHandlerContext ctx, RequestHead read) {
    var _ = ctx.writeAndFlush(WebSocketHandshake.accept(read));
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.remove(HttpResponseEncoder.class);
    pipeline.replace(
        this,
        null,
        new WebSocketConnection(
            transport.dispatch(), read.credentials(), transport.exchangeCount()));
    pipeline.remove(StrictRequestDecoder.class);
  }

  private void done(ChannelHandlerContext ctx, boolean reusable) {
    transport.exchangeCount().decrementAndGet();
    transport.dispatch().bodies().giveBack(held);
    held = 0;
    if (reusable) {
      next(ctx);
    } else {
      var _ = ctx.close();
    }
  }

  private void next(ChannelHandlerContext ctx) {
    task = null;
    exchange = null;
    head = null;
    phase = Phase.BETWEEN_REQUESTS;
    while (phase != Phase.ANSWERING) {
      HttpObject object = waiting.poll();
      if (object == null) {
        ctx.channel().config().setAutoRead(true);
        return;
      }
      try {
        take(ctx, object);
      } finally {
        ReferenceCountUtil.release(object);
      }
    }
  }

  /**
   * Answers in mid-request and ends our side of the connection. What still arrives is thrown away
   * for a while, so that the answer is not lost in a reset (RFC 9112 §9.6).
   */
  private void refuseAndClose(ChannelHandlerContext ctx, Answer answer) {
    cancelReadDeadline();
    phase = Phase.DISCARDING;
    body.clear();
    ChannelFuture written =
        ctx.writeAndFlush(HttpAnswers.toHttp(ctx.alloc(), answer, false, false));
    var _ = written.addListener(_ -> endOutput(ctx));
    var _ =
        ctx.executor().schedule(() -> close(ctx), Limits.LINGER.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void endOutput(ChannelHandlerContext ctx) {
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    if (ctx.channel() instanceof Http2StreamChannel) {
      // RFC 9113 §8.1: answered, the rest of the request is not wanted.
      var _ = ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
    } else if (tls != null) {
      var _ = tls.closeOutbound();
    } else if (ctx.channel() instanceof SocketChannel socket && socket.isActive()) {
      var _ = socket.shutdownOutput();
    }
  }

  private static void close(ChannelHandlerContext ctx) {
    var _ = ctx.close();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (phase == Phase.READING_BODY && readDeadline == null) {
      readDeadline =
          ctx.executor()
              .schedule(
                  () -> refuseAndClose(ctx, HttpAnswers.readTimeout()),
                  Limits.READ_DEADLINE.toMillis(),
                  TimeUnit.MILLISECONDS);
    }
    ctx.fireChannelReadComplete();
  }

  private static boolean endsWithConnection(RequestHead read) {
    if (read.method().equals("GET")) {
      return true;
    }
    return read.headers()
        .first(Inbound.VERSION_HEADER)
        .filter(Revisions.STATELESS::equals)
        .isPresent();
  }

  private void cancelReadDeadline() {
    if (readDeadline != null) {
      readDeadline.cancel(false);
      readDeadline = null;
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent && phase == Phase.BETWEEN_REQUESTS) {
      var _ = ctx.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    cancelReadDeadline();
    body.clear();
    // 2026-07-28 cancellation: a disconnect cancels. 2025-11-25 transports: it should not.
    if (task != null && head != null && endsWithConnection(head)) {
      var _ = task.abandon();
    }
    if (exchange != null) {
      exchange.lost();
    }
    HttpObject object = waiting.poll();
    while (object != null) {
      ReferenceCountUtil.release(object);
      object = waiting.poll();
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      Log.failure("connection", cause);
    }
    var _ = ctx.close();
  }
}
