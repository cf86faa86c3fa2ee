package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.wire.Messages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Servers over standard input and output. Each process is a shell that hands its two streams to
 * this JVM: it starts in milliseconds, where a JVM of its own would take half a second, and a run
 * starts dozens.
 */
final class SampleStdio implements AutoCloseable {
  private static final String BRIDGE =
      "exec 3<>/dev/tcp/127.0.0.1/$0 4<&0; cat <&3 & there=$!; cat <&4 >&3 & here=$!;"
          + " wait -n; kill $there $here 2>/dev/null";

  private final ServerSocket server;

  private SampleStdio(ServerSocket server) {
    this.server = server;
  }

  /** What a server does with its two streams; its process ends with it. */
  @FunctionalInterface
  interface Behavior {
    void live(BufferedReader in, OutputStream out) throws IOException, InterruptedException;
  }

  /** {@link MinimalServer} with this feature. */
  static SampleStdio minimal(MinimalFeature feature) throws IOException {
    MinimalServer answers = new MinimalServer(feature);
    return of(
        (in, out) -> {
          PrintStream lines = new PrintStream(out, true, StandardCharsets.UTF_8);
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            Messages.parse(line)
                .map(answers::answer)
                .filter(reply -> !reply.message().isEmpty())
                .ifPresent(reply -> lines.println(Messages.compact(reply.message())));
          }
        });
  }

  /** Answers every request with this error. */
  static SampleStdio refusing(int code) throws IOException {
    return of(
        (in, out) -> {
          PrintStream lines = new PrintStream(out, true, StandardCharsets.UTF_8);
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            Messages.parse(line)
                .filter(message -> message.has("id"))
                .ifPresent(message -> lines.println(refusal(message.path("id"), code)));
          }
        });
  }

  private static String refusal(JsonNode id, int code) {
    ObjectNode message = Messages.object().put("jsonrpc", "2.0");
    message.set("id", id);
    message.putObject("error").put("code", code).put("message", "no");
    return Messages.compact(message);
  }

  /** A server that behaves like this in every process. */
  static SampleStdio of(Behavior behavior) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(server, behavior));
    return new SampleStdio(server);
  }

  /** The command that starts a process. */
  List<String> command() {
    return List.of("bash", "-c", BRIDGE, Integer.toString(server.getLocalPort()));
  }

  private static void accept(ServerSocket server, Behavior behavior) {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> live(socket, behavior));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void live(Socket socket, Behavior behavior) {
    try (socket) {
      behavior.live(
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)),
          socket.getOutputStream());
    } catch (IOException gone) {
      // The other side left.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
