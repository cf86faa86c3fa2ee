package dev.plumbline.server.transport;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.PeerLimits;
import dev.plumbline.server.observe.SecurityEventType;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * HTTP/2 on one connection (RFC 9113): every stream is one exchange and is treated like a
 * connection of HTTP/1.1 with one request.
 */
final class Http2Pipeline {
  /** Streams a client may have open at once. */
  static final int MAX_STREAMS = 100;

  /** Streams a client may reset within the window (rapid reset, CVE-2023-44487). */
  static final int MAX_RESETS = 200;

  private static final int RESET_WINDOW_SECONDS = 30;
  private static final int MAX_EMPTY_DATA_FRAMES = 2;
  private static final int MAX_SMALL_CONTINUATIONS = 16;

  /** Answers to SETTINGS, PING and the like that a client has not read yet. */
  private static final int MAX_QUEUED_CONTROL_FRAMES = 1_000;

  private static final int LAST_WORDS_MILLIS = 50;

  private Http2Pipeline() {}

  static void addTo(ChannelPipeline pipeline, HttpTransport transport) {
    Http2FrameCodec codec =
        Http2FrameCodecBuilder.forServer()
            .initialSettings(
                new Http2Settings()
                    .maxConcurrentStreams(MAX_STREAMS)
                    .maxHeaderListSize(Limits.MAX_HEADER_SECTION_BYTES))
            .validateHeaders(true)
            .validateRequiredPseudoHeaders(true)
            .decoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESET_WINDOW_SECONDS)
            .encoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESET_WINDOW_SECONDS)
            .decoderEnforceMaxConsecutiveEmptyDataFrames(MAX_EMPTY_DATA_FRAMES)
            .decoderEnforceMaxSmallContinuationFrames(MAX_SMALL_CONTINUATIONS)
            .encoderEnforceMaxQueuedControlFrames(MAX_QUEUED_CONTROL_FRAMES)
            .gracefulShutdownTimeoutMillis(Limits.DRAIN.toMillis())
            .build();
    PeerLimits limits = transport.limits(pipeline.channel(), "http2");
    pipeline
        .addLast(codec)
        .addLast(
            new Http2MultiplexHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel stream) {
                    stream
                        .pipeline()
                        .addLast(new OneAuthority())
                        .addLast(new Http2StreamFrameToHttpObjectCodec(true))
                        .addLast(new HttpConnection(transport, limits));
                  }
                }))
        .addLast(new Connection(codec, transport.attempts()));
  }

  /**
   * RFC 9113 §8.3.1: a host field that says the same as :authority is lawful and adds nothing; one
   * that differs stays, and the request is refused for having two.
   */
  private static final class OneAuthority extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
      if (frame instanceof Http2HeadersFrame head && head.headers().authority() != null) {
        Http2Headers headers = head.headers();
        List<CharSequence> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() == 1
            && AsciiString.contentEqualsIgnoreCase(hosts.getFirst(), headers.authority())) {
          headers.remove(HttpHeaderNames.HOST);
        }
      }
      ctx.fireChannelRead(frame);
    }
  }

  /** What concerns the connection and not one of its streams. */
  private static final class Connection extends ChannelInboundHandlerAdapter {
    private final Http2FrameCodec codec;
    private final Attempts attempts;

    private Connection(Http2FrameCodec codec, Attempts attempts) {
      this.codec = codec;
      this.attempts = attempts;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
      // SETTINGS, PING and GOAWAY of the client are answered by the codec.
      ReferenceCountUtil.release(frame);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      boolean idle = event instanceof IdleStateEvent && codec.connection().numActiveStreams() == 0;
      if (event == Farewell.SERVER_DRAINS || event == Farewell.SERVER_MOVES) {
        var _ = ctx.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
      } else if (idle || event == Farewell.SERVER_STOPS) {
        var _ = ctx.close();
      } else if (event instanceof TransportEnds) {
        var _ = ctx.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
        // The streams answer first; each was told itself.
        Runnable close =
            () -> {
              var _ = ctx.close();
            };
        var _ = ctx.executor().schedule(close, LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      // What the peer did wrong the codec answers itself, after this, with its own error code.
      if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) == null) {
        var _ = ctx.close();
      } else {
        attempts.add(ctx.channel(), "http2", SecurityEventType.MALFORMED);
      }
    }
  }
}
