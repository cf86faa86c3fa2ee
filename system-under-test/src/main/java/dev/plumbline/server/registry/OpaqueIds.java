package dev.plumbline.server.registry;

import java.security.SecureRandom;
import java.util.Base64;

/** Ids that nobody can guess: 256 random bits, as 43 characters that are safe in a URL. */
public final class OpaqueIds {
  private static final int BYTES = 32;

  private final SecureRandom random = new SecureRandom();

  /** A source of ids. */
  public OpaqueIds() {}

  /** The next id. */
  public String next() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
