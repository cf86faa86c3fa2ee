package dev.plumbline.chaos.proxy;

import dev.plumbline.evidence.model.HarnessException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Sends bytes through a fresh link to an echo on this machine. */
final class SelfTest {
  private static final int SOCKET_MILLIS = 2_000;
  private static final byte[] QUESTION = "plumb".getBytes(StandardCharsets.UTF_8);

  private SelfTest() {}

  static void run(FaultProxy proxy) throws HarnessException, InterruptedException {
    String name = "plumbline-self-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    try (ServerSocket echo = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        FaultLink link =
            proxy.link(
                name,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), echo.getLocalPort()))) {
      echo.setSoTimeout(SOCKET_MILLIS);
      Thread.ofVirtual().start(() -> answerOnce(echo));
      link.enable();
      try (Socket socket = new Socket()) {
        socket.setSoTimeout(SOCKET_MILLIS);
        socket.connect(link.address(), SOCKET_MILLIS);
        socket.getOutputStream().write(QUESTION);
        if (!Arrays.equals(socket.getInputStream().readNBytes(QUESTION.length), QUESTION)) {
          throw new IOException("other bytes came back");
        }
      }
    } catch (IOException e) {
      throw new HarnessException(
          proxy.backend()
              + " does not lead to a listener on this machine ("
              + e.getMessage()
              + "): run it on this machine, in a container with host networking",
          e);
    }
  }

  private static void answerOnce(ServerSocket echo) {
    try (Socket socket = echo.accept()) {
      socket.getOutputStream().write(socket.getInputStream().readNBytes(QUESTION.length));
    } catch (IOException e) {
      // The asking side reports that nothing came back.
    }
  }
}
