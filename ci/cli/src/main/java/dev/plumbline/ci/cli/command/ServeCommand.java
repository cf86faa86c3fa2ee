package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.ci.cli.run.Foreground;
import dev.plumbline.conformance.target.Installation;
import dev.plumbline.evidence.model.HarnessException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumbline serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Start the bundled MCP server and say where it listens; SIGTERM drains it.")
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8931",
      description = "Where MCP is spoken; 0 picks a free port (default: 8931).")
  private int port = 8931;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Listen here (default: 127.0.0.1, this machine only); other addresses need --tls-keystore"
              + " and authorization in the settings.")
  private @Nullable String host;

  @Option(
      names = "--control-port",
      paramLabel = "PORT",
      defaultValue = "8932",
      description =
          "Where the control plane and the dashboard answer; 0 picks a free port (default: 8932).")
  private int controlPort = 8932;

  @Option(
      names = "--control-host",
      paramLabel = "ADDRESS",
      description =
          "The address of the control port (default: this machine only); others need TLS and a token"
              + " given in PLUMBLINE_CONTROL_TOKEN or by --control-token-file.")
  private @Nullable String controlHost;

  @Option(
      names = "--control-token-file",
      paramLabel = "FILE",
      description = "Holds the token the control port asks for; without one, one is made.")
  private @Nullable String controlTokenFile;

  @Option(
      names = "--store",
      paramLabel = "URL",
      description =
          "Keep sessions here: memory (default), file:PATH, or"
              + " jdbc:postgresql://USER@HOST/DATABASE.")
  private @Nullable String store;

  @Option(
      names = "--handover",
      paramLabel = "PATH",
      description =
          "Take over port, connections and sessions from the server that runs with the same PATH,"
              + " and let the next one do so: a socket in a folder only you can enter (Linux).")
  private @Nullable String handover;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings (YAML), read again at SIGHUP; samples/config names them all.")
  private @Nullable String config;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "One setting, such as queues.caps.session=20000; wins over the file.")
  private List<String> settings = new ArrayList<>();

  @Option(names = "--check-config", description = "Check the settings and leave.")
  private boolean checkConfig;

  @Option(
      names = "--failpoints",
      description = "Let the control port break things on purpose, for experiments.")
  private boolean failpoints;

  @Option(names = "--stdio", description = "Speak over stdin and stdout instead of HTTP.")
  private boolean stdio;

  @Option(
      names = "--tcp-port",
      paramLabel = "PORT",
      description = "Speak newline-delimited JSON over TCP here as well; 0 picks a free port.")
  private @Nullable Integer tcpPort;

  @Option(names = "--ws", description = "Speak WebSocket at /ws of the HTTP port as well.")
  private boolean webSocket;

  @Option(
      names = "--tls",
      description = "Speak HTTPS, HTTP/2 by ALPN, with a certificate made for this start.")
  private boolean tls;

  @Option(
      names = "--tls-keystore",
      paramLabel = "FILE",
      description = "Use this PKCS#12 key store; its password is in PLUMBLINE_TLS_PASSWORD.")
  private @Nullable String tlsKeystore;

  @Option(
      names = "--tls-cert-out",
      paramLabel = "FILE",
      description = "Write the certificate here (PEM), for clients to trust.")
  private @Nullable String tlsCertOut;

  @Option(names = "--legacy-sse", description = "Serve HTTP+SSE of 2024-11-05 at /sse as well.")
  private boolean legacySse;

  @Option(
      names = "--fixture",
      description = "Offer the tools, resources and prompts the official suite expects as well.")
  private boolean fixture;

  @Option(
      names = "--mutant",
      paramLabel = "NAME",
      description = "Start with this planted defect; --list-mutants names them.")
  private @Nullable String mutant;

  @Option(names = "--list-mutants", description = "Print the planted defects there are.")
  private boolean listMutants;

  @Override
  public Integer call() throws UsageException, HarnessException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    if (listMutants) {
      arguments.add("--list-mutants");
    } else {
      if (stdio) {
        arguments.add("--stdio");
      } else {
        arguments.addAll(List.of("--port", port("--port", port)));
      }
      arguments.addAll(List.of("--control-port", port("--control-port", controlPort)));
      wires(arguments);
      control(arguments);
      sessions(arguments);
      if (fixture) {
        arguments.add("--fixture");
      }
      if (mutant != null) {
        arguments.addAll(List.of("--mutant", mutant));
      }
    }
    return Foreground.run(Installation.current(), Foreground.SERVER, arguments);
  }

  private void control(List<String> arguments) {
    if (controlHost != null) {
      arguments.addAll(List.of("--control-host", controlHost));
    }
    if (controlTokenFile != null) {
      arguments.addAll(List.of("--control-token-file", controlTokenFile));
    }
    if (config != null) {
      arguments.addAll(List.of("--config", config));
    }
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    if (checkConfig) {
      arguments.add("--check-config");
    }
    if (failpoints) {
      arguments.add("--failpoints");
    }
  }

  private void sessions(List<String> arguments) throws UsageException {
    if (store != null) {
      arguments.addAll(List.of("--store", store));
    }
    if (handover != null) {
      if (stdio) {
        throw new UsageException("--handover: there is no port to take over with --stdio");
      }
      arguments.addAll(List.of("--handover", handover));
    }
  }

  private void wires(List<String> arguments) throws UsageException {
    if (host != null) {
      arguments.addAll(List.of("--host", host));
    }
    if (tcpPort != null) {
      arguments.addAll(List.of("--tcp-port", port("--tcp-port", tcpPort)));
    }
    if (webSocket) {
      arguments.add("--ws");
    }
    if (tls) {
      arguments.add("--tls");
    }
    if (tlsKeystore != null) {
      arguments.addAll(List.of("--tls-keystore", tlsKeystore));
    }
    if (tlsCertOut != null) {
      arguments.addAll(List.of("--tls-cert-out", tlsCertOut));
    }
    if (legacySse) {
      arguments.add("--legacy-sse");
    }
  }

  private static String port(String option, int port) throws UsageException {
    if (port < 0 || port > 65_535) {
      throw new UsageException(option + ": " + port + " is not a port; use 0 to 65535");
    }
    return Integer.toString(port);
  }
}
