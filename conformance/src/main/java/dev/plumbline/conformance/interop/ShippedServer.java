package dev.plumbline.conformance.interop;

import dev.plumbline.conformance.target.Installation;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/** The jar of the bundled server and client. */
final class ShippedServer {
  private ShippedServer() {}

  static Set<String> digests(Installation installation) throws IOException {
    Set<String> digests = new HashSet<>();
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(installation.server(), "system-under-test-*.jar")) {
      for (Path jar : jars) {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digests.add(HexFormat.of().formatHex(digest.digest(Files.readAllBytes(jar))));
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    return digests;
  }
}
