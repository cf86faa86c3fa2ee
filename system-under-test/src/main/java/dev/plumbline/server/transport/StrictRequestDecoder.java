package dev.plumbline.server.transport;

import dev.plumbline.server.limit.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Netty's decoder with the lenient paths closed. What it finds wrong arrives as a message whose
 * {@code decoderResult} failed.
 */
public final class StrictRequestDecoder extends HttpRequestDecoder {
  private static final int REQUEST_LINE_SLACK = 64;

  private final Duration partDeadline;
  private final BooleanSupplier answering;
  private @Nullable ScheduledFuture<?> waiting;

  /**
   * A decoder for one connection.
   *
   * @param partDeadline how long a head or a chunk may stay half read before the connection is
   *     closed
   * @param answering true while an answer is on its way: what follows the request waits then
   */
  public StrictRequestDecoder(Duration partDeadline, BooleanSupplier answering) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(Limits.MAX_URI_BYTES + REQUEST_LINE_SLACK)
            .setMaxHeaderSize(Limits.MAX_HEADER_SECTION_BYTES)
            .setAllowDuplicateContentLengths(false)
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true)
            .setValidateHeaders(true));
    this.partDeadline = partDeadline;
    this.answering = answering;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    super.decode(ctx, in, out);
    if (!out.isEmpty()) {
      stopWaiting();
    } else if (waiting == null) {
      // A head that trickles in keeps the connection from ever being idle.
      waiting =
          ctx.executor().schedule(() -> expire(ctx), partDeadline.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void expire(ChannelHandlerContext ctx) {
    waiting = null;
    if (!answering.getAsBoolean()) {
      var _ = ctx.close();
    }
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
    stopWaiting();
    super.handlerRemoved0(ctx);
  }

  private void stopWaiting() {
    if (waiting != null) {
      waiting.cancel(false);
      waiting = null;
    }
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    // RFC 9112 §6.3: a sign of request smuggling, so refused.
    throw new IllegalArgumentException("both Transfer-Encoding and Content-Length");
  }
}
