package dev.plumbline.conformance.target;

import dev.plumbline.conformance.wire.ChildProcess;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.HttpConversation;
import dev.plumbline.conformance.wire.Recorder;
import dev.plumbline.conformance.wire.Redactor;
import dev.plumbline.conformance.wire.StdioConversation;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The bundled server: one process that serves HTTP/1.1, TCP and WebSocket, one more with TLS once
 * HTTP/2 is spoken, and one more for each stdio conversation.
 */
final class BundledTarget implements Target {
  /** How long the server may take to say where it listens. */
  static final Duration START_DEADLINE = Duration.ofSeconds(20);

  /** How long the server may take to drain when it is asked to end. */
  static final Duration DRAIN_DEADLINE = Duration.ofSeconds(5);

  /** What an exit status is above when a signal ended the process, as in a shell. */
  private static final int SIGNALLED = 128;

  private static final String LISTENING = "listening ";
  private static final String CONTROL = "control ";

  /** Rules run over the first of these they apply to. */
  private static final List<Transport> OFFERED =
      List.of(Transport.HTTP, Transport.STDIO, Transport.HTTP2, Transport.TCP, Transport.WEBSOCKET);

  private final Path jars;
  private final BundledOptions options;
  private final Map<String, String> digests;
  private final Processes processes = new Processes();
  private final ChildProcess server;
  private final UrlTarget http;
  private final URI control;
  private final Map<Transport, Target> sockets = new EnumMap<>(Transport.class);
  private @Nullable TlsServer tls;

  BundledTarget(Installation installation, BundledOptions options)
      throws TargetException, HarnessException, InterruptedException {
    this.jars = installation.server();
    this.options = options;
    this.digests = Digests.of(jars(jars));
    List<String> arguments = new ArrayList<>(List.of("--port", "0", "--control-port", "0"));
    if (options.transports().contains(Transport.TCP)) {
      arguments.addAll(List.of("--tcp-port", "0"));
    }
    if (options.transports().contains(Transport.WEBSOCKET)) {
      arguments.add("--ws");
    }
    common(arguments);
    this.server = start(ServerCommand.of(jars, options.jvmArguments(), arguments));
    boolean started = false;
    try {
      this.http = plain(address(LISTENING));
      this.control = address(CONTROL);
      for (Transport socket : List.of(Transport.TCP, Transport.WEBSOCKET)) {
        if (options.transports().contains(socket)) {
          sockets.put(socket, plain(address(LISTENING)));
        }
      }
      started = true;
    } finally {
      if (!started) {
        server.close();
      }
    }
  }

  private static UrlTarget plain(URI url) {
    return new UrlTarget(url, Optional.empty(), List.of(), Credentials.NONE);
  }

  private static List<Path> jars(Path folder) throws HarnessException {
    String advice =
        "the bundled server is not built: " + folder + " holds no jars; run mvn package";
    if (!Files.isDirectory(folder)) {
      throw new HarnessException(advice);
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found =
          files.filter(f -> f.getFileName().toString().endsWith(".jar")).sorted().toList();
      if (found.isEmpty()) {
        throw new HarnessException(advice);
      }
      return found;
    } catch (IOException e) {
      throw new HarnessException(advice, e);
    }
  }

  private void common(List<String> arguments) {
    options.mutant().ifPresent(name -> arguments.addAll(List.of("--mutant", name)));
    if (options.fixture()) {
      arguments.add("--fixture");
    }
    // Measurements and walks ask faster in one session than a client may (C10); whoever looks at
    // the rate itself starts a server of its own.
    arguments.addAll(List.of("--set", "rate.kind=off"));
  }

  private ChildProcess start(List<String> command) throws HarnessException {
    try {
      return processes.add(ChildProcess.start(command));
    } catch (IOException e) {
      throw new HarnessException("the bundled server cannot be started: " + e.getMessage(), e);
    }
  }

  private URI address(String prefix)
      throws TargetException, HarnessException, InterruptedException {
    return address(server, prefix);
  }

  /** Reads one of the lines that say where a server listens. */
  private static URI address(ChildProcess server, String prefix)
      throws TargetException, HarnessException, InterruptedException {
    Optional<String> line = server.nextLine(START_DEADLINE);
    if (line.isPresent() && line.get().startsWith(prefix)) {
      return URI.create(line.get().substring(prefix.length()).strip());
    }
    if (line.isEmpty() && server.awaitEnd(Duration.ofMillis(500))) {
      String said = server.stderr().text().lines().reduce((a, b) -> b).orElse("nothing said");
      if (server.exitCode().orElse(0) == 2) {
        // The server refuses its options, such as an unknown mutant, with exit code 2.
        throw new TargetException("the bundled server refused to start: " + said);
      }
      throw new HarnessException("the bundled server ended at once: " + said);
    }
    throw new HarnessException(
        "the bundled server did not say '" + prefix + "…' but " + line.orElse("nothing"));
  }

  @Override
  public TargetIdentity.Kind kind() {
    return TargetIdentity.Kind.BUNDLED;
  }

  @Override
  public String address() {
    return http.address();
  }

  @Override
  public List<Transport> transports() {
    return OFFERED.stream().filter(options.transports()::contains).toList();
  }

  @Override
  public Map<String, String> digests() {
    return digests;
  }

  @Override
  public Redactor redactor() {
    return Redactor.NONE;
  }

  @Override
  public Conversation converse(Era era, Transport transport, Recorder recorder)
      throws TargetException, HarnessException {
    if (!transports().contains(transport)) {
      throw new TargetException("the bundled server was not asked to offer " + transport.id());
    }
    return switch (transport) {
      case HTTP -> http.converse(era, transport, recorder);
      case HTTP2 -> {
        TlsServer secured = tls();
        yield HttpConversation.overHttp2(
            era, secured.url(), secured.trust(), List.of(), recorder, Redactor.NONE);
      }
      case STDIO -> {
        List<String> arguments = new ArrayList<>(List.of("--stdio"));
        common(arguments);
        ChildProcess process = start(ServerCommand.shortLived(jars, arguments));
        yield new StdioConversation(era, process, recorder, Redactor.NONE);
      }
      case TCP, WEBSOCKET ->
          Objects.requireNonNull(sockets.get(transport)).converse(era, transport, recorder);
    };
  }

  private synchronized TlsServer tls() throws TargetException, HarnessException {
    if (tls == null) {
      Path certificate = null;
      try {
        certificate = Files.createTempFile("plumbline", ".pem");
        List<String> arguments =
            new ArrayList<>(
                List.of("--port", "0", "--tls", "--tls-cert-out", certificate.toString()));
        common(arguments);
        ChildProcess process = start(ServerCommand.of(jars, options.jvmArguments(), arguments));
        URI url = address(process, LISTENING);
        tls = new TlsServer(process, url, TlsServer.trusting(certificate));
      } catch (IOException e) {
        throw new HarnessException("cannot keep the server's certificate: " + e.getMessage(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new HarnessException("stopped while the server with TLS was starting", e);
      } finally {
        forget(certificate);
      }
    }
    return tls;
  }

  /** Deletes what may be there; what cannot be deleted is left. */
  static void forget(@Nullable Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // Nothing secret: a certificate, half a cache. Their folders are emptied some day.
        return;
      }
    }
  }

  @Override
  public Target through(InetSocketAddress dial) {
    return http.through(dial);
  }

  @Override
  public Optional<URI> url() {
    return http.url();
  }

  @Override
  public Optional<URI> control() {
    return Optional.of(control);
  }

  @Override
  public OptionalLong pid() {
    return OptionalLong.of(server.pid());
  }

  @Override
  public Optional<String> killed() {
    OptionalInt code = server.exitCode();
    return code.isPresent() && code.getAsInt() > SIGNALLED
        ? Optional.of(
            "the bundled server (process "
                + server.pid()
                + ") was killed from outside by signal "
                + (code.getAsInt() - SIGNALLED))
        : Optional.empty();
  }

  @Override
  public void close() {
    server.terminate();
    try {
      server.awaitEnd(DRAIN_DEADLINE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    processes.close();
  }
}
