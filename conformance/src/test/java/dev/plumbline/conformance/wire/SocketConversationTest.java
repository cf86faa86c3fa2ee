package dev.plumbline.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Transport;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SocketConversationTest {
  private static final String PONG = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
  private static final String PING_BACK = "{\"jsonrpc\":\"2.0\",\"id\":\"s\",\"method\":\"ping\"}";

  /** What a test's server does with its one connection. */
  private interface Behaviour {
    void on(DataInputStream in, OutputStream out) throws Exception;
  }

  private static ServerSocket serve(Behaviour behaviour) throws IOException {
    ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(
            () -> {
              try (Socket peer = server.accept()) {
                behaviour.on(new DataInputStream(peer.getInputStream()), peer.getOutputStream());
              } catch (Exception e) {
                // The other side went away; what it saw is what the test looks at.
                return;
              }
            });
    return server;
  }

  private static SocketConversation talk(String scheme, ServerSocket server) {
    URI url = URI.create(scheme + "://127.0.0.1:" + server.getLocalPort() + "/ws");
    return new SocketConversation(
        Era.HANDSHAKE, url, Optional.empty(), List.of(), new Recorder(), Redactor.NONE);
  }

  private static String line(DataInputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b;
    while ((b = in.readUnsignedByte()) != '\n') {
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void keepsEveryLineOfATcpConnectionAndAnswersWhatThePeerAsks() throws Exception {
    try (ServerSocket server =
            serve(
                (in, out) -> {
                  line(in);
                  write(out, "hello there\n" + PING_BACK + "\n");
                  String answer = line(in);
                  write(out, answer.contains("\"id\":\"s\"") ? PONG + "\n" : "wrong\n");
                  in.transferTo(OutputStream.nullOutputStream());
                });
        SocketConversation talk = talk("tcp", server)) {
      Exchange ping = talk.send("ping", talk.draft("ping"));

      assertThat(talk.transport()).isEqualTo(Transport.TCP);
      assertThat(ping.accepted()).isTrue();
      assertThat(((Inbound.Lines) ping.received()).lines()).hasSize(3);
      assertThat(talk.recording("x", Map.of()).exchange("answer").orElseThrow().sentText())
          .contains("\"id\":\"s\"");
      assertThat(talk.hangUp("end", Duration.ofSeconds(5)).end()).isEqualTo(End.CLOSED);
    }
  }

  @Test
  void tellsAnUnreachablePeerFromOneThatHangsUp() throws Exception {
    ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    gone.close();
    try (SocketConversation talk = talk("tcp", gone)) {
      assertThat(talk.send("ping", talk.draft("ping")).end()).isEqualTo(End.CONNECT_FAILED);
    }
    try (ServerSocket server = serve((in, out) -> line(in));
        SocketConversation talk = talk("tcp", server)) {
      assertThat(talk.send("ping", talk.draft("ping")).end()).isEqualTo(End.CLOSED);
    }
  }

  @Test
  void opensAWebSocketPutsFragmentsTogetherAndAnswersPings() throws Exception {
    try (ServerSocket server =
            serve(
                (in, out) -> {
                  accept(in, out, 101);
                  String asked = frame(in);
                  int half = PONG.length() / 2;
                  unmasked(out, 0x01, PONG.substring(0, half));
                  unmasked(out, 0x89, "still there?");
                  // The answer to the ping has to come between the fragments.
                  boolean lively = frame(in).equals("10:still there?");
                  unmasked(
                      out, 0x80, lively && asked.startsWith("1:") ? PONG.substring(half) : "?");
                  in.transferTo(OutputStream.nullOutputStream());
                });
        SocketConversation talk = talk("ws", server)) {
      Exchange ping = talk.send("ping", talk.draft("ping"));

      assertThat(ping.accepted()).isTrue();
      assertThat(((Inbound.Lines) ping.received()).lines().getFirst().bytes().text())
          .isEqualTo(PONG);
      Exchange upgrade =
          talk.recording("x", Map.of()).exchange(SocketConversation.UPGRADE).orElseThrow();
      assertThat(upgrade.status()).hasValue(101);
      assertThat(upgrade.sentText()).contains("Sec-WebSocket-Protocol: mcp");
    }
  }

  @Test
  void carriesMessagesOfEveryLengthInFrames() throws Exception {
    for (int length : List.of(1, 125, 126, 65_535, 65_536)) {
      byte[] message = "x".repeat(length).getBytes(StandardCharsets.UTF_8);
      byte[] framed = new WebSocketFraming().framed(message);

      assertThat(frame(new DataInputStream(new java.io.ByteArrayInputStream(framed))))
          .isEqualTo("1:" + "x".repeat(length));
    }
  }

  @Test
  void saysWhenAWebSocketIsRefused() throws Exception {
    try (ServerSocket server = serve((in, out) -> accept(in, out, 403));
        SocketConversation talk = talk("ws", server)) {
      assertThatThrownBy(talk::open)
          .isInstanceOf(TargetException.class)
          .hasMessageContaining("refused with status 403");
    }
  }

  private static void accept(DataInputStream in, OutputStream out, int status) throws Exception {
    String key = "";
    for (String line = line(in).strip(); !line.isEmpty(); line = line(in).strip()) {
      if (line.startsWith("Sec-WebSocket-Key: ")) {
        key = line.substring(19);
      }
    }
    byte[] digest =
        MessageDigest.getInstance("SHA-1")
            .digest(
                (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
    write(
        out,
        "HTTP/1.1 "
            + status
            + " Whatever\r\nSec-WebSocket-Accept: "
            + Base64.getEncoder().encodeToString(digest)
            + "\r\n\r\n");
  }

  /** One masked frame as {@code opcode:text}. */
  private static String frame(DataInputStream in) throws IOException {
    int opcode = in.readUnsignedByte() & 0x0f;
    int second = in.readUnsignedByte();
    assertThat(second & 0x80).as("clients mask").isEqualTo(0x80);
    int length = second & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = (int) in.readLong();
    }
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes(length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return opcode + ":" + new String(payload, StandardCharsets.UTF_8);
  }

  private static void unmasked(OutputStream out, int first, String text) throws IOException {
    out.write(first);
    out.write(text.length());
    write(out, text);
  }
}
