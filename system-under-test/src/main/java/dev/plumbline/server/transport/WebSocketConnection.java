package dev.plumbline.server.transport;

import dev.plumbline.server.era.HeaderView;
import dev.plumbline.server.limit.PeerLimits;
import dev.plumbline.server.observe.SecurityEventType;
import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.protocol.Utf8;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.timeout.IdleStateEvent;
import java.util.Arrays;

/** One WebSocket connection: a message per text message (RFC 6455 §5). */
final class WebSocketConnection extends DuplexConnection {
  static final int NORMAL = 1_000;
  static final int GOING_AWAY = 1_001;
  static final int PROTOCOL_ERROR = 1_002;
  static final int UNSUPPORTED_DATA = 1_003;
  static final int INVALID_PAYLOAD = 1_007;
  static final int POLICY_VIOLATION = 1_008;
  static final int TOO_BIG = 1_009;

  private static final int CLOSE_CODE_BYTES = 2;

  private final WebSocketFrame frame = new WebSocketFrame();
  private final byte[] control = new byte[WebSocketFrame.MAX_CONTROL_BYTES];
  private int controlBytes;
  private boolean inMessage;
  private boolean awaitsPong;

  WebSocketConnection(
      Dispatch dispatch, HeaderView headers, TransportPart transport, PeerLimits limits) {
    super(dispatch, headers, transport, limits);
  }

  /** Accepts the opening and turns the connection of HTTP into a WebSocket. */
  static void takeOver(
      ChannelHandlerContext ctx,
      HttpTransport transport,
      TransportPart webSocket,
      RequestHead opening,
      PeerLimits limits) {
    // RFC 6455 §7.1.1: the end of the peer's output is the end of the connection.
    ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
    var _ = ctx.writeAndFlush(WebSocketHandshake.accept(opening));
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.remove(HttpResponseEncoder.class);
    pipeline.replace(
        ctx.handler(),
        null,
        new WebSocketConnection(transport.dispatch(), opening.credentials(), webSocket, limits));
    pipeline.remove(StrictRequestDecoder.class);
    transport.part().release(ctx.channel());
    Metered.moved(ctx.channel(), transport.webSockets());
    if (!webSocket.admit(ctx.channel())) {
      var _ = ctx.channel().close();
    }
  }

  @Override
  ByteBuf frame(ChannelHandlerContext ctx, byte[] message) {
    return WebSocketFrame.encode(ctx.alloc(), WebSocketFrame.TEXT, message);
  }

  @Override
  void consume(ChannelHandlerContext ctx, ByteBuf in) {
    awaitsPong = false;
    while (in.isReadable() && !isDeaf()) {
      if (!frame.headComplete()) {
        if (!frame.readHead(in)) {
          continue;
        }
        int problem = problem();
        if (problem != 0) {
          malformed(
              ctx, problem == TOO_BIG ? SecurityEventType.OVERSIZED : SecurityEventType.MALFORMED);
          close(ctx, problem);
          return;
        }
        begin();
      }
      payload(in);
      if (frame.remaining() == 0) {
        end(ctx);
        frame.reset();
      }
    }
  }

  /** The close code that the head of a frame deserves, or 0. */
  private int problem() {
    if (!frame.lawful()) {
      return PROTOCOL_ERROR;
    }
    if (frame.control()) {
      return 0;
    }
    boolean continues = frame.opcode() == WebSocketFrame.CONTINUATION;
    if (continues != inMessage) {
      return PROTOCOL_ERROR;
    }
    if (frame.opcode() == WebSocketFrame.BINARY) {
      return UNSUPPORTED_DATA;
    }
    // C10: the cap holds before a byte of the frame is kept.
    return buffer().size() + frame.length() > JsonLimits.MAX_MESSAGE_BYTES ? TOO_BIG : 0;
  }

  private void begin() {
    if (frame.control()) {
      controlBytes = 0;
    } else if (!inMessage) {
      inMessage = true;
      buffer().expect(frame.length());
    }
  }

  private void payload(ByteBuf in) {
    int length = (int) Math.min(in.readableBytes(), frame.remaining());
    if (frame.control()) {
      in.readBytes(control, controlBytes, length);
      for (int i = controlBytes; i < controlBytes + length; i++) {
        control[i] ^= frame.maskAt(i);
      }
      controlBytes += length;
    } else if (buffer().append(in, length) == MessageBuffer.Fit.FITS) {
      buffer().unmask(length, frame.mask(), frame.length() - frame.remaining());
    }
    frame.took(length);
  }

  private void end(ChannelHandlerContext ctx) {
    switch (frame.opcode()) {
      case WebSocketFrame.PING -> pong(ctx);
      case WebSocketFrame.PONG -> {}
      case WebSocketFrame.CLOSE -> answerClose(ctx);
      default -> {
        if (frame.last()) {
          inMessage = false;
          cancelReadDeadline();
          if (!buffer().isUtf8()) {
            close(ctx, INVALID_PAYLOAD);
          } else {
            messageComplete();
          }
        }
      }
    }
  }

  /** RFC 6455 §5.5.3: a peer that does not read its pongs gets none. */
  private void pong(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      byte[] echo = Arrays.copyOf(control, controlBytes);
      var _ = ctx.writeAndFlush(WebSocketFrame.encode(ctx.alloc(), WebSocketFrame.PONG, echo));
    }
  }

  private void answerClose(ChannelHandlerContext ctx) {
    if (controlBytes == 0) {
      close(ctx, NORMAL);
      return;
    }
    int code =
        controlBytes < CLOSE_CODE_BYTES ? 0 : ((control[0] & 0xFF) << 8) | (control[1] & 0xFF);
    if (!WebSocketFrame.mayBeSent(code)) {
      close(ctx, PROTOCOL_ERROR);
    } else if (!Utf8.isValid(control, CLOSE_CODE_BYTES, controlBytes)) {
      close(ctx, INVALID_PAYLOAD);
    } else {
      close(ctx, code);
    }
  }

  private void close(ChannelHandlerContext ctx, int code) {
    byte[] payload = {(byte) (code >>> 8), (byte) code};
    closeAfter(ctx, WebSocketFrame.encode(ctx.alloc(), WebSocketFrame.CLOSE, payload));
  }

  @Override
  boolean midMessage() {
    return inMessage || frame.begun();
  }

  @Override
  void tooSlow(ChannelHandlerContext ctx) {
    close(ctx, POLICY_VIOLATION);
  }

  @Override
  void goodbye(ChannelHandlerContext ctx) {
    close(ctx, GOING_AWAY);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof IdleStateEvent && awaitsPong) {
      var _ = ctx.close();
    } else if (event instanceof IdleStateEvent && !isDeaf()) {
      // A beat gives way: what the peer has not read yet is sign enough.
      if (ctx.channel().isWritable()) {
        awaitsPong = true;
        var _ =
            ctx.writeAndFlush(WebSocketFrame.encode(ctx.alloc(), WebSocketFrame.PING, new byte[0]));
      }
    }
    super.userEventTriggered(ctx, event);
  }
}
