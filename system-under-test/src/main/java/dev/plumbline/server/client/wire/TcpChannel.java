package dev.plumbline.server.client.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** A server behind a TCP port that speaks one message per line. */
public final class TcpChannel implements LineChannel {
  private final String host;
  private final int port;
  private final Duration connectTimeout;
  private final Socket socket = new Socket();

  /** The server's address, and the longest wait for a connection. */
  public TcpChannel(String host, int port, Duration connectTimeout) {
    this.host = host;
    this.port = port;
    this.connectTimeout = connectTimeout;
  }

  @Override
  public Streams open() throws IOException {
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(host, port), Math.toIntExact(connectTimeout.toMillis()));
    return new Streams(socket.getInputStream(), socket.getOutputStream());
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed is what it should be.
    }
  }
}
