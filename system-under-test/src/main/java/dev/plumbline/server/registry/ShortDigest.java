package dev.plumbline.server.registry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How an id is shown that must stay a secret: enough to tell two apart, too little to use it. */
public final class ShortDigest {
  private static final int BYTES = 6;

  private ShortDigest() {}

  /** The first twelve hexadecimal digits of the SHA-256 of the text. */
  public static String of(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }
}
