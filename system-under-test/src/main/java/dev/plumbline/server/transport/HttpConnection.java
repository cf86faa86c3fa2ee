package dev.plumbline.server.transport;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.Endpoint;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Revisions;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.protocol.JsonLimits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
  private ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private long bodyBytes;
  private @Nullable ScheduledFuture<?> readDeadline;
  private @Nullable HttpExchange exchange;
  private Runner.@Nullable Task task;

  HttpConnection(HttpTransport transport) {
    this.transport = transport;
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
    body = new ByteArrayOutputStream(Math.clamp(HttpUtil.getContentLength(request, 0L), 0, 8_192));
    bodyBytes = 0;
    refusal = firstRefusal(read).orElse(null);
    long declared = HttpUtil.getContentLength(request, 0L);
    if (refusal != null) {
      if (declared > MAX_DISCARDED_BODY_BYTES || HttpUtil.is100ContinueExpected(request)) {
        refuseAndClose(ctx, refusal);
      }
    } else if (declared > JsonLimits.MAX_MESSAGE_BYTES) {
      refuseAndClose(ctx, HttpAnswers.tooLarge());
    } else if (HttpUtil.is100ContinueExpected(request)) {
      var _ = ctx.writeAndFlush(HttpAnswers.goOn());
    }
  }

  private Optional<Answer> firstRefusal(RequestHead read) {
    for (HeadRule rule : transport.headRules()) {
      Optional<Answer> found = rule.check().refusal(read);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private void takeBody(ChannelHandlerContext ctx, ByteBuf part) {
    bodyBytes += part.readableBytes();
    if (refusal != null) {
      if (bodyBytes > MAX_DISCARDED_BODY_BYTES) {
        refuseAndClose(ctx, refusal);
      }
      return;
    }
    if (bodyBytes > JsonLimits.MAX_MESSAGE_BYTES) {
      // C10: the cap holds while reading, before anything is decoded.
      refuseAndClose(ctx, HttpAnswers.tooLarge());
      return;
    }
    try {
      part.readBytes(body, part.readableBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void complete(ChannelHandlerContext ctx) {
    cancelReadDeadline();
    phase = Phase.ANSWERING;
    RequestHead read = Objects.requireNonNull(head);
    transport.exchanges().incrementAndGet();
    boolean again = keepAlive;
    HttpExchange current =
        new HttpExchange(
            ctx, read, () -> again && transport.takesWork(), reusable -> done(ctx, reusable));
    exchange = current;
    if (refusal != null) {
      current.finish(refusal);
      return;
    }
    byte[] bytes = body.toByteArray();
    body = new ByteArrayOutputStream(0);
    Endpoint endpoint = transport.endpoint();
    task =
        transport.runner().tryStart(HttpWork.of(endpoint, read, bytes, current), current::finish);
    if (task == null) {
      current.finish(HttpAnswers.overload(endpoint, bytes));
    }
  }

  private void done(ChannelHandlerContext ctx, boolean reusable) {
    transport.exchanges().decrementAndGet();
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
    body = new ByteArrayOutputStream(0);
    ChannelFuture written =
        ctx.writeAndFlush(HttpAnswers.toHttp(ctx.alloc(), answer, false, false));
    var _ = written.addListener(_ -> endOutput(ctx));
    var _ =
        ctx.executor().schedule(() -> close(ctx), Limits.LINGER.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void endOutput(ChannelHandlerContext ctx) {
    if (ctx.channel() instanceof SocketChannel socket && socket.isActive()) {
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
