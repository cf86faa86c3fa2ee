package dev.plumbline.server.transport;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.HeaderView;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcError;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The opening handshake (RFC 6455 §4.2). */
final class WebSocketHandshake {
  /** The subprotocol that is chosen when it is offered. */
  static final String SUBPROTOCOL = "mcp";

  private static final String VERSION = "13";
  private static final int KEY_BYTES = 16;
  private static final String ACCEPT_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private WebSocketHandshake() {}

  /** What is wrong with the request, or empty. */
  static Optional<Answer> refusal(RequestHead head) {
    HeaderView headers = head.headers();
    if (!head.method().equals("GET")) {
      return refuse(405, "use GET to open a WebSocket", "Allow", "GET");
    }
    if (!lists(headers, "Upgrade", "websocket") || !lists(headers, "Connection", "upgrade")) {
      return refuse(426, "this path takes WebSocket connections", "Upgrade", "websocket");
    }
    if (!headers.all("Sec-WebSocket-Version").equals(List.of(VERSION))) {
      return refuse(426, "WebSocket version 13 is required", "Sec-WebSocket-Version", VERSION);
    }
    if (!keyIsLawful(headers.all("Sec-WebSocket-Key"))) {
      return Optional.of(
          Answer.refusal(
              400,
              null,
              RpcError.of(ErrorCode.INVALID_REQUEST, "Sec-WebSocket-Key must be 16 bytes")));
    }
    return Optional.empty();
  }

  private static Optional<Answer> refuse(int status, String why, String name, String value) {
    Answer answer =
        Answer.refusal(status, null, RpcError.of(ErrorCode.INVALID_REQUEST, why)).with(name, value);
    return Optional.of(status == 426 ? answer.with("Upgrade", "websocket") : answer);
  }

  private static boolean lists(HeaderView headers, String name, String wanted) {
    return String.join(",", headers.all(name))
        .lines()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .anyMatch(item -> item.strip().equalsIgnoreCase(wanted));
  }

  private static boolean keyIsLawful(List<String> keys) {
    try {
      return keys.size() == 1 && Base64.getDecoder().decode(keys.getFirst()).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The response that turns the connection into a WebSocket. */
  static FullHttpResponse accept(RequestHead head) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
    response
        .headers()
        .set("Upgrade", "websocket")
        .set("Connection", "Upgrade")
        .set("Sec-WebSocket-Accept", proof(head.headers().all("Sec-WebSocket-Key").getFirst()));
    if (lists(head.headers(), "Sec-WebSocket-Protocol", SUBPROTOCOL)) {
      response.headers().set("Sec-WebSocket-Protocol", SUBPROTOCOL);
    }
    return response;
  }

  private static String proof(String key) {
    try {
      // RFC 6455 §4.2.2 names the algorithm; nothing secret depends on it.
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      byte[] hash = digest.digest((key + ACCEPT_SALT).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
