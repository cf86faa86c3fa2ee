package dev.plumbline.server.control.port;

import dev.plumbline.server.observe.Log;
import dev.plumbline.server.observe.SecurityEventType;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One connection: one request after the other. Its state belongs to the event loop. */
final class Connection extends ChannelInboundHandlerAdapter {
  /** Requests that may wait behind the one that is answered. */
  private static final int MAX_WAITING = 8;

  /** Nobody waits longer for an answer of ours. */
  private static final long ANSWER_SECONDS = 15;

  private static final String EVENTS_PATH = "events";

  private final Routes routes;
  private final Guard guard;
  private final Events events;
  private final Queue<FullHttpRequest> waiting = new ArrayDeque<>();
  private boolean answering;

  Connection(Routes routes, Guard guard, Events events) {
    this.routes = routes;
    this.guard = guard;
    this.events = events;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof FullHttpRequest request)) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (!answering) {
      take(ctx, request);
    } else if (waiting.size() < MAX_WAITING) {
      waiting.add(request);
    } else {
      request.release();
      var _ = ctx.close();
    }
  }

  private void take(ChannelHandlerContext ctx, FullHttpRequest request) {
    answering = true;
    ctx.channel().config().setAutoRead(false);
    ctx.pipeline().get(Deadlines.class).answering();
    boolean keepAlive = HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
    AtomicBoolean answered = new AtomicBoolean();
    boolean stream;
    try {
      stream =
          answer(
              ctx,
              request,
              told -> {
                if (answered.compareAndSet(false, true)) {
                  // A large answer takes its time to encode: the event loop has others to serve.
                  byte[] body = told.body().getBytes(StandardCharsets.UTF_8);
                  onLoop(ctx, () -> write(ctx, told, body, keepAlive));
                }
              });
    } finally {
      request.release();
    }
    if (stream || answered.get()) {
      return;
    }
    var _ =
        ctx.executor()
            .schedule(
                () -> {
                  if (!answered.get()) {
                    var _ = ctx.close();
                  }
                },
                ANSWER_SECONDS,
                TimeUnit.SECONDS);
  }

  /** Answers, now or later; true when it began a stream, which has no end of its own. */
  private boolean answer(ChannelHandlerContext ctx, FullHttpRequest request, Consumer<Told> told) {
    if (request.decoderResult().isFailure()) {
      boolean tooLong = request.decoderResult().cause() instanceof TooLongFrameException;
      guard.attempted(
          tooLong ? SecurityEventType.OVERSIZED : SecurityEventType.MALFORMED, ctx.channel());
      told.accept(Told.badRequest("that is no HTTP request, or its head is too long"));
      return false;
    }
    Optional<Told> foreign = guard.foreign(ctx.channel(), request.headers());
    if (foreign.isPresent()) {
      told.accept(foreign.get());
      return false;
    }
    if (guard.knows(request.headers())) {
      // Also where nobody needs it: who probes with the token is no stranger.
      ctx.pipeline().get(Deadlines.class).recognized();
    }
    Ask ask;
    try {
      ask = Ask.of(request);
    } catch (IllegalArgumentException e) {
      told.accept(Told.badRequest("the path cannot be decoded"));
      return false;
    }
    Supplier<Optional<Told>> stranger = () -> guard.stranger(ctx.channel(), request.headers());
    boolean streams =
        ask.method().equals("GET") && ask.path().equals(java.util.List.of(EVENTS_PATH));
    if (streams && routes.on()) {
      boolean head = request.method().equals(HttpMethod.HEAD);
      Optional<Told> refusal =
          stranger.get().or(() -> head ? Optional.of(Told.streamOnly()) : events.open(ctx, ask));
      refusal.ifPresent(told);
      return refusal.isEmpty();
    }
    routes.answer(ask, stranger, told);
    return false;
  }

  private static void onLoop(ChannelHandlerContext ctx, Runnable work) {
    if (ctx.executor().inEventLoop()) {
      work.run();
      return;
    }
    try {
      ctx.executor().execute(work);
    } catch (RejectedExecutionException e) {
      // The port has stopped; so has this connection.
      return;
    }
  }

  private void write(ChannelHandlerContext ctx, Told told, byte[] body, boolean keepAlive) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(told.status()),
            Unpooled.wrappedBuffer(body));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, told.type())
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set("X-Content-Type-Options", "nosniff");
    told.headers().forEach(response.headers()::set);
    HttpUtil.setContentLength(response, body.length);
    HttpUtil.setKeepAlive(response, keepAlive);
    ChannelFuture written = ctx.writeAndFlush(response);
    if (keepAlive) {
      next(ctx);
    } else {
      var _ = written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  private void next(ChannelHandlerContext ctx) {
    answering = false;
    ctx.pipeline().get(Deadlines.class).idle(ctx);
    FullHttpRequest request = waiting.poll();
    if (request == null) {
      ctx.channel().config().setAutoRead(true);
    } else {
      take(ctx, request);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    waiting.forEach(FullHttpRequest::release);
    waiting.clear();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      Log.failure("control connection", cause);
    }
    var _ = ctx.close();
  }
}
