package dev.plumbline.server.transport;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.Endpoint;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RequestScan;
import dev.plumbline.server.protocol.RpcError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/** From answers to HTTP responses. */
final class HttpAnswers {
  /** So far a request that is not taken on is searched for its id. */
  private static final int MAX_SCANNED_BYTES = 65_536;

  private HttpAnswers() {}

  /** A response with these bytes, which belong to it from now on. */
  static FullHttpResponse toHttp(Answer answer, byte[] bytes, boolean keepAlive) {
    ByteBuf content = Unpooled.wrappedBuffer(bytes);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), content);
    switch (answer.body()) {
      case Answer.Body.Empty _ -> {}
      case Answer.Body.EndedStream _, Answer.Body.Streamed _ ->
          response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream");
      case Answer.Body.Rpc _, Answer.Body.Raw _ ->
          response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
    }
    answer.headers().forEach((name, value) -> response.headers().set(name, value));
    if (answer.status() != HttpResponseStatus.NO_CONTENT.code()) {
      response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
    }
    if (!keepAlive) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    return response;
  }

  /** The head of an event stream. */
  static HttpResponse streamHead(boolean keepAlive) {
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream")
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        // 2026-07-28 streamable-http: a reverse proxy must not hold events back.
        .set("X-Accel-Buffering", "no")
        .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    if (!keepAlive) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    return response;
  }

  /** Tells a client that waits for permission to send its body. */
  static FullHttpResponse goOn() {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
  }

  /** The refusal of a request that was not decoded, with its id when that is cheap (C19). */
  static Answer refused(Endpoint endpoint, RpcError why, byte[] body) {
    RequestScan found = scanned(body);
    endpoint.shed(found.method());
    return Answer.refused(found.id(), why);
  }

  /** True when the body is a request, as far as can be seen without decoding it. */
  static boolean asks(byte[] body) {
    return scanned(body).request();
  }

  /** What can be seen of a message without decoding it. */
  static RequestScan scanned(byte[] body) {
    return RequestScan.of(body, MAX_SCANNED_BYTES);
  }

  /** The refusal of bytes that are no HTTP request. */
  static Answer malformed(DecoderResult result) {
    int status =
        switch (result.cause()) {
          case TooLongHttpLineException _ -> 414;
          case TooLongHttpHeaderException _ -> 431;
          default -> 400;
        };
    return Answer.refusal(
        status, null, RpcError.of(ErrorCode.INVALID_REQUEST, "malformed HTTP request"));
  }

  /** The refusal of a body beyond the cap. */
  static Answer tooLarge() {
    return Answer.refusal(
        413, null, RpcError.of(ErrorCode.INVALID_REQUEST, "message is larger than 10 MiB"));
  }

  /** The refusal of a body while all connections together hold too much. */
  static Answer noRoom() {
    return Answer.refused(
            null, Refusal.of("body_mebibytes", (int) (Limits.MAX_BODY_BYTES_HELD >> 20)))
        .withStatus(503);
  }

  /** The refusal of a peer that does not speak JSON at all. */
  static Answer notJson() {
    return Answer.refusal(400, null, RpcError.of(ErrorCode.PARSE_ERROR));
  }

  /** The refusal of a request whose end never came. */
  static Answer cutOff() {
    return Answer.refusal(
        400, null, RpcError.of(ErrorCode.INVALID_REQUEST, "the request ends before its body does"));
  }

  /** The refusal of a request that took too long to arrive. */
  static Answer readTimeout() {
    return Answer.refusal(
        408, null, RpcError.of(ErrorCode.INVALID_REQUEST, "the request took too long to arrive"));
  }
}
