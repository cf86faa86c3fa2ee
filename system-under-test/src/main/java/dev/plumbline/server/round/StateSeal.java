package dev.plumbline.server.round;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what a server has to remember between two rounds, so that it can travel through the client:
 * encrypted and authenticated with AES-256-GCM, bound to who asked for what, good for a limited
 * time (2026-07-28 basic/patterns/mrtr, server requirements). Servers behind one name share a key.
 *
 * <p>The form, in URL-safe Base64 without padding: one byte of format version, 12 bytes of nonce,
 * the ciphertext of 8 bytes of expiry (milliseconds since 1970) and the content, 16 bytes of tag.
 */
public final class StateSeal {
  /** The longest sealed state, in characters. */
  public static final int MAX_CHARACTERS = 65_536;

  /** How long sealed state is good for, unless told otherwise: a person may have to answer. */
  public static final Duration TIME_TO_LIVE = Duration.ofMinutes(15);

  /** Bytes of a key. */
  public static final int KEY_BYTES = 32;

  private static final byte FORMAT = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int HEAD_BYTES = 1 + NONCE_BYTES;
  private static final int MIN_BYTES = HEAD_BYTES + Long.BYTES + TAG_BITS / Byte.SIZE;

  private final SecretKey key;
  private final InstantSource clock;
  private final Duration timeToLive;
  private final SecureRandom random = new SecureRandom();

  /**
   * A seal under a given key.
   *
   * @param key {@link #KEY_BYTES} bytes; the same on every server that may get the next round
   * @throws IllegalArgumentException when the key has another length
   */
  public StateSeal(byte[] key, InstantSource clock, Duration timeToLive) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes, not " + key.length);
    }
    this.key = new SecretKeySpec(key, "AES");
    this.clock = clock;
    this.timeToLive = timeToLive;
  }

  /** A seal of the processes that share a secret. */
  public static StateSeal under(ServerSecret secret) {
    return new StateSeal(secret.key("state between rounds"), InstantSource.system(), TIME_TO_LIVE);
  }

  /**
   * Seals the content.
   *
   * @param binding what must be the same when it comes back
   * @return empty when it would be too long
   */
  public Optional<String> seal(byte[] content, byte[] binding) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    long expiry = clock.instant().plus(timeToLive).toEpochMilli();
    byte[] plain =
        ByteBuffer.allocate(Long.BYTES + content.length).putLong(expiry).put(content).array();
    try {
      byte[] secret = cipher(Cipher.ENCRYPT_MODE, nonce, binding).doFinal(plain);
      byte[] sealed =
          ByteBuffer.allocate(HEAD_BYTES + secret.length)
              .put(FORMAT)
              .put(nonce)
              .put(secret)
              .array();
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
      return text.length() > MAX_CHARACTERS ? Optional.empty() : Optional.of(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot seal", e);
    }
  }

  /**
   * The content that was sealed.
   *
   * @return empty for everything that was not sealed here with this binding, or has expired
   */
  public Optional<byte[]> open(String text, byte[] binding) {
    byte[] sealed = bytes(text);
    if (sealed.length < MIN_BYTES || sealed[0] != FORMAT) {
      return Optional.empty();
    }
    byte[] nonce = Arrays.copyOfRange(sealed, 1, HEAD_BYTES);
    try {
      byte[] plain =
          cipher(Cipher.DECRYPT_MODE, nonce, binding)
              .doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES);
      ByteBuffer content = ByteBuffer.wrap(plain);
      boolean expired = content.getLong() <= clock.millis();
      return expired
          ? Optional.empty()
          : Optional.of(Arrays.copyOfRange(plain, Long.BYTES, plain.length));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot open", e);
    }
  }

  /** The bytes of the only text that stands for them; none for any other text. */
  private static byte[] bytes(String text) {
    if (text.length() > MAX_CHARACTERS) {
      return new byte[0];
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      String only = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      return only.equals(text) ? bytes : new byte[0];
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] binding) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(new byte[] {FORMAT});
    cipher.updateAAD(binding);
    return cipher;
  }
}
