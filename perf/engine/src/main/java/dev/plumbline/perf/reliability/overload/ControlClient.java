package dev.plumbline.perf.reliability.overload;

import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.client.RawConnection;
import dev.plumbline.perf.client.RawConnection.Response;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One connection to a control port, made again when it is lost; for one thread. */
final class ControlClient implements AutoCloseable {
  private final URI control;
  private final String headers;
  private final Duration timeout;
  private @Nullable RawConnection connection;

  /**
   * @param token what the control port asks for
   */
  ControlClient(URI control, String token, Duration timeout) {
    this.control = control;
    this.headers = "Authorization: Bearer " + token + "\r\n";
    this.timeout = timeout;
  }

  /**
   * Asks once.
   *
   * @throws IOException when no complete answer comes in time; the next request goes over a new
   *     connection
   */
  Response ask(String method, String path) throws IOException {
    try {
      if (connection == null) {
        connection = new RawConnection(control, timeout);
      }
      return connection.exchange(method, path, headers, "");
    } catch (IOException | RuntimeException e) {
      close();
      throw e instanceof IOException io ? io : new IOException("an answer that is none", e);
    }
  }

  /**
   * What stands at a path.
   *
   * @throws IOException when it cannot be read
   */
  JsonNode read(String path) throws IOException {
    Response response = ask("GET", path);
    if (response.status() != 200) {
      throw new IOException(path + " was answered with " + response.status());
    }
    return Json.parse(response.body());
  }

  @Override
  public void close() {
    RawConnection old = connection;
    connection = null;
    if (old != null) {
      try {
        old.close();
      } catch (IOException e) {
        // It is over either way.
        return;
      }
    }
  }
}
