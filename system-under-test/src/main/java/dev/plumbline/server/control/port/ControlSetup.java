package dev.plumbline.server.control.port;

import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.util.Optional;

/**
 * How the control port is offered.
 *
 * @param host the address it listens on
 * @param port 0 picks a free one
 * @param token what it asks for
 * @param failpoints true when things may be broken on purpose
 * @param tls what encrypts it; empty for plain text
 */
public record ControlSetup(
    InetAddress host, int port, Token token, boolean failpoints, Optional<SslContext> tls) {
  /** In plain text. */
  public ControlSetup(InetAddress host, int port, Token token, boolean failpoints) {
    this(host, port, token, failpoints, Optional.empty());
  }

  /** On loopback, with a token made for it. */
  public static ControlSetup onLoopback(int port) {
    return new ControlSetup(InetAddress.getLoopbackAddress(), port, Token.made(), false);
  }

  /** On another port. */
  public ControlSetup at(int other) {
    return new ControlSetup(host, other, token, failpoints, tls);
  }

  /** With or without failpoints. */
  public ControlSetup withFailpoints(boolean allowed) {
    return new ControlSetup(host, port, token, allowed, tls);
  }

  /** Behind TLS. */
  public ControlSetup withTls(SslContext context) {
    return new ControlSetup(host, port, token, failpoints, Optional.of(context));
  }
}
