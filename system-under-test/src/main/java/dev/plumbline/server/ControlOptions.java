package dev.plumbline.server;

import dev.plumbline.server.control.port.ControlSetup;
import dev.plumbline.server.control.port.Token;
import dev.plumbline.server.transport.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** How the command line and the environment want the control port. */
final class ControlOptions {
  /** Environment variable with the token; never an argument, which everyone can read. */
  static final String TOKEN_VARIABLE = "PLUMBLINE_CONTROL_TOKEN";

  private ControlOptions() {}

  /**
   * The control port that was asked for.
   *
   * @throws Options.UsageException when it cannot be offered so
   */
  static ControlSetup setup(
      Options options, Map<String, String> environment, Optional<TlsIdentity> identity)
      throws Options.UsageException {
    Token token = token(options, environment);
    InetAddress host = host(options);
    if (!host.isLoopbackAddress() && !token.given()) {
      throw new Options.UsageException(
          Flag.CONTROL_HOST.text()
              + " beyond this machine needs a token: set "
              + TOKEN_VARIABLE
              + " or "
              + Flag.CONTROL_TOKEN_FILE.text());
    }
    ControlSetup setup =
        new ControlSetup(host, options.controlPort().orElse(0), token, options.failpoints());
    // On loopback it stays as scripts of this machine know it.
    return host.isLoopbackAddress()
        ? setup
        : identity.map(tls -> setup.withTls(tls.http1())).orElse(setup);
  }

  /** Where the control port listens. */
  static InetAddress host(Options options) throws Options.UsageException {
    return address(Flag.CONTROL_HOST, options.controlHost());
  }

  private static Token token(Options options, Map<String, String> environment)
      throws Options.UsageException {
    Optional<Path> file = options.controlTokenFile();
    String text = environment.getOrDefault(TOKEN_VARIABLE, "");
    try {
      if (file.isPresent()) {
        return Token.in(file.get());
      }
      return text.isEmpty() ? Token.made() : Token.given(text);
    } catch (IOException e) {
      throw new Options.UsageException(
          Flag.CONTROL_TOKEN_FILE.text() + " " + file.orElseThrow() + " cannot be read");
    } catch (IllegalArgumentException e) {
      throw new Options.UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** An address and no name: what a name means may change, and looking it up takes time. */
  static InetAddress address(Flag flag, Optional<String> address) throws Options.UsageException {
    if (address.isEmpty() || address.get().equals("localhost")) {
      return InetAddress.getLoopbackAddress();
    }
    try {
      return InetAddress.ofLiteral(address.get());
    } catch (IllegalArgumentException e) {
      throw new Options.UsageException(
          flag.text() + " needs an address such as 127.0.0.1, not " + address.get());
    }
  }

  /** Where a token that was made for this process lies; a given one is known already. */
  static Optional<Path> keep(Token token) throws IOException {
    if (token.given()) {
      return Optional.empty();
    }
    Path file = token.keep();
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("token").unstarted(() -> delete(file)));
    return Optional.of(file);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The token is worth nothing once its process has ended.
      return;
    }
  }
}
