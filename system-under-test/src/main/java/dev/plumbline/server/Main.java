package dev.plumbline.server;

import dev.plumbline.server.access.UnusableFileException;
import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.config.InvalidConfigException;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.config.Sources;
import dev.plumbline.server.control.port.ControlPort;
import dev.plumbline.server.control.port.ControlSetup;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.files.FileResources;
import dev.plumbline.server.fixture.DemoCatalog;
import dev.plumbline.server.handover.HandoverException;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.machine.Printing;
import dev.plumbline.server.mutant.Mutant;
import dev.plumbline.server.observe.trace.Otlp;
import dev.plumbline.server.observe.trace.Tracing;
import dev.plumbline.server.session.store.StoreException;
import dev.plumbline.server.transport.HttpSetup;
import dev.plumbline.server.transport.Network;
import dev.plumbline.server.transport.StdioTransport;
import dev.plumbline.server.transport.TlsIdentity;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Starts the bundled server as a process. */
public final class Main {
  private static final int EXIT_USAGE = 2;

  /** Environment variable with the password of the key store. */
  private static final String KEYSTORE_PASSWORD = "PLUMBLINE_TLS_PASSWORD";

  private Main() {}

  /** Runs until SIGTERM, or until standard input ends. */
  public static void main(String[] arguments) {
    try {
      Options options = Options.parse(List.of(arguments));
      if (options.listMutants()) {
        Mutant.names().forEach(System.out::println);
        return;
      }
      if (options.machines().isPresent()) {
        System.out.print(printing(options.machines().get()).all());
        return;
      }
      UnaryOperator<ServerParts> change = change(options.mutant());
      Sources sources = sources(options);
      ServerConfig config = sources.read();
      ServerContext context = ServerContext.of(config).with(tracing(config.observe().otlp()));
      exposure(options, config).check();
      if (options.checkConfig()) {
        System.out.println("settings can be used");
      } else if (options.stdio()) {
        Parent.watch();
        serveStdio(options, context, change);
      } else {
        Parent.watch();
        serveHttp(options, context, change);
      }
    } catch (Options.UsageException
        | InvalidConfigException
        | IOException
        | StoreException
        | UnusableFileException
        | HandoverException e) {
      System.err.println(e.getMessage());
      // Not exit: the hook of a flight recorder that is just starting may wait for its start
      // forever.
      System.err.flush();
      Runtime.getRuntime().halt(EXIT_USAGE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Tracing tracing(String collector) throws Options.UsageException {
    try {
      return Otlp.of(System.getenv(), collector, "plumbline-bundled-server");
    } catch (IllegalArgumentException e) {
      throw new Options.UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static Printing printing(String form) throws Options.UsageException {
    return Printing.named(form)
        .orElseThrow(
            () ->
                new Options.UsageException(
                    "machines are printed as text, mermaid or markdown, not as '" + form + "'"));
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

  private static Sources sources(Options options) {
    return Sources.of(System.getenv(), options.config(), options.set());
  }

  private static List<FileResources> files(Options options) throws IOException {
    List<FileResources> files = new ArrayList<>();
    for (Path directory : options.files()) {
      files.add(FileResources.below(directory));
    }
    return files;
  }

  private static ServerCore core(
      Options options,
      List<FileResources> files,
      ServerContext context,
      UnaryOperator<ServerParts> change) {
    String version = Main.class.getPackage().getImplementationVersion();
    ServerCard card =
        new ServerCard(
            "plumbline-bundled-server",
            "Plumbline bundled server",
            version == null ? "development" : version,
            "A server made to be measured; every tool is harmless.");
    McpServer server = options.fixture() ? DemoCatalog.withFixture(card) : DemoCatalog.server(card);
    files.forEach(server::files);
    ServerCore core = new ServerCore(server, context, change, sources(options));
    Hangup.reloads(core.control().configuration());
    return core;
  }

  private static void serveHttp(
      Options options, ServerContext context, UnaryOperator<ServerParts> change)
      throws IOException, InterruptedException, Options.UsageException, HandoverException {
    if (options.handover().isPresent() && options.tls() && options.tlsKeystore().isEmpty()) {
      throw new Options.UsageException(
          "--handover with --tls needs --tls-keystore: a certificate made for one process is not"
              + " that of the next");
    }
    InetAddress host = ControlOptions.address(Flag.HOST, options.host());
    Optional<TlsIdentity> identity = identity(options, names(host, context));
    Network.Listeners listeners =
        new Network.Listeners(options.port(), setup(options, identity), options.tcpPort()).at(host);
    ControlSetup control = ControlOptions.setup(options, System.getenv(), identity);
    List<FileResources> files = files(options);
    HttpServer server =
        options.handover().isPresent()
            ? Succession.serve(
                options.handover().get(),
                context,
                now -> watched(core(options, files, now, change)),
                listeners,
                control,
                () -> Runtime.getRuntime().halt(0))
            : new HttpServer(watched(core(options, files, context, change)), listeners, control);
    onSigterm(server::stop);
    tell(options, server, control);
    Thread.currentThread().join();
  }

  private static ServerCore watched(ServerCore core) {
    core.resources().watchCollector();
    return core;
  }

  private static void tell(Options options, HttpServer server, ControlSetup control)
      throws IOException {
    System.out.println("listening " + server.endpoint());
    System.out.println("control " + server.control());
    server.tcp().ifPresent(address -> System.out.println("listening " + address));
    server.webSocket().ifPresent(address -> System.out.println("listening " + address));
    server.legacySse().ifPresent(address -> System.out.println("listening " + address));
    options.tlsCertOut().ifPresent(file -> System.out.println("certificate " + file));
    tellToken(control, System.out);
    System.out.flush();
  }

  /** Says where the token lies when nobody but this process knows it. */
  private static void tellToken(ControlSetup control, PrintStream out) throws IOException {
    ControlOptions.keep(control.token()).ifPresent(file -> out.println("control-token " + file));
  }

  /** What listens where, as far as the command line says; looked at before anything is begun. */
  private static Exposure exposure(Options options, ServerConfig config)
      throws Options.UsageException {
    InetAddress control = ControlOptions.host(options);
    if (options.stdio()) {
      return Exposure.ofStdio(
          config,
          options.tls(),
          options.controlPort().isPresent() ? Optional.of(control) : Optional.empty());
    }
    return Exposure.of(
        config,
        ControlOptions.address(Flag.HOST, options.host()),
        options.tls(),
        options.tcpPort().isPresent(),
        control,
        options.tls());
  }

  private static HttpSetup setup(Options options, Optional<TlsIdentity> identity) {
    HttpSetup setup =
        HttpSetup.PLAIN.withWebSocket(options.webSocket()).withLegacySse(options.legacySse());
    return identity.map(setup::withTls).orElse(setup);
  }

  /** What a certificate made for this start vouches for besides the loopback names. */
  private static List<String> names(InetAddress host, ServerContext context) {
    List<String> names = new ArrayList<>();
    if (!host.isLoopbackAddress() && !host.isAnyLocalAddress()) {
      names.add("ip:" + host.getHostAddress().replaceFirst("%.*", ""));
    }
    context.config().get().security().allNames().forEach(name -> names.add("dns:" + name));
    return names;
  }

  private static Optional<TlsIdentity> identity(Options options, List<String> names)
      throws IOException {
    if (!options.tls()) {
      return Optional.empty();
    }
    TlsIdentity identity =
        options.tlsKeystore().isPresent()
            ? TlsIdentity.load(options.tlsKeystore().get(), keystorePassword())
            : TlsIdentity.ephemeral(names);
    if (options.tlsCertOut().isPresent()) {
      Files.writeString(options.tlsCertOut().get(), identity.pem());
    }
    return Optional.of(identity);
  }

  /** Never an argument: arguments can be read by everyone on the machine. */
  private static char[] keystorePassword() {
    String password = System.getenv(KEYSTORE_PASSWORD);
    return password == null ? new char[0] : password.toCharArray();
  }

  private static void serveStdio(
      Options options, ServerContext context, UnaryOperator<ServerParts> change)
      throws IOException, InterruptedException, Options.UsageException {
    if (options.handover().isPresent()) {
      throw new Options.UsageException("--handover: there is no port to take over with --stdio");
    }
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    // Nothing but MCP may reach standard output, whoever prints.
    System.setOut(System.err);
    ServerCore core = core(options, files(options), context, change);
    exposure(options, context.config().get()).tell(context.telemetry());
    if (options.controlPort().isPresent()) {
      ControlSetup setup =
          ControlOptions.setup(options, System.getenv(), identity(options, List.of()));
      ControlPort control = new ControlPort(setup, core.control().face());
      System.err.println("control " + HttpServer.control(control));
      tellToken(setup, System.err);
    }
    StdioTransport transport =
        new StdioTransport(
            core.endpoint(),
            core.runner(),
            core.restraint().flows(),
            core.doorway(),
            core.parts().stdioLines(),
            System.in,
            out);
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
