package dev.plumbline.ci.cli.config;

import dev.plumbline.conformance.target.Credentials;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which server the user wants judged. */
public sealed interface TargetChoice {
  /** What a server can be reached over by URL. */
  Set<String> SCHEMES = Set.of("http", "https", "tcp", "ws", "wss");

  /**
   * A server somebody else runs.
   *
   * @param url where its MCP endpoint is; http, https, tcp, ws or wss
   * @param headers sent with every request, as {@code Name: ${ENV_VAR}}
   * @param credentials further tokens to judge authorization with, as {@code ${ENV_VAR}}
   */
  record Url(URI url, List<String> headers, Map<Credentials.Kind, String> credentials)
      implements TargetChoice {
    /** Copies the collections. */
    public Url {
      headers = List.copyOf(headers);
      credentials = Map.copyOf(credentials);
    }

    /** Without further tokens. */
    public Url(URI url, List<String> headers) {
      this(url, headers, Map.of());
    }
  }

  /**
   * A command that Plumbline starts and speaks to over stdin and stdout.
   *
   * @param command the program and its arguments, at least one word
   * @param environment more environment, as {@code NAME: ${ENV_VAR}}
   */
  record Command(List<String> command, Map<String, String> environment) implements TargetChoice {
    /** Copies the collections. */
    public Command {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }

    /** With the environment as it is. */
    public Command(List<String> command) {
      this(command, Map.of());
    }
  }

  /**
   * The server that comes with Plumbline.
   *
   * @param mutant the planted defect to start it with, or null for none
   */
  record Bundled(@Nullable String mutant) implements TargetChoice {}

  /**
   * Parses a target URL.
   *
   * @throws UsageException when it is not an absolute URL of a scheme that can be spoken
   */
  static URI parseUrl(String text) throws UsageException {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("'" + text + "' is not a URL; use http://HOST:PORT/PATH", e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme) || uri.getHost() == null) {
      throw new UsageException(
          "'" + text + "' is not a web URL; use http://HOST:PORT/PATH, tcp://HOST:PORT or ws://…");
    }
    if (scheme.equals("tcp") && uri.getPort() < 0) {
      throw new UsageException("'" + text + "' has no port; use tcp://HOST:PORT");
    }
    if (uri.getUserInfo() != null) {
      // Credentials in a URL end in logs and in the evidence; a header template never does.
      throw new UsageException(
          "the URL carries credentials; remove them and use --header 'Authorization: ${ENV_VAR}'");
    }
    return uri;
  }
}
