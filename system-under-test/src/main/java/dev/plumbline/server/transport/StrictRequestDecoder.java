package dev.plumbline.server.transport;

import dev.plumbline.server.limit.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
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
  private boolean inHead = true;
  private boolean midHead;
  private boolean broken;

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
    int already = out.size();
    if (broken) {
      in.skipBytes(in.readableBytes());
    } else if (inHead && folds(in)) {
      broken = true;
      in.skipBytes(in.readableBytes());
      out.add(refused());
    } else {
      int before = in.readableBytes();
      super.decode(ctx, in, out);
      midHead = inHead && in.readableBytes() < before;
      follow(out, already);
    }
    if (!out.isEmpty()) {
      stopWaiting();
    } else if (waiting == null) {
      // A head that trickles in keeps the connection from ever being idle.
      waiting =
          ctx.executor().schedule(() -> expire(ctx), partDeadline.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** Where the next byte belongs, judged by what came out. */
  private void follow(List<Object> out, int from) {
    for (Object part : out.subList(from, out.size())) {
      inHead = part instanceof LastHttpContent;
      midHead = false;
    }
  }

  /**
   * True when a header line begins with white space. RFC 9112 §5.2 lets a server refuse a folded
   * value, §2.2 demands it before the first field. A line is never consumed in part, so a head is
   * always looked at from the beginning of one.
   */
  private boolean folds(ByteBuf in) {
    int end = in.writerIndex();
    int start = in.readerIndex();
    if (midHead && isBlank(in.getByte(start))) {
      return true;
    }
    int lineFeed = in.indexOf(start, end, HttpConstants.LF);
    while (lineFeed >= 0 && lineFeed + 1 < end) {
      byte next = in.getByte(lineFeed + 1);
      if (isBlank(next)) {
        return true;
      }
      if (next == HttpConstants.CR || next == HttpConstants.LF) {
        return false;
      }
      lineFeed = in.indexOf(lineFeed + 1, end, HttpConstants.LF);
    }
    return false;
  }

  private static boolean isBlank(byte b) {
    return b == HttpConstants.SP || b == '\t';
  }

  private static HttpRequest refused() {
    HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    request.setDecoderResult(
        DecoderResult.failure(new IllegalArgumentException("a folded header line")));
    return request;
  }

  /** True while not one byte of a request was read. */
  boolean atRest() {
    return inHead && !midHead && waiting == null && actualReadableBytes() == 0;
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
