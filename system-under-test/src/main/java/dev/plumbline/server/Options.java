package dev.plumbline.server;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The command line.
 *
 * @param port HTTP port; 0 picks one
 * @param controlPort control port; absent means none (stdio only)
 * @param tcpPort TCP port; absent means none
 * @param webSocket true to take WebSocket connections on the HTTP port
 * @param legacySse true to offer the HTTP+SSE transport of 2024-11-05 on the HTTP port
 * @param tls true to speak TLS on the HTTP port
 * @param tlsKeystore PKCS#12 file with the key; absent means one made for this process
 * @param tlsCertOut where the certificate is written as PEM
 * @param stdio true to speak stdio instead of HTTP
 * @param fixture true to offer what the official suite asks for, too
 * @param mutant name of the planted defect
 * @param listMutants true to print the names and leave
 */
record Options(
    int port,
    OptionalInt controlPort,
    OptionalInt tcpPort,
    boolean webSocket,
    boolean legacySse,
    boolean tls,
    Optional<Path> tlsKeystore,
    Optional<Path> tlsCertOut,
    boolean stdio,
    boolean fixture,
    Optional<String> mutant,
    boolean listMutants) {
  private static final int MAX_PORT = 65_535;

  /** A command line nobody can follow; the message is one line. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  static Options parse(List<String> arguments) throws UsageException {
    int port = 0;
    OptionalInt controlPort = OptionalInt.empty();
    OptionalInt tcpPort = OptionalInt.empty();
    boolean webSocket = false;
    boolean legacySse = false;
    boolean tls = false;
    Optional<Path> tlsKeystore = Optional.empty();
    Optional<Path> tlsCertOut = Optional.empty();
    boolean stdio = false;
    boolean fixture = false;
    Optional<String> mutant = Optional.empty();
    boolean listMutants = false;
    var rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--port" -> port = port(option, value(option, rest));
        case "--control-port" -> controlPort = OptionalInt.of(port(option, value(option, rest)));
        case "--tcp-port" -> tcpPort = OptionalInt.of(port(option, value(option, rest)));
        case "--ws" -> webSocket = true;
        case "--legacy-sse" -> legacySse = true;
        case "--tls" -> tls = true;
        case "--tls-keystore" -> tlsKeystore = Optional.of(path(option, value(option, rest)));
        case "--tls-cert-out" -> tlsCertOut = Optional.of(path(option, value(option, rest)));
        case "--stdio" -> stdio = true;
        case "--fixture" -> fixture = true;
        case "--mutant" -> mutant = Optional.of(value(option, rest));
        case "--list-mutants" -> listMutants = true;
        default ->
            throw new UsageException(
                "unknown option "
                    + option
                    + "; known: --port --control-port --tcp-port --ws --legacy-sse --tls --tls-keystore"
                    + " --tls-cert-out --stdio --fixture --mutant"
                    + " --list-mutants");
      }
    }
    return new Options(
        port,
        controlPort,
        tcpPort,
        webSocket,
        legacySse,
        tls || tlsKeystore.isPresent() || tlsCertOut.isPresent(),
        tlsKeystore,
        tlsCertOut,
        stdio,
        fixture,
        mutant,
        listMutants);
  }

  private static String value(String option, Iterator<String> rest) throws UsageException {
    if (!rest.hasNext()) {
      throw new UsageException(option + " needs a value");
    }
    return rest.next();
  }

  private static Path path(String option, String text) throws UsageException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException(option + " needs a file name, not " + text);
    }
  }

  private static int port(String option, String text) throws UsageException {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Same answer as a number out of range.
    }
    throw new UsageException(option + " needs a port between 0 and " + MAX_PORT + ", not " + text);
  }
}
