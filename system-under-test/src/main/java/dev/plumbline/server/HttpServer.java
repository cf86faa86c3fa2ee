package dev.plumbline.server;

import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.control.port.ControlPort;
import dev.plumbline.server.control.port.ControlSetup;
import dev.plumbline.server.control.port.Token;
import dev.plumbline.server.handover.Movable;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.transport.HeadRules;
import dev.plumbline.server.transport.HttpSetup;
import dev.plumbline.server.transport.HttpTransport;
import dev.plumbline.server.transport.Network;
import dev.plumbline.server.transport.OwnNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A server reached over the network, with its control port. */
public final class HttpServer implements AutoCloseable {
  private final ServerCore core;
  private final HttpSetup setup;
  private final InetAddress host;
  private final Network network;
  private final ControlSetup controlSetup;
  private final Token token;
  private volatile ControlPort control;

  /**
   * Starts listening on both ports, for Streamable HTTP alone.
   *
   * @throws IOException when a port cannot be bound
   */
  public HttpServer(ServerCore core, int port, int controlPort) throws IOException {
    this(
        core,
        new Network.Listeners(port, HttpSetup.PLAIN, OptionalInt.empty()),
        ControlSetup.onLoopback(controlPort));
  }

  /**
   * Starts listening.
   *
   * @throws IOException when a port cannot be bound
   */
  public HttpServer(ServerCore core, Network.Listeners listeners, ControlSetup controlSetup)
      throws IOException {
    this.core = core;
    this.controlSetup = controlSetup;
    this.token = controlSetup.token();
    this.setup = listeners.http();
    this.host = listeners.host();
    ServerConfig config = core.context().config().get();
    Exposure exposure =
        Exposure.of(
            config,
            host,
            setup.tls().isPresent(),
            listeners.tcpPort().isPresent(),
            controlSetup.host(),
            controlSetup.tls().isPresent());
    exposure.check();
    if (core.protection().isPresent() && listeners.tcpPort().isPresent()) {
      throw new IOException(
          "a TCP connection carries no access token: leave out --tcp-port, or authorization");
    }
    this.network =
        new Network(
            listeners,
            own(config).in(core.parts().headRules()),
            core.parts().stdioLines(),
            core.endpoint(),
            core.runner(),
            core.restraint().flows(),
            core.lifecycle(),
            core.doorway());
    core.protection().ifPresent(protection -> protection.at(() -> endpoint().toString()));
    try {
      this.control = new ControlPort(controlSetup, core.control().face());
    } catch (IOException e) {
      network.close();
      throw e;
    }
    exposure.tell(core.context().telemetry());
  }

  private OwnNames own(ServerConfig config) {
    return new OwnNames(host, Set.copyOf(config.security().allNames()))
        .and(config.authorization().resource());
  }

  /** Its listeners. */
  public Network network() {
    return network;
  }

  /** The MCP endpoint. */
  public URI endpoint() {
    return at(
        setup.tls().isPresent() ? "https" : "http",
        host,
        network.http().port(),
        HeadRules.ENDPOINT_PATH);
  }

  /** The TCP port, when there is one. */
  public Optional<URI> tcp() {
    return network.tcp().map(tcp -> at("tcp", host, tcp.port(), ""));
  }

  /** The WebSocket address, when there is one. */
  public Optional<URI> webSocket() {
    return setup.webSocket()
        ? Optional.of(
            at(
                setup.tls().isPresent() ? "wss" : "ws",
                host,
                network.http().port(),
                HttpSetup.WEB_SOCKET_PATH))
        : Optional.empty();
  }

  /** Where the HTTP+SSE transport of 2024-11-05 begins, when it is offered. */
  public Optional<URI> legacySse() {
    return setup.legacySse()
        ? Optional.of(endpoint().resolve(HttpSetup.SSE_PATH))
        : Optional.empty();
  }

  /** The control port. */
  public URI control() {
    return control(control);
  }

  /** What the control port asks for. */
  public Token controlToken() {
    return token;
  }

  /** Where a control port is. */
  static URI control(ControlPort port) {
    return at(port.encrypted() ? "https" : "http", port.host(), port.port(), "");
  }

  /** What listens on every address is reached over loopback, too. */
  private static URI at(String scheme, InetAddress host, int port, String path) {
    return URI.create(scheme + "://" + literal(host) + ":" + port + path);
  }

  private static String literal(InetAddress host) {
    if (host.isAnyLocalAddress()) {
      return "127.0.0.1";
    }
    String literal = host.getHostAddress().replaceFirst("%.*", "");
    if (!literal.contains(":")) {
      return literal;
    }
    // As everybody writes it, and as the check of Host knows it.
    return host.isLoopbackAddress() ? "[::1]" : "[" + literal + "]";
  }

  /** Goes on with a connection of the process that ran before this one. */
  void adopt(int descriptor) {
    network.adopt(HttpTransport.LISTENER, descriptor);
  }

  /** Begins to accept from the sockets of the process that ran before this one. */
  void open() {
    network.open();
  }

  /** What another process needs to take over. */
  public Movable movable() {
    return new MovableServer(this, core, network);
  }

  /** Gives the control port up. */
  void releaseControl() {
    control.close();
  }

  /** Has the same control port again. */
  void reclaimControl() throws IOException {
    control = new ControlPort(controlSetup.at(control.port()), core.control().face());
  }

  /** How many connections are open. */
  public int connectionCount() {
    return network.connectionCount();
  }

  /** Takes no new work, finishes what is in flight within the limit, then closes. */
  public void stop() throws InterruptedException {
    core.drain(network::drain, Limits.DRAIN);
    close();
  }

  @Override
  public void close() {
    network.close();
    control.close();
    core.close();
  }
}
