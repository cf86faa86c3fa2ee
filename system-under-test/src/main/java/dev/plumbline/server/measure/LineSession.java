package dev.plumbline.server.measure;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A session on a TCP connection of its own, which it holds with as little as possible. */
final class LineSession implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;

  /**
   * Of some 28,000 ports of an address those are found quickly that are not taken; what an earlier
   * run took stays taken for a minute.
   */
  private static final int OF_AN_ADDRESS = 5_000;

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  /** So many networks of loopback addresses are ours, one after the other, run by run. */
  private static final int NETWORKS = 200;

  private static final String HANDSHAKE =
      "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{"
          + "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
          + "\"clientInfo\":{\"name\":\"many\",\"version\":\"1\"}}}\n";
  private static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n";

  private final Socket socket;
  private int id;

  private LineSession(Socket socket) {
    this.socket = socket;
  }

  /**
   * Opens one.
   *
   * @param number which; every few thousand come from another address of this machine
   */
  static LineSession open(int port, int number) throws IOException {
    byte[] from = LOOPBACK.clone();
    from[2] = (byte) (ProcessHandle.current().pid() % NETWORKS);
    from[3] += (byte) (number / OF_AN_ADDRESS);
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getByAddress(from), 0));
    socket.connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), TIMEOUT_MILLIS);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    LineSession session = new LineSession(socket);
    session.say(HANDSHAKE);
    if (!session.line().contains("\"result\"")) {
      throw new IOException("a session was refused");
    }
    session.say(INITIALIZED);
    if (!session.ping()) {
      throw new IOException("a session does not answer");
    }
    return session;
  }

  /** Asks for a sign of life; whether it came. */
  boolean ping() throws IOException {
    id++;
    say("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}\n");
    String answer = line();
    return answer.contains("\"id\":" + id) && answer.contains("\"result\"");
  }

  private void say(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** One line; its answers are short, and nothing follows them. */
  private String line() throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    byte[] some = new byte[1_024];
    while (line.isEmpty() || line.charAt(line.length() - 1) != '\n') {
      int read = in.read(some);
      if (read < 0) {
        throw new EOFException("closed");
      }
      line.append(new String(some, 0, read, StandardCharsets.UTF_8));
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
