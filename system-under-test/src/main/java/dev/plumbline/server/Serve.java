package dev.plumbline.server;

import dev.plumbline.server.api.McpServer;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** Runs a server that was made with the API. */
public final class Serve {
  private Serve() {}

  /**
   * Serves Streamable HTTP on loopback until it is stopped or closed.
   *
   * @param port 0 picks one; the endpoint of the result says which
   * @throws IOException when the port cannot be bound
   */
  public static HttpServer http(McpServer server, int port) throws IOException {
    ServerCore core = new ServerCore(server, ServerContext.standard(), UnaryOperator.identity());
    return new HttpServer(core, port, 0);
  }
}
