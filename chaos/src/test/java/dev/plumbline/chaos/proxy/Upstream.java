package dev.plumbline.chaos.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A TCP server of a test, which does the same with every connection. */
final class Upstream implements AutoCloseable {
  interface Behaviour {
    void serve(Socket socket) throws IOException;
  }

  private final ServerSocket listener;
  private final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();

  private Upstream(ServerSocket listener, Behaviour behaviour) {
    this.listener = listener;
    Thread.ofVirtual()
        .start(
            () -> {
              while (!listener.isClosed()) {
                try {
                  Socket socket = listener.accept();
                  accepted.add(socket);
                  Thread.ofVirtual().start(() -> serve(socket, behaviour));
                } catch (IOException e) {
                  return;
                }
              }
            });
  }

  private static void serve(Socket socket, Behaviour behaviour) {
    try (socket) {
      behaviour.serve(socket);
    } catch (IOException e) {
      // The proxy cut the connection, which is what the tests are about.
    }
  }

  static Upstream that(Behaviour behaviour) throws IOException {
    return new Upstream(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), behaviour);
  }

  static Upstream echo() throws IOException {
    return that(socket -> socket.getInputStream().transferTo(socket.getOutputStream()));
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
  }

  /** How many connections reached it. */
  int connections() {
    return accepted.size();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : accepted) {
      socket.close();
    }
  }
}
