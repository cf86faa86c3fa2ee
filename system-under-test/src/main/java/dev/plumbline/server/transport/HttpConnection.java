package dev.plumbline.server.transport;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.limit.PeerLimits;
import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.protocol.RpcError;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
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
  private final PeerLimits limits;
  private final Queue<HttpObject> waiting = new ArrayDeque<>();
  private Phase phase = Phase.BETWEEN_REQUESTS;
  private @Nullable RequestHead head;
  private boolean keepAlive;
  private @Nullable Answer refusal;
  private final MessageBuffer body;
  private final ReadDeadline readDeadline;
  private long discarded;
  private int held;
  private boolean inputEnded;
  private @Nullable ChannelFuture lastWords;
  private @Nullable HttpExchange exchange;
  private Runner.@Nullable Task task;
  private TransportPart carrier;

  /**
   * A connection, or one stream of it.
   *
   * @param limits what holds for the connection, shared by all streams
   */
  HttpConnection(HttpTransport transport, PeerLimits limits) {
    this.transport = transport;
    this.carrier = transport.part();
    this.limits = limits;
    this.body = new MessageBuffer(JsonLimits.MAX_MESSAGE_BYTES, transport.dispatch().bodies());
    this.readDeadline = new ReadDeadline(transport.dispatch().patience().read());
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
      refuseBytes(ctx, HttpAnswers.malformed(object.decoderResult()));
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
    refusal = transport.refusal(ctx.channel(), read).orElse(null);
    long declared = HttpUtil.getContentLength(request, 0L);
    if (refusal != null) {
      if (declared > MAX_DISCARDED_BODY_BYTES || HttpUtil.is100ContinueExpected(request)) {
        refuseAndClose(ctx, refusal);
      }
    } else if (declared > JsonLimits.MAX_MESSAGE_BYTES) {
      refuseBytes(ctx, HttpAnswers.tooLarge());
    } else if (!transport.dispatch().bodies().hasRoomFor(declared)) {
      refuseAndClose(ctx, HttpAnswers.noRoom());
    } else {
      body.expect(declared);
      if (HttpUtil.is100ContinueExpected(request)) {
        var _ = ctx.writeAndFlush(HttpAnswers.goOn());
      }
    }
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
      case TOO_LARGE -> refuseBytes(ctx, HttpAnswers.tooLarge());
      case NO_ROOM -> refuseAndClose(ctx, HttpAnswers.noRoom());
    }
  }

  private void complete(ChannelHandlerContext ctx) {
    readDeadline.cancel();
    phase = Phase.ANSWERING;
    RequestHead read = Objects.requireNonNull(head);
    Optional<TransportPart> webSocket = transport.webSocket();
    if (refusal == null && webSocket.isPresent() && read.isAt(HttpSetup.WEB_SOCKET_PATH)) {
      refusal =
          WebSocketHandshake.refusal(read)
              .or(() -> webSocket.get().refusal().map(why -> Answer.refused(null, why)))
              .orElse(null);
      if (refusal == null) {
        body.clear();
        WebSocketConnection.takeOver(ctx, transport, webSocket.get(), read, limits);
        return;
      }
    }
    carriedBy(ctx, transport.carrier(read));
    carrier.exchanges().incrementAndGet();
    boolean again = keepAlive;
    HttpExchange current =
        new HttpExchange(
            ctx,
            read,
            transport.setup(),
            limits.flow(),
            () -> again && transport.takesWork() && !transport.staysBehind(ctx),
            reusable -> done(ctx, reusable));
    exchange = current;
    if (refusal != null) {
      body.clear();
      current.finish(refusal);
      return;
    }
    byte[] bytes = body.take();
    held = bytes.length;
    start(ctx, read, bytes, current);
  }

  /** Hands the request to a thread, or refuses it here and now, without decoding it (C19). */
  private void start(
      ChannelHandlerContext ctx, RequestHead read, byte[] bytes, HttpExchange current) {
    Dispatch dispatch = transport.dispatch();
    Inbound in = HttpWork.inbound(read, limits.rate(), current);
    Optional<Refusal> tooFast =
        read.method().equals("POST") ? dispatch.endpoint().tooFast(in) : Optional.empty();
    if (tooFast.isPresent() && HttpAnswers.asks(bytes)) {
      current.finish(HttpAnswers.refused(dispatch.endpoint(), tooFast.get().error(), bytes));
      return;
    }
    Runner.Start start =
        carrier
            .refusal()
            .or(() -> noPlace(current))
            .<Runner.Start>map(Runner.Start.Refused::new)
            .orElseGet(
                () ->
                    dispatch
                        .runner()
                        .tryStart(
                            transport.domain(read, ctx.channel()),
                            transport.work(read, bytes, current, in),
                            current::finish));
    switch (start) {
      case Runner.Start.Running(var started) -> task = started;
      case Runner.Start.Refused(var why) ->
          current.finish(HttpAnswers.refused(dispatch.endpoint(), why, bytes));
    }
  }

  /** The response's place is taken before its request is taken on (C6). */
  private Optional<RpcError> noPlace(HttpExchange current) {
    return current.keepPlace() ? Optional.empty() : Optional.of(limits.flow().refusal().error());
  }

  /** The connection belongs to this transport now. */
  private void carriedBy(ChannelHandlerContext ctx, TransportPart next) {
    if (!next.equals(carrier)) {
      carrier.release(ctx.channel());
      next.admit(ctx.channel());
      carrier = next;
    }
  }

  private void done(ChannelHandlerContext ctx, boolean reusable) {
    carrier.exchanges().decrementAndGet();
    carriedBy(ctx, transport.part());
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
        awaitMore(ctx);
        return;
      }
      try {
        take(ctx, object);
      } finally {
        ReferenceCountUtil.release(object);
      }
    }
  }

  private void awaitMore(ChannelHandlerContext ctx) {
    if (inputEnded) {
      endOfInput(ctx);
    } else {
      armReadDeadline(ctx);
      ctx.channel().config().setAutoRead(true);
      passOn(ctx);
    }
  }

  /** When another process takes the connections over, this one goes as soon as it is idle. */
  private void passOn(ChannelHandlerContext ctx) {
    StrictRequestDecoder decoder = ctx.pipeline().get(StrictRequestDecoder.class);
    if (decoder != null) {
      transport.passOn(
          ctx,
          () ->
              phase == Phase.BETWEEN_REQUESTS
                  && !inputEnded
                  && waiting.isEmpty()
                  && decoder.atRest());
    }
  }

  /** The peer says nothing more, but may still read what it asked for. */
  private void endOfInput(ChannelHandlerContext ctx) {
    inputEnded = true;
    switch (phase) {
      case BETWEEN_REQUESTS -> {
        var _ = ctx.close();
      }
      case READING_BODY -> refuseAndClose(ctx, HttpAnswers.cutOff());
      case ANSWERING -> Objects.requireNonNull(exchange).inputEnded();
      case DISCARDING -> {
        var _ = Objects.requireNonNull(lastWords).addListener(ChannelFutureListener.CLOSE);
      }
    }
  }

  /** True while a request is being answered. */
  boolean answers() {
    return phase == Phase.ANSWERING;
  }

  /** Refuses what is no lawful message, or too much of one. */
  private void refuseBytes(ChannelHandlerContext ctx, Answer answer) {
    transport.attempts().malformed(ctx.channel(), answer.status());
    refuseAndClose(ctx, answer);
  }

  /** Answers in mid-request and ends the connection; what still arrives is thrown away. */
  private void refuseAndClose(ChannelHandlerContext ctx, Answer answer) {
    readDeadline.cancel();
    phase = Phase.DISCARDING;
    body.clear();
    boolean bodyless = head != null && head.method().equals("HEAD");
    ChannelFuture written =
        ctx.writeAndFlush(
            HttpAnswers.toHttp(answer, bodyless ? new byte[0] : answer.bytes(), false));
    lastWords = written;
    Ending.after(ctx, written, transport.dispatch().patience().linger());
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    armReadDeadline(ctx);
    ctx.fireChannelReadComplete();
  }

  private void armReadDeadline(ChannelHandlerContext ctx) {
    if (phase == Phase.READING_BODY) {
      readDeadline.arm(ctx, () -> refuseAndClose(ctx, HttpAnswers.readTimeout()));
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent && phase == Phase.BETWEEN_REQUESTS) {
      var _ = ctx.close();
    } else if (event instanceof ChannelInputShutdownEvent) {
      endOfInput(ctx);
    } else if (event instanceof TransportEnds(var why)) {
      transportEnds(ctx, why);
    } else if (event == Farewell.SERVER_MOVES) {
      passOn(ctx);
    }
  }

  private void transportEnds(ChannelHandlerContext ctx, RpcError why) {
    switch (phase) {
      case BETWEEN_REQUESTS -> {
        var _ = ctx.close();
      }
      case READING_BODY -> refuseAndClose(ctx, Answer.refused(null, why));
      // What answers now closes the connection when it is done.
      case ANSWERING -> {
        if (task != null) {
          task.kill(why);
        }
      }
      case DISCARDING -> {}
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    // A stream of HTTP/2 ends with the transport as a connection does.
    if (ctx.channel() instanceof Http2StreamChannel) {
      transport.part().admit(ctx.channel());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    readDeadline.cancel();
    body.clear();
    // 2026-07-28 cancellation: a disconnect cancels. 2025-11-25 transports: it should not.
    if (task != null && head != null && head.endsWithConnection()) {
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
