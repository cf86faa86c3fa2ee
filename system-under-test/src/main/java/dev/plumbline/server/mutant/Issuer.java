package dev.plumbline.server.mutant;

import dev.plumbline.server.client.auth.jose.Jwt;
import dev.plumbline.server.client.auth.jose.SigningKey;
import dev.plumbline.server.config.AuthorizationSettings;
import dev.plumbline.server.protocol.JsonLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An authorization server of a test: one key, and whatever tokens are wanted. */
public final class Issuer {
  /** What it is called. */
  public static final String NAME = "https://issuer.plumbline.invalid";

  /** What every request needs at a server that believes it. */
  public static final String USE = "mcp:use";

  /** What tools need beyond that. */
  public static final String CALL = "mcp:call";

  /** Includes both. */
  public static final String ALL = "mcp";

  private static final Duration LIFE = Duration.ofHours(2);
  private static final String KEY_ID = "one";

  private final SigningKey.Pair pair = SigningKey.generate();
  private final Path keys;
  private final Path metadata;

  /** With a new key, whose public half lies in a temporary file, as its metadata do. */
  public Issuer() throws IOException {
    Map<String, Object> key = new LinkedHashMap<>(pair.publicJwk());
    key.put("kid", KEY_ID);
    keys = file(Map.of("keys", List.of(key)));
    metadata =
        file(
            Map.of(
                "issuer",
                NAME,
                "authorization_endpoint",
                NAME + "/authorize",
                "token_endpoint",
                NAME + "/token",
                "registration_endpoint",
                NAME + "/register",
                "response_types_supported",
                List.of("code"),
                "code_challenge_methods_supported",
                List.of("S256")));
  }

  private static Path file(Map<String, Object> content) throws IOException {
    Path file = Files.createTempFile("plumbline-issuer-", ".json");
    file.toFile().deleteOnExit();
    return Files.writeString(file, JsonLimits.mapper().writeValueAsString(content));
  }

  /** The settings of a server that believes it. */
  public AuthorizationSettings settings() {
    return new AuthorizationSettings(
        NAME,
        keys.toString(),
        AuthorizationSettings.ENDPOINT,
        AuthorizationSettings.ISSUER,
        USE,
        Map.of("tools", CALL),
        metadata.toString(),
        Duration.ofSeconds(5));
  }

  /** The claims of a lawful token. */
  public static Map<String, Object> claims(String subject, String audience, String scopes) {
    Instant now = Instant.now();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", NAME);
    claims.put("sub", subject);
    claims.put("aud", audience);
    claims.put("scope", scopes);
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(LIFE).getEpochSecond());
    return claims;
  }

  /** A token. */
  public String token(Map<String, Object> claims) {
    return Jwt.sign(pair.key(), Map.of("typ", "at+jwt", "kid", KEY_ID), claims);
  }

  /** A token of these claims. */
  public String token(String subject, String audience, String scopes) {
    return token(claims(subject, audience, scopes));
  }
}
