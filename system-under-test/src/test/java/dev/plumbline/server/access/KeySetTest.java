package dev.plumbline.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @CsvSource({
    "EC, 256, ES256, SHA256withECDSAinP1363Format",
    "EC, 384, ES384, SHA384withECDSAinP1363Format",
    "RSA, 2048, RS256, SHA256withRSA",
    "Ed25519, 255, EdDSA, Ed25519"
  })
  void verifiesWhatTheOtherHalfSigned(String kind, int bits, String algorithm, String signature)
      throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
    generator.initialize(bits);
    KeyPair pair = generator.generateKeyPair();
    KeySet set = KeySet.parse("{\"keys\":[" + jwk(pair) + "]}");
    Signature signer = Signature.getInstance(signature);
    signer.initSign(pair.getPrivate());
    signer.update(CONTENT);
    byte[] signed = signer.sign();
    assertThat(set.verifies("k", algorithm, CONTENT, signed)).isTrue();
    assertThat(set.verifies("", algorithm, CONTENT, signed)).isTrue();
    assertThat(set.verifies("other", algorithm, CONTENT, signed)).isFalse();
    assertThat(set.verifies("k", "none", CONTENT, signed)).isFalse();
    assertThat(set.verifies("k", algorithm, new byte[] {1}, signed)).isFalse();
    assertThat(set.verifies("k", algorithm, CONTENT, new byte[0])).isFalse();
  }

  private static String jwk(KeyPair pair) {
    return switch (pair.getPublic()) {
      case ECPublicKey key -> {
        int bytes = (key.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        yield "{\"kid\":\"k\",\"kty\":\"EC\",\"crv\":\"P-"
            + bytes * 8
            + "\",\"x\":\""
            + text(key.getW().getAffineX(), bytes)
            + "\",\"y\":\""
            + text(key.getW().getAffineY(), bytes)
            + "\"}";
      }
      case EdECPublicKey key -> {
        byte[] big = fixed(key.getPoint().getY(), 32);
        byte[] little = new byte[32];
        for (int i = 0; i < 32; i++) {
          little[i] = big[31 - i];
        }
        little[31] |= (byte) (key.getPoint().isXOdd() ? 0x80 : 0);
        yield "{\"kid\":\"k\",\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\""
            + Base64Text.of(little)
            + "\"}";
      }
      case RSAPublicKey key ->
          "{\"kid\":\"k\",\"kty\":\"RSA\",\"alg\":\"RS256\",\"n\":\""
              + text(key.getModulus(), 256)
              + "\",\"e\":\"AQAB\"}";
      default -> throw new IllegalStateException();
    };
  }

  private static String text(BigInteger number, int bytes) {
    return Base64Text.of(fixed(number, bytes));
  }

  private static byte[] fixed(BigInteger number, int bytes) {
    byte[] all = number.toByteArray();
    byte[] fixed = new byte[bytes];
    int count = Math.min(all.length, bytes);
    System.arraycopy(all, all.length - count, fixed, bytes - count, count);
    return Arrays.copyOf(fixed, bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "{}",
        "{\"keys\":[]}",
        "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}",
        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-521\",\"x\":\"AA\",\"y\":\"AA\"}]}",
        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}",
        "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\",\"d\":\"AA\"}]}",
        "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA=\"}]}",
      })
  void refusesASetThatCannotBeUsed(String json) {
    assertThatThrownBy(() -> KeySet.parse(json)).isInstanceOf(UnusableFileException.class);
  }

  @Test
  void saysWhichFileCannotBeRead() {
    assertThatThrownBy(() -> KeySet.read("no/such/file"))
        .isInstanceOf(UnusableFileException.class)
        .hasMessage("authorization.keys: cannot read no/such/file");
  }
}
