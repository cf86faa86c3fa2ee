package dev.plumbline.server.config;

import java.time.Duration;
import java.util.Map;

/**
 * Who may use the server over HTTP: whoever brings an access token of this issuer for this server.
 *
 * @param issuer the identifier of the authorization server, or {@value #OFF}: everybody
 * @param keys the file with its public keys, as a JWK set
 * @param resource what the server is called in tokens, or {@value #ENDPOINT} for the address it
 *     listens at
 * @param servers where clients get tokens, separated by spaces, or {@value #ISSUER}
 * @param scopes what every request needs, separated by spaces, or {@value #NONE}
 * @param features what requests of a feature need beyond that, by what stands before the slash of
 *     their methods, as in {@code tools}
 * @param issuerMetadata the file with the metadata of the issuer, which clients of 2025-03-26 look
 *     for at this server, or {@value #NONE}
 * @param leeway by so much the clock of the issuer may differ
 */
public record AuthorizationSettings(
    String issuer,
    String keys,
    String resource,
    String servers,
    String scopes,
    Map<String, String> features,
    String issuerMetadata,
    @Setting(min = "0s", max = "5m") Duration leeway) {
  /** Everybody. */
  public static final String OFF = "off";

  /** The address that is listened at. */
  public static final String ENDPOINT = "endpoint";

  /** The one that issues. */
  public static final String ISSUER = "issuer";

  /** Nothing. */
  public static final String NONE = "none";

  /** Copies the map. */
  public AuthorizationSettings {
    features = Map.copyOf(features);
  }

  /** Nobody is asked for a token. */
  static AuthorizationSettings off() {
    return new AuthorizationSettings(
        OFF, NONE, ENDPOINT, ISSUER, NONE, Map.of(), NONE, Duration.ofSeconds(5));
  }

  /** True when a token is asked for. */
  public boolean on() {
    return !issuer.equals(OFF);
  }
}
