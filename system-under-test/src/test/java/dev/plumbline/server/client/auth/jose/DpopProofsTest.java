package dev.plumbline.server.client.auth.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.protocol.JsonLimits;
import java.math.BigInteger;
import java.net.URI;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DpopProofsTest {
  private static final URI URL = URI.create("https://mcp.example/mcp?session=1");

  private final DpopProofs proofs = new DpopProofs(() -> Instant.ofEpochSecond(1_000));

  private static JsonNode part(String jwt, int index) {
    byte[] json = Base64.getUrlDecoder().decode(jwt.split("\\.", 3)[index]);
    return JsonLimits.mapper().readTree(json);
  }

  private static PublicKey key(JsonNode jwk) throws Exception {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    ECPoint point = new ECPoint(coordinate(jwk, "x"), coordinate(jwk, "y"));
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
  }

  private static BigInteger coordinate(JsonNode jwk, String name) {
    byte[] bytes = Base64.getUrlDecoder().decode(jwk.get(name).stringValue());
    assertThat(bytes).hasSize(32);
    return new BigInteger(1, bytes);
  }

  @Test
  void signsWithTheKeyItShows() throws Exception {
    // Several keys, so that coordinates with leading zeros come up now and then.
    for (int i = 0; i < 300; i++) {
      String proof = new DpopProofs(Instant::now).proof("POST", URL, null);
      int dot = proof.lastIndexOf('.');
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initVerify(key(part(proof, 0).get("jwk")));
      signature.update(proof.substring(0, dot).getBytes(US_ASCII));
      assertThat(signature.verify(Base64.getUrlDecoder().decode(proof.substring(dot + 1))))
          .isTrue();
    }
  }

  @Test
  void neverShowsThePrivateHalf() {
    assertThat(part(proofs.proof("POST", URL, null), 0).get("jwk").propertyNames())
        .containsExactlyInAnyOrder("kty", "crv", "x", "y");
  }

  @Test
  void isForOneRequestOnly() {
    JsonNode claims = part(proofs.proof("POST", URL, "t0ken"), 1);
    assertThat(claims.get("htm").stringValue()).isEqualTo("POST");
    assertThat(claims.get("htu").stringValue()).isEqualTo("https://mcp.example/mcp");
    assertThat(claims.get("iat").longValue()).isEqualTo(1_000);
    assertThat(claims.has("ath")).isTrue();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      ids.add(part(proofs.proof("POST", URL, "t0ken"), 1).get("jti").stringValue());
    }
    assertThat(ids).hasSize(100);
  }

  @Test
  void sendsANonceToTheServerThatGaveItOnly() {
    assertThat(proofs.nonce(URL, "n1")).isTrue();
    assertThat(proofs.nonce(URL, "n1")).as("the same once more").isFalse();
    URI other = URI.create("https://auth.example/token");
    assertThat(part(proofs.proof("POST", URL, null), 1).get("nonce").stringValue()).isEqualTo("n1");
    assertThat(part(proofs.proof("POST", other, null), 1).has("nonce")).isFalse();
  }
}
