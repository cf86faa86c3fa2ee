package dev.plumbline.server.feature;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalInt;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opaque cursors: an offset into one list, sealed with a key of the server, so that a cursor that
 * was never issued is recognised. The same position always gives the same cursor.
 */
public final class Cursors {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int SEAL_BYTES = 16;
  private static final int MAX_CURSOR_LENGTH = 64;

  private final SecretKeySpec key;

  /** Cursors under a fresh key. */
  public Cursors() {
    this(fresh());
  }

  /** Cursors under a key that other processes of the same server know. */
  public Cursors(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  private static byte[] fresh() {
    byte[] bytes = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  /** The cursor for a position in a list. */
  public String issue(String list, int offset) {
    byte[] seal = seal(list, offset);
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES + SEAL_BYTES).putInt(offset).put(seal).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The position of a cursor issued for this list; empty for any other text. */
  public OptionalInt verify(String list, String cursor) {
    if (cursor.length() > MAX_CURSOR_LENGTH) {
      return OptionalInt.empty();
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(cursor);
    } catch (IllegalArgumentException e) {
      return OptionalInt.empty();
    }
    if (bytes.length != Integer.BYTES + SEAL_BYTES) {
      return OptionalInt.empty();
    }
    int offset = ByteBuffer.wrap(bytes).getInt();
    byte[] seal = Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length);
    return MessageDigest.isEqual(seal, seal(list, offset))
        ? OptionalInt.of(offset)
        : OptionalInt.empty();
  }

  private byte[] seal(String list, int offset) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(offset).array());
      return Arrays.copyOf(mac.doFinal(list.getBytes(StandardCharsets.UTF_8)), SEAL_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
    }
  }
}
