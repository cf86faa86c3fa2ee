package dev.plumbline.server;

import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.control.ControlPlane;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.fixture.DemoCatalog;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.mutant.Mutant;
import dev.plumbline.server.transport.StdioTransport;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Starts the bundled server as a process. */
public final class Main {
  private static final int EXIT_USAGE = 2;

  private Main() {}

  /** Runs until SIGTERM, or until standard input ends. */
  public static void main(String[] arguments) {
    try {
      Options options = Options.parse(List.of(arguments));
      if (options.listMutants()) {
        Mutant.names().forEach(System.out::println);
        return;
      }
      UnaryOperator<ServerParts> change = change(options.mutant());
      if (options.stdio()) {
        serveStdio(options, change);
      } else {
        serveHttp(options, change);
      }
    } catch (Options.UsageException | IOException e) {
      System.err.println(e.getMessage());
      System.exit(EXIT_USAGE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static UnaryOperator<ServerParts> change(Optional<String> mutant)
      throws Options.UsageException {
    if (mutant.isEmpty()) {
      return UnaryOperator.identity();
    }
    return Mutant.named(mutant.get())
        .orElseThrow(() -> new Options.UsageException("unknown mutant " + mutant.get()))
        .change();
  }

  private static ServerCore core(
      Options options, int requestCap, UnaryOperator<ServerParts> change) {
    String version = Main.class.getPackage().getImplementationVersion();
    ServerCard card =
        new ServerCard(
            "plumbline-bundled-server",
            "Plumbline bundled server",
            version == null ? "development" : version,
            "A server made to be measured; every tool is harmless.");
    McpServer server = options.fixture() ? DemoCatalog.withFixture(card) : DemoCatalog.server(card);
    return new ServerCore(server, requestCap, System::nanoTime, change);
  }

  private static void serveHttp(Options options, UnaryOperator<ServerParts> change)
      throws IOException, InterruptedException {
    HttpServer server =
        new HttpServer(
            core(options, Limits.MAX_REQUESTS, change),
            options.port(),
            options.controlPort().orElse(0));
    onSigterm(server::stop);
    System.out.println("listening " + server.endpoint());
    System.out.println("control " + server.control());
    System.out.flush();
    Thread.currentThread().join();
  }

  private static void serveStdio(Options options, UnaryOperator<ServerParts> change)
      throws IOException, InterruptedException {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    // Nothing but MCP may reach standard output, whoever prints.
    System.setOut(System.err);
    ServerCore core = core(options, Limits.MAX_OUTBOUND, change);
    if (options.controlPort().isPresent()) {
      ControlPlane control = new ControlPlane(options.controlPort().getAsInt(), core::status);
      System.err.println("control http://127.0.0.1:" + control.port());
    }
    StdioTransport transport =
        new StdioTransport(
            core.endpoint(), core.runner(), core.parts().stdioLines(), System.in, out);
    onSigterm(() -> core.drain(transport::drain, Limits.STDIO_DRAIN));
    transport.serve();
    System.exit(0);
  }

  private interface Stop {
    void run() throws InterruptedException;
  }

  /** A stop that was asked for is a success: without halt the JVM would report the signal. */
  private static void onSigterm(Stop stop) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("shutdown")
                .unstarted(
                    () -> {
                      try {
                        stop.run();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                      Runtime.getRuntime().halt(0);
                    }));
  }
}
