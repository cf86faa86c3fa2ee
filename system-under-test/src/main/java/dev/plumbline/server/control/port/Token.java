package dev.plumbline.server.control.port;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Pattern;

/** The secret that the control port asks for. */
public final class Token {
  /** A secret shorter than this can be guessed. */
  public static final int SHORTEST = 16;

  private static final int LONGEST = 512;
  private static final int BYTES = 32;

  // RFC 6750 §2.1: what may follow "Bearer".
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final String secret;
  private final byte[] digest;
  private final boolean given;

  private Token(String secret, boolean given) {
    this.secret = secret;
    this.digest = digest(secret);
    this.given = given;
  }

  /** One that nobody knows yet. */
  public static Token made() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), false);
  }

  /**
   * One that an operator gave.
   *
   * @throws IllegalArgumentException when it is too short or holds what a header cannot; the
   *     message does not repeat it
   */
  public static Token given(String text) {
    String secret = text.strip();
    if (secret.length() < SHORTEST
        || secret.length() > LONGEST
        || !FORM.matcher(secret).matches()) {
      throw new IllegalArgumentException(
          "the control token must be "
              + SHORTEST
              + " to "
              + LONGEST
              + " letters, digits, or . _ ~ + / - =");
    }
    return new Token(secret, true);
  }

  /**
   * One that an operator left in a file.
   *
   * @throws IOException when it cannot be read
   * @throws IllegalArgumentException when it is no token
   */
  public static Token in(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return given(new String(in.readNBytes(2 * LONGEST), StandardCharsets.UTF_8));
    }
  }

  /** True when an operator gave it. */
  public boolean given() {
    return given;
  }

  /** The secret, for whoever started this process. */
  public String secret() {
    return secret;
  }

  /** True when the text is the secret; takes the same time for every text. */
  boolean matches(String text) {
    return MessageDigest.isEqual(digest, digest(text));
  }

  /**
   * Writes the secret where only the owner of this process can read it.
   *
   * @throws IOException when it cannot be written
   */
  public Path keep() throws IOException {
    Path file =
        Files.createTempFile(
            "plumbline-control-", ".token", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.writeString(file, secret + "\n");
    return file;
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "Token[" + (given ? "given" : "made") + "]";
  }
}
