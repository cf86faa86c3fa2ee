package dev.plumbline.conformance.target;

import dev.plumbline.conformance.wire.SocketConversation;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Transport;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The three ways to name a target. */
public final class Targets {
  private Targets() {}

  /**
   * A server that is reached over HTTP, TCP or a WebSocket, as the scheme says. Nothing is sent
   * yet.
   *
   * @throws TargetException when the URL cannot be one; one line
   */
  public static Target url(URI url, List<HeaderTemplate> headers) throws TargetException {
    return url(url, headers, Credentials.NONE);
  }

  /**
   * The same with further tokens, for servers that ask for one.
   *
   * @throws TargetException when the URL cannot be one; one line
   */
  public static Target url(URI url, List<HeaderTemplate> headers, Credentials prepared)
      throws TargetException {
    String scheme = url.getScheme();
    Optional<Transport> duplex = SocketConversation.transport(url);
    if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme) && duplex.isEmpty()) {
      throw new TargetException(
          "--url needs http://, https://, tcp://, ws:// or wss://, as in"
              + " http://127.0.0.1:3000/mcp, not "
              + url);
    }
    if (url.getHost() == null) {
      throw new TargetException("--url has no host: " + url);
    }
    if (url.getRawUserInfo() != null) {
      throw new TargetException(
          "--url must not hold credentials; use --header 'Authorization: ${ENV_VAR}' instead");
    }
    boolean tcp = duplex.filter(Transport.TCP::equals).isPresent();
    if (tcp && url.getPort() < 0) {
      throw new TargetException("--url " + url + " needs a port, as in tcp://127.0.0.1:9000");
    }
    if (tcp && !headers.isEmpty()) {
      throw new TargetException("--header needs HTTP or a WebSocket: TCP carries no headers");
    }
    return new UrlTarget(url, Optional.empty(), headers, prepared);
  }

  /**
   * A server that is started and reached over its standard streams. Nothing is started yet.
   *
   * @throws TargetException when there is no such command; one line
   */
  public static Target command(List<String> command) throws TargetException, HarnessException {
    return command(command, Map.of());
  }

  /**
   * The same with more environment.
   *
   * @param environment values by name; <code>${NAME}</code> in a value is read from this process's
   *     environment, and never written anywhere
   * @throws TargetException when there is no such command, or no such variable; one line
   */
  public static Target command(List<String> command, Map<String, String> environment)
      throws TargetException, HarnessException {
    return new CommandTarget(command, environment);
  }

  /**
   * The bundled server, started now, reached over what the options ask for.
   *
   * @throws TargetException when it refuses its options, such as an unknown mutant
   * @throws HarnessException when it is not built or does not start
   */
  public static Target bundled(Installation installation, BundledOptions options)
      throws TargetException, HarnessException, InterruptedException {
    return new BundledTarget(installation, options);
  }
}
