package dev.plumbline.server.control.port;

import java.net.InetAddress;

/**
 * How the control port is offered.
 *
 * @param host the address it listens on
 * @param port 0 picks a free one
 * @param token what it asks for
 * @param failpoints true when things may be broken on purpose
 */
public record ControlSetup(InetAddress host, int port, Token token, boolean failpoints) {
  /** On loopback, with a token made for it. */
  public static ControlSetup onLoopback(int port) {
    return new ControlSetup(InetAddress.getLoopbackAddress(), port, Token.made(), false);
  }

  /** On another port. */
  public ControlSetup at(int other) {
    return new ControlSetup(host, other, token, failpoints);
  }

  /** With or without failpoints. */
  public ControlSetup withFailpoints(boolean allowed) {
    return new ControlSetup(host, port, token, allowed);
  }
}
