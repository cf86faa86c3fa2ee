package dev.plumbline.server.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A connection that carries one event stream. */
public final class EventReader implements AutoCloseable {
  private static final int READ_TIMEOUT_MILLIS = 20_000;
  private static final String DATA = "data: ";

  private final Socket socket;
  private final BufferedReader in;
  private final String head;

  /** Sends the request and reads the head of the response. */
  public EventReader(int port, Modern request) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    this.in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    socket
        .getOutputStream()
        .write(
            Requests.post(request.json(), request.headerLines())
                .getBytes(StandardCharsets.ISO_8859_1));
    StringBuilder lines = new StringBuilder();
    String line = line();
    while (!line.isEmpty()) {
      lines.append(line).append('\n');
      line = line();
    }
    this.head = lines.toString();
  }

  /** Status line and header fields. */
  public String head() {
    return head;
  }

  /** The next message; sizes of chunks and comments are passed over. */
  public JsonNode next() throws IOException {
    String line = line();
    while (!line.startsWith(DATA) || line.length() == DATA.length()) {
      line = line();
    }
    return new JsonMapper().readTree(line.substring(DATA.length()));
  }

  private String line() throws IOException {
    return Objects.requireNonNull(in.readLine(), "the stream ended");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
