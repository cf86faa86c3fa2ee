package dev.plumbline.server.client;

import dev.plumbline.server.client.wire.HttpWire;
import dev.plumbline.server.client.wire.LineWire;
import dev.plumbline.server.client.wire.ProcessChannel;
import dev.plumbline.server.client.wire.Reach;
import dev.plumbline.server.client.wire.TcpChannel;
import dev.plumbline.server.client.wire.WebSocketWire;
import dev.plumbline.server.client.wire.Wire;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Where a server is. */
public sealed interface Target {
  /** Behind an http or https address. */
  record Http(URI endpoint) implements Target {}

  /** Behind a TCP port, one message per line. */
  record Tcp(String host, int port) implements Target {}

  /** Behind a ws or wss address. */
  record Ws(URI endpoint) implements Target {}

  /** A program to start. */
  record Child(List<String> command, Map<String, String> environment) implements Target {
    /** Takes copies. */
    public Child {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }
  }

  /**
   * Reached over wires of the program that uses the client.
   *
   * @param wires makes a new one, not yet open
   */
  record Own(Supplier<Wire> wires) implements Target {}

  /**
   * The target an address names.
   *
   * @throws IllegalArgumentException when it names none; the message says what is wanted
   */
  static Target of(String address) {
    URI uri = URI.create(address);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("not an address with a scheme and a host: " + address);
    }
    return switch (scheme) {
      case "http", "https" -> new Http(uri);
      case "ws", "wss" -> new Ws(uri);
      case "tcp" -> {
        if (uri.getPort() < 0) {
          throw new IllegalArgumentException("a tcp address needs a port: tcp://host:port");
        }
        yield new Tcp(uri.getHost(), uri.getPort());
      }
      default ->
          throw new IllegalArgumentException(
              "unknown scheme '" + scheme + "'; known: http, https, ws, wss, tcp");
    };
  }

  /**
   * A new wire to the target, not yet open.
   *
   * @param reach what all wires to the target share
   */
  default Wire wire(ClientOptions options, Reach reach) {
    return switch (this) {
      case Http(var endpoint) ->
          new HttpWire(
              endpoint, options.http("https".equalsIgnoreCase(endpoint.getScheme())), reach);
      case Tcp(var host, var port) ->
          new LineWire(new TcpChannel(host, port, options.timeouts().connect()), reach);
      case Ws(var endpoint) -> new WebSocketWire(endpoint, options.http(false), reach);
      case Child(var command, var environment) ->
          new LineWire(new ProcessChannel(command, environment, options.childErrors()), reach);
      case Own(var wires) -> wires.get();
    };
  }
}
