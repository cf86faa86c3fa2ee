package dev.plumbline.chaos.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** Socket calls whose failure means no more than that the other side was faster. */
final class Sockets {
  private Sockets() {}

  static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // Already gone.
    }
  }

  static void resetOnClose(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException e) {
      // Already closed.
    }
  }

  /** Reads {@code host:port}, with an empty host standing for loopback. */
  static InetSocketAddress parse(String address) throws IOException {
    int colon = address.lastIndexOf(':');
    if (colon < 0) {
      throw new IOException("address " + address + ": missing port in address");
    }
    String host = address.substring(0, colon).replace("[", "").replace("]", "");
    try {
      return new InetSocketAddress(
          host.isEmpty() ? "127.0.0.1" : host, Integer.parseInt(address.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new IOException("address " + address + ": invalid port", e);
    }
  }

  static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
