package dev.plumbline.server.mutant;

import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.feature.Context;
import dev.plumbline.server.feature.Method;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.transport.HeadRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.node.ObjectNode;

/** Defects in who reaches the server, and in what becomes of who is out of reach. */
final class ReachMutants {
  private static final String LOOPBACK = "127.0.0.1";
  private static final String ELSEWHERE = "127.0.0.2";
  private static final int BACKLOG = 50;
  private static final int LOOK_MILLIS = 20;

  private ReachMutants() {}

  static List<Mutant> all() {
    return List.of(
        // TRAN-032
        cut(),
        // TRAN-533
        listeningElsewhere());
  }

  /** Work ends with the connection. */
  private static Mutant cut() {
    Map<Thread, Inbound> asked = new ConcurrentHashMap<>();
    return Planting.handshake(
        "broken-connection-cancels",
        parts ->
            parts
                .withVersionLawful(
                    in -> {
                      asked.put(Thread.currentThread(), in);
                      return parts.versionLawful().test(in);
                    })
                .withMethods(
                    table ->
                        table.with(
                            "tools/call",
                            (context, params) ->
                                reached(
                                    table.find("tools/call").orElseThrow(),
                                    context,
                                    params,
                                    Objects.requireNonNull(
                                        asked.remove(Thread.currentThread()))))));
  }

  private static ObjectNode reached(Method original, Context context, ObjectNode params, Inbound in)
      throws RpcException, InterruptedException {
    CompletableFuture<ObjectNode> done = new CompletableFuture<>();
    Thread worker =
        Thread.startVirtualThread(
            () -> StatelessEndingMutants.work(original, context, params, done));
    while (true) {
      try {
        return done.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (!in.sink().open()) {
          worker.interrupt();
          throw new RpcException(RpcError.of(ErrorCode.INTERNAL_ERROR, "the client has gone"));
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RpcException failure) {
          throw failure;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  /** From the first request on the same port is open on another address. */
  private static Mutant listeningElsewhere() {
    AtomicBoolean open = new AtomicBoolean();
    return new Mutant(
        "listens-everywhere",
        parts ->
            parts.withHeadRule(
                HeadRules.PATH,
                check ->
                    head -> {
                      String host = head.headers().first("Host").orElse("");
                      if (host.startsWith(LOOPBACK + ":") && !open.getAndSet(true)) {
                        listen(Integer.parseInt(host.substring(LOOPBACK.length() + 1)));
                      }
                      return check.refusal(head);
                    }));
  }

  private static void listen(int port) {
    try {
      ServerSocket socket = new ServerSocket(port, BACKLOG, InetAddress.getByName(ELSEWHERE));
      Thread.startVirtualThread(() -> accept(socket, port));
    } catch (IOException e) {
      throw new IllegalStateException(ELSEWHERE + ":" + port + " is not free", e);
    }
  }

  private static void accept(ServerSocket socket, int port) {
    try (socket) {
      while (true) {
        Socket client = socket.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        Thread.startVirtualThread(() -> hand(client, server));
        Thread.startVirtualThread(() -> hand(server, client));
      }
    } catch (IOException e) {
      // The end of the server is its end.
      return;
    }
  }

  private static void hand(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Either side may go at any time.
      return;
    }
  }
}
