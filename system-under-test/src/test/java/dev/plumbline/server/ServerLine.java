package dev.plumbline.server;

import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.api.ToolSpec;
import dev.plumbline.server.control.port.ControlSetup;
import dev.plumbline.server.feature.TaskSupport;
import dev.plumbline.server.handover.HandoverException;
import dev.plumbline.server.session.store.RecordCodec;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.transport.HttpSetup;
import dev.plumbline.server.transport.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Servers on one port, each taking over from the one before. */
final class ServerLine implements AutoCloseable {
  final List<HttpServer> servers = new CopyOnWriteArrayList<>();
  final List<ServerCore> cores = new CopyOnWriteArrayList<>();

  /** How many have handed over and finished. */
  final AtomicInteger gone = new AtomicInteger();

  /** What the tool called slow waits for. */
  final CountDownLatch goOn = new CountDownLatch(1);

  /** What the next one runs with. */
  Supplier<ServerContext> contexts = ServerContext::standard;

  private final Path door;
  private final HttpSetup setup;

  ServerLine(Path folder, HttpSetup setup) throws IOException {
    Path rooms = folder.resolve("private");
    Files.createDirectory(
        rooms, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    this.door = rooms.resolve("door");
    this.setup = setup;
  }

  /** The next one. */
  HttpServer next() throws IOException, HandoverException {
    return next(RecordCodec.CURRENT);
  }

  /** The next one, which knows records up to this version only. */
  HttpServer next(int format) throws IOException, HandoverException {
    boolean first = servers.isEmpty();
    HttpServer server =
        Succession.serve(
            door,
            format,
            contexts.get(),
            now -> {
              ServerCore core = new ServerCore(offered(), now, UnaryOperator.identity());
              cores.add(core);
              return core;
            },
            new Network.Listeners(first ? 0 : port(), setup, OptionalInt.of(first ? 0 : tcpPort())),
            ControlSetup.onLoopback(0),
            gone::incrementAndGet);
    servers.add(server);
    return server;
  }

  private McpServer offered() {
    return McpServer.named("test", "1")
        .tool("quick", "Answers.", (_, _) -> "done")
        .tool(
            ToolSpec.named("slow", "Answers when it is told to.").tasks(TaskSupport.OPTIONAL),
            (_, _) -> {
              goOn.await();
              return "done";
            });
  }

  int port() {
    return servers.getFirst().endpoint().getPort();
  }

  int tcpPort() {
    return servers.getFirst().tcp().orElseThrow().getPort();
  }

  Response post(String json, String... headers) throws IOException {
    try (RawConnection connection = new RawConnection(port())) {
      return connection.send(Requests.post(json, headers)).read();
    }
  }

  /** A new session; the header line that names it. */
  String session() throws IOException {
    String header =
        "MCP-Session-Id: "
            + post(Requests.initialize("2025-11-25")).headers().get("mcp-session-id");
    var _ = post(Requests.INITIALIZED, header);
    return header;
  }

  static String call(int id, String tool) {
    return Requests.legacy(
        Integer.toString(id), "tools/call", "\"name\":\"" + tool + "\",\"arguments\":{}");
  }

  @Override
  public void close() {
    goOn.countDown();
    servers.forEach(HttpServer::close);
  }
}
