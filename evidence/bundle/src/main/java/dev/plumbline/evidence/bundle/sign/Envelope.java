package dev.plumbline.evidence.bundle.sign;

import dev.plumbline.evidence.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;

/**
 * A signed statement as a DSSE envelope. The signature covers the pre-authentication encoding, so
 * the type of the payload is signed with it.
 *
 * @param payloadType what the payload is
 * @param payload the payload, base64
 * @param signatures exactly one here
 */
public record Envelope(String payloadType, String payload, List<Sealed> signatures) {
  /** The payload type of in-toto statements. */
  public static final String IN_TOTO = "application/vnd.in-toto+json";

  /**
   * One signature.
   *
   * @param keyid SHA-256 of the signer's SubjectPublicKeyInfo
   * @param sig the signature, base64
   */
  public record Sealed(String keyid, String sig) {}

  /** Copies the list. */
  public Envelope {
    signatures = List.copyOf(signatures);
  }

  /** Signs a statement. */
  public static Envelope sign(String statement, SigningKey key) {
    byte[] payload = statement.getBytes(StandardCharsets.UTF_8);
    byte[] signature = key.sign(preAuthenticationEncoding(IN_TOTO, payload));
    return new Envelope(IN_TOTO, base64(payload), List.of(new Sealed(key.id(), base64(signature))));
  }

  /**
   * Reads an envelope and returns its statement if this very key signed it.
   *
   * @param text the file's content; only the one canonical form is accepted, so that no byte of it
   *     is outside the signature's reach
   * @param key the pinned key
   * @throws IOException when anything about the envelope does not hold; one line
   */
  public static String open(String text, PublicKey key) throws IOException {
    Envelope envelope = Json.read(text, Envelope.class);
    if (!Json.write(envelope).equals(text)) {
      throw new IOException("not written the way Plumbline writes envelopes");
    }
    if (!envelope.payloadType().equals(IN_TOTO)) {
      throw new IOException("the payload type is " + envelope.payloadType() + ", not " + IN_TOTO);
    }
    if (envelope.signatures().size() != 1) {
      throw new IOException(envelope.signatures().size() + " signatures where one is expected");
    }
    Sealed sealed = envelope.signatures().getFirst();
    if (!sealed.keyid().equals(PublicKeys.id(key))) {
      throw new IOException(
          "signed by key "
              + shorten(sealed.keyid())
              + ", not by the key given ("
              + shorten(PublicKeys.id(key))
              + ")");
    }
    byte[] payload = bytes(envelope.payload());
    if (!verifies(key, preAuthenticationEncoding(IN_TOTO, payload), bytes(sealed.sig()))) {
      throw new IOException("the signature does not match the payload");
    }
    return new String(payload, StandardCharsets.UTF_8);
  }

  /**
   * DSSE v1: {@code "DSSEv1" SP LEN(type) SP type SP LEN(body) SP body}, lengths in decimal bytes.
   */
  static byte[] preAuthenticationEncoding(String type, byte[] body) {
    byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
    String head = "DSSEv1 " + typeBytes.length + " " + type + " " + body.length + " ";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    out.writeBytes(body);
    return out.toByteArray();
  }

  private static boolean verifies(PublicKey key, byte[] signed, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(PublicKeys.ALGORITHM);
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // a malformed signature is a wrong signature
    }
  }

  private static String shorten(String keyId) {
    return keyId.length() <= 16 ? keyId : keyId.substring(0, 16) + "…";
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Strict: a text that is not the encoding of its own bytes is refused. */
  private static byte[] bytes(String base64) throws IOException {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      if (base64(bytes).equals(base64)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("not base64", e);
    }
    throw new IOException("not canonical base64");
  }
}
