package dev.plumbline.evidence.bundle.sign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;

/** Ed25519 public keys: their PEM form (SubjectPublicKeyInfo) and their id. */
public final class PublicKeys {
  static final String ALGORITHM = "Ed25519";

  /** Far more than any key file; guards against a wrong path. */
  private static final long MAX_PEM_BYTES = 64 * 1024;

  private PublicKeys() {}

  /**
   * Reads a PEM file.
   *
   * @throws UnusableKeyException when it is not an Ed25519 public key; one line that names the file
   */
  public static PublicKey read(Path file) throws UnusableKeyException {
    return named(file, PublicKeys::parse);
  }

  /** Parses PEM text. */
  public static PublicKey parse(String pem) throws UnusableKeyException {
    byte[] der = Pem.read(Pem.PUBLIC, pem);
    try {
      return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new UnusableKeyException("not an Ed25519 public key", e);
    }
  }

  /** The key as PEM text. */
  public static String pem(PublicKey key) {
    return Pem.write(Pem.PUBLIC, key.getEncoded());
  }

  /** SHA-256 of the SubjectPublicKeyInfo, hex: how envelopes name the key. */
  public static String id(PublicKey key) {
    return Digests.sha256(key.getEncoded());
  }

  /** Something that makes a value of PEM text. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(String pem) throws UnusableKeyException;
  }

  static <T> T named(Path file, Parser<T> parser) throws UnusableKeyException {
    String text;
    try {
      if (Files.size(file) > MAX_PEM_BYTES) {
        throw new UnusableKeyException("key file " + file + ": too large to be a key");
      }
      text = Files.readString(file);
    } catch (IOException e) {
      throw new UnusableKeyException(
          "key file " + file + " cannot be read: make one with 'plumbline keygen'", e);
    }
    try {
      return parser.parse(text);
    } catch (UnusableKeyException e) {
      throw new UnusableKeyException("key file " + file + ": " + e.getMessage(), e);
    }
  }
}
