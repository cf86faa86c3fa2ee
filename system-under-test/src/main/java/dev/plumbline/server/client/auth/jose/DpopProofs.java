package dev.plumbline.server.client.auth.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Proofs that we hold the key a token is bound to (RFC 9449), one fresh proof for every request,
 * with the nonce its receiver asked for last. The key lives as long as this object.
 */
public final class DpopProofs {
  /** The one algorithm of our proofs. */
  public static final String ALGORITHM = SigningKey.Algorithm.ES256.name();

  private static final int MAX_ORIGINS = 64;
  private static final int MAX_NONCE_LENGTH = 1_024;

  private final InstantSource clock;
  private final SigningKey.Pair pair = SigningKey.generate();
  private final Map<String, String> nonces =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
              return size() > MAX_ORIGINS;
            }
          });

  /** With a new key. */
  public DpopProofs(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * A proof for one request.
   *
   * @param accessToken the token sent along with it, or null at the token endpoint
   */
  public String proof(String httpMethod, URI url, @Nullable String accessToken) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("htm", httpMethod);
    claims.put("htu", withoutQuery(url));
    claims.put("iat", clock.instant().getEpochSecond());
    if (accessToken != null) {
      claims.put("ath", hash(accessToken));
    }
    String nonce = nonces.get(origin(url));
    if (nonce != null) {
      claims.put("nonce", nonce);
    }
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("typ", "dpop+jwt");
    header.put("jwk", pair.publicJwk());
    return Jwt.sign(pair.key(), header, claims);
  }

  /**
   * Keeps the nonce a server sent for the next proof to it.
   *
   * @return false when it is the one it already had, or no nonce
   */
  public boolean nonce(URI from, String nonce) {
    if (nonce.isEmpty() || nonce.length() > MAX_NONCE_LENGTH) {
      return false;
    }
    return !nonce.equals(nonces.put(origin(from), nonce));
  }

  private static String origin(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  /** RFC 9449 §4.2: neither query nor fragment. */
  private static String withoutQuery(URI url) {
    return origin(url) + (url.getRawPath() == null ? "" : url.getRawPath());
  }

  private static String hash(String token) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
