package dev.plumbline.conformance.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A client's opening handshake: RFC 6455 §4.1. */
final class WebSocketUpgrade {
  private static final String SUBPROTOCOL = "mcp";
  private static final int KEY_BYTES = 16;
  private static final int MAX_HEAD_BYTES = 16_384;
  private static final int SWITCHING_PROTOCOLS = 101;

  // RFC 6455 §1.3: what tells a WebSocket server's answer from any other.
  private static final String ACCEPT_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final Outbound.HttpRequest request;
  private final String key;

  WebSocketUpgrade(URI url, List<Header> credentials) {
    byte[] nonce = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(nonce);
    this.key = Base64.getEncoder().encodeToString(nonce);
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Host", Dial.authority(url)));
    headers.add(new Header("Upgrade", "websocket"));
    headers.add(new Header("Connection", "Upgrade"));
    headers.add(new Header("Sec-WebSocket-Version", "13"));
    headers.add(new Header("Sec-WebSocket-Key", key));
    headers.add(new Header("Sec-WebSocket-Protocol", SUBPROTOCOL));
    headers.addAll(credentials);
    this.request = new Outbound.HttpRequest("GET", Dial.target(url), headers, Bytes.EMPTY);
  }

  /** What is sent. */
  Outbound request() {
    return request;
  }

  /** Sends the request and reads the head of the answer, not a byte more. */
  Inbound.HttpResponse perform(Socket socket, Duration limit) throws IOException {
    socket.setSoTimeout((int) Math.max(1, limit.toMillis()));
    socket.getOutputStream().write(HttpWire.bytes(request));
    socket.getOutputStream().flush();
    String[] lines = head(socket.getInputStream()).split("\r?\n", -1);
    String[] status = lines[0].split(" ", 3);
    if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !status[1].matches("[0-9]{3}")) {
      throw new ProtocolException("the answer to the upgrade is not HTTP/1.1");
    }
    List<Header> headers = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers.add(
            new Header(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip()));
      }
    }
    String reason = status.length == 3 ? status[2] : "";
    return new Inbound.HttpResponse(
        Integer.parseInt(status[1]), reason, headers, Bytes.EMPTY, List.of());
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int newlines = 0;
    while (newlines < 2) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("the connection was closed during the upgrade");
      }
      head.write(b);
      if (head.size() > MAX_HEAD_BYTES) {
        throw new ProtocolException("the answer to the upgrade is too long");
      }
      newlines = b == '\n' ? newlines + 1 : b == '\r' ? newlines : 0;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /** Why the answer opens no WebSocket that speaks MCP; empty when it does. */
  Optional<String> refusal(Inbound.HttpResponse answer) {
    if (answer.status() != SWITCHING_PROTOCOLS) {
      return Optional.of("the WebSocket was refused with status " + answer.status());
    }
    if (!value(answer, "Sec-WebSocket-Accept").equals(accept())) {
      return Optional.of("the upgrade was not answered by a WebSocket server");
    }
    String chosen = value(answer, "Sec-WebSocket-Protocol");
    return chosen.isEmpty() || chosen.equals(SUBPROTOCOL)
        ? Optional.empty()
        : Optional.of("the server chose a subprotocol nobody offered");
  }

  private static String value(Inbound.HttpResponse answer, String name) {
    return answer.headers().stream()
        .filter(h -> h.isNamed(name))
        .map(Header::value)
        .findFirst()
        .orElse("");
  }

  private String accept() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-1");
      byte[] digest = sha.digest((key + ACCEPT_SALT).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-1 is part of every JDK", e);
    }
  }
}
