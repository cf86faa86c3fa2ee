package dev.plumbline.server.transport;

import dev.plumbline.server.limit.Limits;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/**
 * Netty's decoder with the lenient paths closed. What it finds wrong arrives as a message whose
 * {@code decoderResult} failed.
 */
public final class StrictRequestDecoder extends HttpRequestDecoder {
  private static final int REQUEST_LINE_SLACK = 64;

  /** A decoder for one connection. */
  public StrictRequestDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(Limits.MAX_URI_BYTES + REQUEST_LINE_SLACK)
            .setMaxHeaderSize(Limits.MAX_HEADER_SECTION_BYTES)
            .setAllowDuplicateContentLengths(false)
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true)
            .setValidateHeaders(true));
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    // RFC 9112 §6.3: a sign of request smuggling, so refused.
    throw new IllegalArgumentException("both Transfer-Encoding and Content-Length");
  }
}
