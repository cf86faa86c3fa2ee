package dev.plumbline.supplychain;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests of files. */
final class Sha256 {
  private Sha256() {}

  static String of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in);
    }
  }

  static String of(InputStream content) throws IOException {
    MessageDigest digest = begin();
    try (InputStream in = new DigestInputStream(content, digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest begin() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The digest over a list of files: a line for each, as {@code sha256sum} writes it. */
  static final class Running {
    private final MessageDigest digest = begin();

    void add(String name, String sha256) {
      digest.update((sha256 + "  " + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Ends it. */
    String hex() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
