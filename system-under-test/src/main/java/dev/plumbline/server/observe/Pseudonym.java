package dev.plumbline.server.observe;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names for what must not be named. The id of a session or a task is a secret of its client:
 * whoever knows it can take its place. Lists, pages and traces show a digest instead, which tells
 * things apart and leads nowhere.
 */
public final class Pseudonym {
  private static final int BYTES = 6;

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{12}");

  private Pseudonym() {}

  /** True for what could be a pseudonym. */
  public static boolean is(String text) {
    return FORM.matcher(text).matches();
  }

  /** Twelve hexadecimal digits that stand for this secret, the same in every process. */
  public static String of(String secret) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
