package dev.plumbline.server.access;

import dev.plumbline.server.client.auth.jose.SigningKey.Algorithm;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import tools.jackson.databind.JsonNode;

/**
 * A public key with the one algorithm it verifies (RFC 7517, RFC 7518 §6).
 *
 * @param id what tokens call it; empty when it has no name
 * @param algorithm the one algorithm of its signatures
 * @param key the key
 */
record VerifyingKey(String id, Algorithm algorithm, PublicKey key) {
  private static final int LEAST_RSA_BITS = 2_048;
  private static final int MOST_RSA_BITS = 8_192;
  private static final int ED25519_BYTES = 32;

  /**
   * The key of a JWK.
   *
   * @throws UnusableFileException when it is none that can be used here
   */
  static VerifyingKey of(JsonNode jwk) {
    if (jwk.has("d") || jwk.has("k")) {
      throw new UnusableFileException("a key of the set is secret; publish the public half only");
    }
    String kind = jwk.path("kty").asString("") + " " + jwk.path("crv").asString("");
    try {
      VerifyingKey key =
          switch (kind.strip()) {
            case "EC P-256" -> elliptic(jwk, Algorithm.ES256, "secp256r1");
            case "EC P-384" -> elliptic(jwk, Algorithm.ES384, "secp384r1");
            case "OKP Ed25519" -> edwards(jwk);
            case "RSA" -> rsa(jwk);
            default ->
                throw new UnusableFileException(
                    "a key of the set is of kind " + kind.strip() + "; use EC, OKP or RSA");
          };
      String named = jwk.path("alg").asString(key.algorithm().name());
      if (!named.equals(key.algorithm().name())) {
        throw new UnusableFileException("a key of the set is for " + named + ", which is not used");
      }
      return key;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new UnusableFileException("a key of the set is malformed: " + kind.strip());
    }
  }

  private static VerifyingKey elliptic(JsonNode jwk, Algorithm algorithm, String curve)
      throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(curve));
    ECPoint point = new ECPoint(number(jwk, "x"), number(jwk, "y"));
    return made(
        jwk,
        algorithm,
        new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
  }

  /** RFC 8032 §5.1.2: little-endian, the highest bit tells of the other coordinate. */
  private static VerifyingKey edwards(JsonNode jwk) throws GeneralSecurityException {
    byte[] bytes = Base64Text.bytes(jwk.path("x").asString(""));
    if (bytes.length != ED25519_BYTES) {
      throw new IllegalArgumentException("length");
    }
    byte[] big = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      big[i] = bytes[bytes.length - 1 - i];
    }
    boolean odd = big[0] < 0;
    big[0] &= 0x7f;
    return made(
        jwk,
        Algorithm.EdDSA,
        new EdECPublicKeySpec(
            NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, big))));
  }

  private static VerifyingKey rsa(JsonNode jwk) throws GeneralSecurityException {
    BigInteger modulus = number(jwk, "n");
    if (modulus.bitLength() < LEAST_RSA_BITS || modulus.bitLength() > MOST_RSA_BITS) {
      throw new UnusableFileException(
          "an RSA key of the set has " + modulus.bitLength() + " bits; use 2048 to 8192");
    }
    return made(jwk, Algorithm.RS256, new RSAPublicKeySpec(modulus, number(jwk, "e")));
  }

  private static VerifyingKey made(JsonNode jwk, Algorithm algorithm, KeySpec spec)
      throws GeneralSecurityException {
    PublicKey key = KeyFactory.getInstance(algorithm.family()).generatePublic(spec);
    return new VerifyingKey(jwk.path("kid").asString(""), algorithm, key);
  }

  private static BigInteger number(JsonNode jwk, String member) {
    byte[] bytes = Base64Text.bytes(jwk.path(member).asString(""));
    if (bytes.length == 0) {
      throw new IllegalArgumentException(member);
    }
    return new BigInteger(1, bytes);
  }

  /** True when the signature is this key's. */
  boolean verifies(byte[] content, byte[] signature) {
    return algorithm.verifies(key, content, signature);
  }
}
