package dev.plumbline.server;

import dev.plumbline.server.control.ControlPlane;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.transport.HeadRules;
import dev.plumbline.server.transport.HttpTransport;
import java.io.IOException;
import java.net.URI;

/** A server reached over HTTP, with its control port. */
public final class HttpServer implements AutoCloseable {
  private final ServerCore core;
  private final HttpTransport transport;
  private final ControlPlane control;

  /**
   * Starts listening on both ports.
   *
   * @throws IOException when a port cannot be bound
   */
  public HttpServer(ServerCore core, int port, int controlPort) throws IOException {
    this.core = core;
    this.transport =
        new HttpTransport(
            port, core.parts().headRules(), core.endpoint(), core.runner(), core.lifecycle());
    try {
      this.control = new ControlPlane(controlPort, core::status);
    } catch (IOException e) {
      transport.close();
      throw e;
    }
  }

  /** The MCP endpoint. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + transport.port() + HeadRules.ENDPOINT_PATH);
  }

  /** The control port. */
  public URI control() {
    return URI.create("http://127.0.0.1:" + control.port());
  }

  /** Takes no new work, finishes what is in flight within the limit, then closes. */
  public void stop() throws InterruptedException {
    core.drain(transport::drain, Limits.DRAIN);
    close();
  }

  @Override
  public void close() {
    transport.close();
    control.close();
    core.close();
  }
}
