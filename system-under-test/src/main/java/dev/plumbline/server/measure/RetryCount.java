package dev.plumbline.server.measure;

import dev.plumbline.server.client.CallOptions;
import dev.plumbline.server.client.ClientOptions;
import dev.plumbline.server.client.EraPreference;
import dev.plumbline.server.client.McpClient;
import dev.plumbline.server.client.Target;
import dev.plumbline.server.protocol.RpcException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Counts how often a client connects to a server that ends every connection, while many threads
 * want something of it (R160): what they want must not become what keeps the server down.
 */
final class RetryCount {
  private static final int CALLERS = 50;
  private static final int CALLS = 20;
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private RetryCount() {}

  static void measure() throws IOException, InterruptedException {
    AtomicInteger connections = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    try (ServerSocket server = new ServerSocket(0, CALLERS, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> hangUp(server, connections));
      ClientOptions options =
          ClientOptions.named("retry-count", "1")
              .withEra(EraPreference.HANDSHAKE)
              .withTimeouts(ClientOptions.Timeouts.of(LIMIT));
      try (McpClient client =
          new McpClient(new Target.Tcp("127.0.0.1", server.getLocalPort()), options)) {
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
          callers.add(Thread.startVirtualThread(() -> ask(client, failed)));
        }
        for (Thread caller : callers) {
          caller.join();
        }
      }
    }
    CostRun.tell("requests for a server that hangs up", (double) failed.get(), "1", failed.get());
    CostRun.tell(
        "connections to a server that hangs up", (double) connections.get(), "1", failed.get());
  }

  private static void hangUp(ServerSocket server, AtomicInteger connections) {
    try {
      while (true) {
        try (Socket _ = server.accept()) {
          connections.incrementAndGet();
        }
      }
    } catch (IOException e) {
      // The measurement is over.
    }
  }

  private static void ask(McpClient client, AtomicInteger failed) {
    for (int i = 0; i < CALLS; i++) {
      try {
        client.connect();
        var _ = client.callTool("any", JsonNodeFactory.instance.objectNode(), CallOptions.DEFAULT);
      } catch (IOException | RpcException e) {
        failed.incrementAndGet();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
