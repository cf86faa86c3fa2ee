package dev.plumbline.server.client.auth.jose;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A private key with the one algorithm it signs with (RFC 7518 §3). Never shows the key. */
public final class SigningKey {
  private static final int P256_BYTES = 32;

  private final PrivateKey key;
  private final Algorithm algorithm;

  private SigningKey(PrivateKey key, Algorithm algorithm) {
    this.key = key;
    this.algorithm = algorithm;
  }

  /** The algorithms offered: those that authorization servers take. */
  public enum Algorithm {
    /** ECDSA on P-256. */
    ES256("EC", "SHA256withECDSAinP1363Format"),
    /** ECDSA on P-384. */
    ES384("EC", "SHA384withECDSAinP1363Format"),
    /** RSA with SHA-256, PKCS #1 v1.5. */
    RS256("RSA", "SHA256withRSA"),
    /** Ed25519. */
    EdDSA("Ed25519", "Ed25519");

    private final String family;
    private final String signature;

    Algorithm(String family, String signature) {
      this.family = family;
      this.signature = signature;
    }

    /** What {@link KeyFactory} calls its keys. */
    public String family() {
      return family;
    }

    /** True when the owner of the key signed this content. */
    public boolean verifies(PublicKey key, byte[] content, byte[] signed) {
      try {
        Signature verifier = Signature.getInstance(signature);
        verifier.initVerify(key);
        verifier.update(content);
        return verifier.verify(signed);
      } catch (SignatureException e) {
        // Not even the form of a signature.
        return false;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("the key does not verify " + this, e);
      }
    }
  }

  /**
   * A key from PKCS #8 in PEM.
   *
   * @throws IllegalArgumentException when the text is no key of that algorithm
   */
  public static SigningKey fromPem(String pem, Algorithm algorithm) {
    String base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
    try {
      byte[] der = Base64.getDecoder().decode(base64);
      PrivateKey key =
          KeyFactory.getInstance(algorithm.family).generatePrivate(new PKCS8EncodedKeySpec(der));
      return new SigningKey(key, algorithm);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // The cause could quote key material.
      throw new IllegalArgumentException("not a PKCS #8 PEM key for " + algorithm);
    }
  }

  /** A fresh P-256 key with its public half. */
  public static Pair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      return new Pair(
          new SigningKey(pair.getPrivate(), Algorithm.ES256), jwk((ECPublicKey) pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  /** A key and its public half as a JWK. */
  public record Pair(SigningKey key, Map<String, Object> publicJwk) {}

  /** The name of the algorithm, as a header of a token says it. */
  String algorithm() {
    return algorithm.name();
  }

  byte[] sign(byte[] content) {
    try {
      Signature signature = Signature.getInstance(algorithm.signature);
      signature.initSign(key);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key does not sign with " + algorithm, e);
    }
  }

  private static Map<String, Object> jwk(ECPublicKey key) {
    Map<String, Object> jwk = new LinkedHashMap<>();
    jwk.put("kty", "EC");
    jwk.put("crv", "P-256");
    jwk.put("x", coordinate(key.getW().getAffineX()));
    jwk.put("y", coordinate(key.getW().getAffineY()));
    return jwk;
  }

  /** Exactly 32 bytes, as RFC 7518 §6.2.1.2 wants them: no sign byte, leading zeros kept. */
  private static String coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[P256_BYTES];
    int count = Math.min(bytes.length, P256_BYTES);
    System.arraycopy(bytes, bytes.length - count, fixed, P256_BYTES - count, count);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
  }

  @Override
  public String toString() {
    return "SigningKey[" + algorithm + "]";
  }
}
