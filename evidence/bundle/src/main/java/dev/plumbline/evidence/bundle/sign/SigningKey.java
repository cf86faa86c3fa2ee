package dev.plumbline.evidence.bundle.sign;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Map;
import java.util.Optional;

/**
 * An Ed25519 key that signs bundles. A key made for a single run proves only that the bundle was
 * not changed since, not who made it; such a key says so through {@link #selfSigned()}.
 */
public final class SigningKey {
  /** Names the environment variable that holds PEM text, or the path of a PEM file. */
  public static final String ENVIRONMENT = "PLUMBLINE_SIGNING_KEY";

  private final PrivateKey privateKey;
  private final PublicKey publicKey;
  private final boolean selfSigned;

  private SigningKey(PrivateKey privateKey, PublicKey publicKey, boolean selfSigned) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
    this.selfSigned = selfSigned;
  }

  /**
   * The key to sign with: the file given, else the environment's, else one made for this run.
   *
   * @param file the value of {@code --signing-key}
   * @param environment the process environment
   * @throws UnusableKeyException when a key was given and cannot be used
   */
  public static SigningKey choose(Optional<Path> file, Map<String, String> environment)
      throws UnusableKeyException {
    if (file.isPresent()) {
      return read(file.get());
    }
    String value = environment.get(ENVIRONMENT);
    if (value == null || value.isBlank()) {
      return forThisRun();
    }
    if (!value.contains("-----BEGIN")) {
      return read(Path.of(value.strip()));
    }
    try {
      return parse(value);
    } catch (UnusableKeyException e) {
      throw new UnusableKeyException(ENVIRONMENT + ": " + e.getMessage(), e);
    }
  }

  /** Reads a PKCS#8 PEM file. */
  public static SigningKey read(Path file) throws UnusableKeyException {
    return PublicKeys.named(file, SigningKey::parse);
  }

  /** Parses PKCS#8 PEM text. */
  public static SigningKey parse(String pem) throws UnusableKeyException {
    byte[] der = Pem.read(Pem.PRIVATE, pem);
    try {
      PrivateKey key =
          KeyFactory.getInstance(PublicKeys.ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(der));
      return new SigningKey(key, publicKeyOf(key), false);
    } catch (GeneralSecurityException e) {
      throw new UnusableKeyException("not an Ed25519 private key in PKCS#8", e);
    }
  }

  /** A key nobody else has; its bundles are self-signed. */
  public static SigningKey forThisRun() {
    KeyPair pair = generate();
    return new SigningKey(pair.getPrivate(), pair.getPublic(), true);
  }

  static KeyPair generate() {
    try {
      return KeyPairGenerator.getInstance(PublicKeys.ALGORITHM).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has Ed25519 since 15", e);
    }
  }

  /**
   * The public half. The JDK offers no direct way to it, but its generator takes exactly the 32
   * bytes of an Ed25519 private key from its source of randomness (RFC 8032 §5.1.5).
   */
  private static PublicKey publicKeyOf(PrivateKey key) throws GeneralSecurityException {
    byte[] seed =
        key instanceof EdECPrivateKey edwards
            ? edwards.getBytes().orElseThrow(() -> new GeneralSecurityException("no key bytes"))
            : new byte[0];
    KeyPairGenerator generator = KeyPairGenerator.getInstance(PublicKeys.ALGORITHM);
    generator.initialize(NamedParameterSpec.ED25519, new FixedSeed(seed));
    KeyPair pair = generator.generateKeyPair();
    if (!java.util.Arrays.equals(pair.getPrivate().getEncoded(), key.getEncoded())
        && !(pair.getPrivate() instanceof EdECPrivateKey same
            && same.getBytes().filter(bytes -> java.util.Arrays.equals(bytes, seed)).isPresent())) {
      throw new GeneralSecurityException("the public key cannot be derived");
    }
    return pair.getPublic();
  }

  private static final class FixedSeed extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final byte[] seed;

    FixedSeed(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) {
        throw new IllegalStateException("expected a request for " + seed.length + " bytes");
      }
      System.arraycopy(seed, 0, bytes, 0, seed.length);
    }
  }

  /** The public half. */
  public PublicKey publicKey() {
    return publicKey;
  }

  /** SHA-256 of the public key, see {@link PublicKeys#id}. */
  public String id() {
    return PublicKeys.id(publicKey);
  }

  /** Whether the key was made for this run. */
  public boolean selfSigned() {
    return selfSigned;
  }

  /** Signs bytes. */
  byte[] sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance(PublicKeys.ALGORITHM);
      signature.initSign(privateKey);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("an Ed25519 key that cannot sign", e);
    }
  }
}
