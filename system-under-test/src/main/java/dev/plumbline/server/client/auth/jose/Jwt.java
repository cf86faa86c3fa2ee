package dev.plumbline.server.client.auth.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plumbline.server.protocol.JsonLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Makes signed tokens in the compact form (RFC 7515 §7.1). */
public final class Jwt {
  /** How long a client assertion is good for; it is used at once. */
  private static final Duration ASSERTION_LIFE = Duration.ofMinutes(5);

  private Jwt() {}

  /**
   * Proves to an authorization server that we are the client (RFC 7523 §3).
   *
   * @param audience the issuer identifier of the authorization server
   */
  public static String clientAssertion(
      SigningKey key, String clientId, String audience, Instant now) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", clientId);
    claims.put("sub", clientId);
    claims.put("aud", audience);
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(ASSERTION_LIFE).getEpochSecond());
    claims.put("jti", UUID.randomUUID().toString());
    return sign(key, Map.of("typ", "JWT"), claims);
  }

  /**
   * A token with these members in its header, beside the algorithm of the key, and these claims.
   */
  public static String sign(
      SigningKey key, Map<String, Object> header, Map<String, Object> claims) {
    Map<String, Object> full = new LinkedHashMap<>(header);
    full.put("alg", key.algorithm());
    String content = part(full) + "." + part(claims);
    return content + "." + encode(key.sign(content.getBytes(US_ASCII)));
  }

  private static String part(Map<String, Object> object) {
    return encode(JsonLimits.mapper().writeValueAsString(object).getBytes(UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
