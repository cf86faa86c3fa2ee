package dev.plumbline.server.support;

import dev.plumbline.server.HttpServer;
import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.ServerParts;
import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.control.port.ControlSetup;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.fixture.DemoCatalog;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.transport.HttpSetup;
import dev.plumbline.server.transport.Network;
import dev.plumbline.server.transport.StdioTransport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** A real server in this process, and the ways to talk to it. */
public final class TestServer implements AutoCloseable {
  private static final int REQUESTS = 64;
  private static final Duration DRAIN = Duration.ofSeconds(20);

  private final ServerCore core;
  private final HttpServer http;

  /** The correct server. */
  public TestServer() {
    this(UnaryOperator.identity());
  }

  /** A changed server. */
  public TestServer(UnaryOperator<ServerParts> change) {
    this(change, REQUESTS);
  }

  /** A changed server with its own bound on requests in flight. */
  public TestServer(UnaryOperator<ServerParts> change, int requestCap) {
    this(change, requestCap, new Network.Listeners(0, HttpSetup.PLAIN, OptionalInt.empty()));
  }

  /** A changed server with its own listeners. */
  public TestServer(
      UnaryOperator<ServerParts> change, int requestCap, Network.Listeners listeners) {
    this(core(change, requestCap), listeners);
  }

  /** A server made elsewhere, on these listeners. */
  public TestServer(ServerCore core, Network.Listeners listeners) {
    this.core = core;
    try {
      this.http = new HttpServer(core, listeners, ControlSetup.onLoopback(0).withFailpoints(true));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The correct server of this context, reached by HTTP. */
  public TestServer(ServerContext context) {
    this(
        core(UnaryOperator.identity(), context),
        new Network.Listeners(0, HttpSetup.PLAIN, OptionalInt.empty()));
  }

  /** The correct server on every wire. */
  public static TestServer onEveryWire() {
    return onEveryWire(ServerContext.withRequests(REQUESTS));
  }

  /** The correct server on every wire, with these settings. */
  public static TestServer onEveryWire(ServerContext context) {
    return new TestServer(
        core(UnaryOperator.identity(), context),
        new Network.Listeners(
            0, HttpSetup.PLAIN.withWebSocket(true).withLegacySse(true), OptionalInt.of(0)));
  }

  private static ServerCore core(UnaryOperator<ServerParts> change, int requestCap) {
    return core(change, ServerContext.withRequests(requestCap));
  }

  private static ServerCore core(UnaryOperator<ServerParts> change, ServerContext context) {
    return new ServerCore(catalog(), context, change);
  }

  private static McpServer catalog() {
    return DemoCatalog.server(new ServerCard("test-server", "Test server", "1.2.3", "For tests."));
  }

  /** What it is made of. */
  public ServerCore core() {
    return core;
  }

  /** The process-free server. */
  public HttpServer http() {
    return http;
  }

  /** The MCP port. */
  public int port() {
    return http.endpoint().getPort();
  }

  /** The TCP port. */
  public int tcpPort() {
    return http.tcp().orElseThrow().getPort();
  }

  /** The control port. */
  public URI control() {
    return http.control();
  }

  /** Asks the control port as an operator. */
  public ControlClient controlClient() {
    return new ControlClient(control().getPort(), http.controlToken().secret());
  }

  /** Sends raw text on a fresh connection and reads one response. */
  public Response raw(String request) {
    try (RawConnection connection = new RawConnection(port())) {
      return connection.send(request).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a POST with JSON and further header lines. */
  public Response post(String json, String... headerLines) {
    try (RawConnection connection = new RawConnection(port())) {
      return connection.send(Requests.post(json, headerLines)).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A modern POST with the headers that mirror it. */
  public Response modern(String method, String params) {
    return post(Requests.modern("1", method, params), Requests.mirrored(method, params));
  }

  /** Opens a session of a revision and finishes the handshake; gives its header line. */
  public String session(String revision) {
    Response opened = post(Requests.initialize(revision));
    String header = "MCP-Session-Id: " + opened.headers().get("mcp-session-id");
    post(Requests.INITIALIZED, header);
    return header;
  }

  /** Opens a session of 2025-11-25. */
  public String session() {
    return session("2025-11-25");
  }

  /** Sends lines over stdio to a fresh server of this kind, then ends its input. */
  public static List<String> stdio(UnaryOperator<ServerParts> change, String... lines) {
    try (ServerCore core = core(change, REQUESTS)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] input = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
      StdioTransport transport =
          new StdioTransport(
              core.endpoint(),
              core.runner(),
              core.restraint().flows(),
              core.doorway(),
              core.parts().stdioLines(),
              new ByteArrayInputStream(input),
              out);
      transport.serve();
      if (!transport.drain(DRAIN)) {
        throw new IllegalStateException("requests are still in flight");
      }
      return out.toString(StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
