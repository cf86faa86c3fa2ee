package dev.plumbline.conformance.target;

import dev.plumbline.evidence.model.HarnessException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256 of files. */
public final class Digests {
  private Digests() {}

  /**
   * The digests in hex, by file name.
   *
   * @throws HarnessException when a file cannot be read
   */
  public static Map<String, String> of(Collection<Path> files) throws HarnessException {
    Map<String, String> digests = new TreeMap<>();
    for (Path file : files) {
      try {
        digests.put(String.valueOf(file.getFileName()), of(file));
      } catch (IOException e) {
        throw new HarnessException("cannot read " + file + ": " + e.getMessage(), e);
      }
    }
    return digests;
  }

  private static String of(Path file) throws IOException {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
