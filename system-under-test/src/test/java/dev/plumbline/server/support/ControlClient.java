package dev.plumbline.server.support;

import dev.plumbline.server.support.RawConnection.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Asks a control port, one connection for each request.
 *
 * @param port where it listens
 * @param token what it asks for
 */
public record ControlClient(int port, String token) {
  /** With the token. */
  public Response ask(String method, String path, String body) {
    return ask(method, path, body, "Host: localhost", "Authorization: Bearer " + token);
  }

  /** With the token and without a body. */
  public Response get(String path) {
    return ask("GET", path, "");
  }

  /** With exactly these header lines, besides the length. */
  public Response ask(String method, String path, String body, String... lines) {
    try (RawConnection connection = new RawConnection(port)) {
      return connection.send(request(method, path, body, lines)).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a request. */
  public static String request(String method, String path, String body, String... lines) {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    String head = lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
    return method
        + " "
        + path
        + " HTTP/1.1\r\n"
        + head
        + (length > 0 ? "Content-Length: " + length + "\r\n" : "")
        + "\r\n"
        + body;
  }
}
