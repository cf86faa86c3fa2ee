package dev.plumbline.conformance.wire;

import dev.plumbline.evidence.model.HarnessException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Access tokens that no server may take: none was issued by an authorization server. Where the
 * lawful one is a JSON web token (RFC 7519) they say what it says.
 */
public final class ForgedTokens {
  private static final long AGE_SECONDS = 31_536_000;
  private static final int PARTS = 3;

  /** Below it there is no middle that surely counts. */
  private static final int SHORTEST_SIGNATURE = 16;

  private ForgedTokens() {}

  /**
   * One of each kind, by name: {@code random}, {@code unsigned}, {@code own}, {@code expired}, and
   * {@code changed} where the lawful one has a signature.
   *
   * @param lawful the lawful token, when there is one
   * @param audience what they are to be for, when nothing else is known
   * @param seed makes them the same each time, save those that are signed
   */
  public static Map<String, String> all(Optional<String> lawful, String audience, long seed)
      throws HarnessException {
    long now = System.currentTimeMillis() / 1_000;
    ObjectNode header = lawful.flatMap(token -> part(token, 0)).orElseGet(Messages::object);
    ObjectNode claims =
        lawful
            .flatMap(token -> part(token, 1))
            .orElseGet(
                () ->
                    Messages.object()
                        .put("iss", audience)
                        .put("sub", "plumbline")
                        .put("aud", audience)
                        .put("iat", now)
                        .put("exp", now + AGE_SECONDS));
    ObjectNode expired = claims.deepCopy();
    expired.put("iat", now - 2 * AGE_SECONDS).put("exp", now - AGE_SECONDS);
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("random", random(seed));
    tokens.put("unsigned", text(header.deepCopy().put("alg", "none")) + "." + text(claims) + ".");
    tokens.put("own", signed(header, claims));
    tokens.put("expired", signed(header, expired));
    lawful.flatMap(ForgedTokens::changed).ifPresent(token -> tokens.put("changed", token));
    return tokens;
  }

  /** The token with another character in the middle of its signature; empty without a signature. */
  public static Optional<String> changed(String token) {
    int signature = token.lastIndexOf('.') + 1;
    boolean isSigned =
        part(token, 0).isPresent() && token.length() - signature >= SHORTEST_SIGNATURE;
    if (!isSigned) {
      return Optional.empty();
    }
    // The last character may hold bits that mean nothing.
    int middle = signature + (token.length() - signature) / 2;
    char other = token.charAt(middle) == 'A' ? 'B' : 'A';
    return Optional.of(token.substring(0, middle) + other + token.substring(middle + 1));
  }

  private static Optional<ObjectNode> part(String token, int number) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != PARTS) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(parts[number]);
      Optional<JsonNode> node = Messages.parse(Bytes.of(bytes));
      return node.filter(n -> n instanceof ObjectNode).map(n -> (ObjectNode) n.deepCopy());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String signed(ObjectNode header, ObjectNode claims) throws HarnessException {
    String content = text(header.deepCopy().put("alg", "ES256")) + "." + text(claims);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(pair.getPrivate());
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + encoded(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new HarnessException("this Java cannot sign: " + e.getMessage(), e);
    }
  }

  private static String random(long seed) throws HarnessException {
    try {
      byte[] bytes = ("plumbline " + seed).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new HarnessException("this Java has no SHA-256", e);
    }
  }

  private static String text(ObjectNode node) {
    return encoded(Messages.compact(node).getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
