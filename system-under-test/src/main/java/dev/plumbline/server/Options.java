package dev.plumbline.server;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The command line: what was said, by {@link Flag}; the last word about an option counts. */
final class Options {
  private static final int MAX_PORT = 65_535;

  private final Map<Flag, List<String>> said;

  private Options(Map<Flag, List<String>> said) {
    this.said = said;
  }

  /** A command line nobody can follow; the message is one line. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  static Options parse(List<String> arguments) throws UsageException {
    Map<Flag, List<String>> said = new EnumMap<>(Flag.class);
    var rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      Flag flag =
          Flag.named(option)
              .orElseThrow(
                  () ->
                      new UsageException("unknown option " + option + "; known: " + Flag.names()));
      List<String> values = said.computeIfAbsent(flag, _ -> new ArrayList<>());
      if (flag.takes() != Flag.Takes.NOTHING) {
        if (!rest.hasNext()) {
          throw new UsageException(option + " needs a value");
        }
        values.add(checked(flag, rest.next()));
      }
    }
    return new Options(said);
  }

  private static String checked(Flag flag, String value) throws UsageException {
    return switch (flag.takes()) {
      case NOTHING, TEXT -> value;
      case PORT -> {
        if (!isPort(value)) {
          throw new UsageException(
              flag.text() + " needs a port between 0 and " + MAX_PORT + ", not " + value);
        }
        yield value;
      }
      case FILE -> {
        if (!isPath(value)) {
          throw new UsageException(flag.text() + " needs a file name, not " + value);
        }
        yield value;
      }
    };
  }

  private static boolean isPort(String text) {
    try {
      int port = Integer.parseInt(text);
      return port >= 0 && port <= MAX_PORT;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isPath(String text) {
    try {
      return !Path.of(text).toString().isEmpty();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private boolean has(Flag flag) {
    return said.containsKey(flag);
  }

  private List<String> all(Flag flag) {
    return List.copyOf(said.getOrDefault(flag, List.of()));
  }

  private Optional<String> last(Flag flag) {
    List<String> values = all(flag);
    return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
  }

  private Optional<Path> file(Flag flag) {
    return last(flag).map(Path::of);
  }

  private OptionalInt number(Flag flag) {
    return last(flag)
        .map(text -> OptionalInt.of(Integer.parseInt(text)))
        .orElse(OptionalInt.empty());
  }

  /** HTTP port; 0 picks one. */
  int port() {
    return number(Flag.PORT).orElse(0);
  }

  /** Where HTTP and TCP listen; absent means loopback. */
  Optional<String> host() {
    return last(Flag.HOST);
  }

  /** Control port; absent means none (stdio only). */
  OptionalInt controlPort() {
    return number(Flag.CONTROL_PORT);
  }

  /** Where the control port listens; absent means loopback. */
  Optional<String> controlHost() {
    return last(Flag.CONTROL_HOST);
  }

  /** The file with the token of the control port. */
  Optional<Path> controlTokenFile() {
    return file(Flag.CONTROL_TOKEN_FILE);
  }

  /** TCP port; absent means none. */
  OptionalInt tcpPort() {
    return number(Flag.TCP_PORT);
  }

  /** True to take WebSocket connections on the HTTP port. */
  boolean webSocket() {
    return has(Flag.WEB_SOCKET);
  }

  /** True to offer the HTTP+SSE transport of 2024-11-05 on the HTTP port. */
  boolean legacySse() {
    return has(Flag.LEGACY_SSE);
  }

  /** True to speak TLS on the HTTP port. */
  boolean tls() {
    return has(Flag.TLS) || has(Flag.TLS_KEYSTORE) || has(Flag.TLS_CERT_OUT);
  }

  /** PKCS#12 file with the key; absent means one made for this process. */
  Optional<Path> tlsKeystore() {
    return file(Flag.TLS_KEYSTORE);
  }

  /** Where the certificate is written as PEM. */
  Optional<Path> tlsCertOut() {
    return file(Flag.TLS_CERT_OUT);
  }

  /** True to speak stdio instead of HTTP. */
  boolean stdio() {
    return has(Flag.STDIO);
  }

  /** True to offer what the official suite asks for, too. */
  boolean fixture() {
    return has(Flag.FIXTURE);
  }

  /** The directories whose files are resources, in the order they were given. */
  List<Path> files() {
    return all(Flag.FILES).stream().map(Path::of).toList();
  }

  /** The file with the settings. */
  Optional<Path> config() {
    return file(Flag.CONFIG);
  }

  /** Where a new process finds the one that runs; absent means it cannot. */
  Optional<Path> handover() {
    return file(Flag.HANDOVER);
  }

  /** Single settings, each {@code path=value}, in the order they were given. */
  List<String> set() {
    return Stream.concat(
            all(Flag.SET).stream(),
            all(Flag.STORE).stream().map(store -> "sessions.store=" + store))
        .toList();
  }

  /** True to look at the settings and leave. */
  boolean checkConfig() {
    return has(Flag.CHECK_CONFIG);
  }

  /** True when the control port may break things on purpose. */
  boolean failpoints() {
    return has(Flag.FAILPOINTS);
  }

  /** Name of the planted defect. */
  Optional<String> mutant() {
    return last(Flag.MUTANT);
  }

  /** True to print the names of the mutants and leave. */
  boolean listMutants() {
    return has(Flag.LIST_MUTANTS);
  }

  /** The form in which the tables of all lifecycles are to be printed. */
  Optional<String> machines() {
    return last(Flag.MACHINES);
  }
}
