package dev.plumbline.server.round;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the processes of one server know and nobody else: the keys of what they give to clients to
 * keep (cursors, the state between two rounds) are derived from it. Handed over to a process that
 * goes on. Never logged.
 */
public final class ServerSecret {
  /** Its length. */
  public static final int BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] bytes;

  private ServerSecret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A new one. */
  public static ServerSecret fresh() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new ServerSecret(bytes);
  }

  /**
   * That of another process.
   *
   * @throws IllegalArgumentException when it has another length than {@link #BYTES}
   */
  public static ServerSecret of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a secret has " + BYTES + " bytes, not " + bytes.length);
    }
    return new ServerSecret(bytes.clone());
  }

  /** For the process that goes on, and nobody else. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** A key of 32 bytes for one purpose. */
  public byte[] key(String purpose) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(bytes, ALGORITHM));
      return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "secret";
  }
}
