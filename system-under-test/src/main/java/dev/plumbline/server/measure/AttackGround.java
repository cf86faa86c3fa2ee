package dev.plumbline.server.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is attacked: a directory that is offered, a secret beside it, links from the one to the
 * other, and files whose names look worse than they are. Needs a file system with symbolic links.
 */
final class AttackGround implements AutoCloseable {
  /** What a lawful file holds. */
  static final String LAWFUL = "served lawfully\n";

  private static final int SECRET_BYTES = 24;

  private static final List<String> FILES =
      List.of(
          "lawful.txt",
          "..a",
          "...",
          "a%20b",
          "ü.txt",
          "Привет.txt",
          "東京タワー.txt",
          "a+b;c=d,e@f.txt",
          "sub/inner.txt");

  private final Path parent;
  private final Path root;
  private final String secret;

  /** Lays it out in a new directory. */
  AttackGround() throws IOException {
    byte[] random = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(random);
    secret = "secret " + HexFormat.of().formatHex(random);
    parent = Files.createTempDirectory("plumbline-attacks").toRealPath();
    root = parent.resolve("root");
    Files.createDirectories(root.resolve("sub"));
    Files.createDirectories(parent.resolve("root-sibling"));
    Files.writeString(parent.resolve("root-sibling/secret.txt"), secret);
    Files.writeString(parent.resolve("secret.txt"), secret);
    for (String name : FILES) {
      Files.writeString(root.resolve(name), LAWFUL);
    }
    link("link-out", "../secret.txt");
    link("link-dir-out", "..");
    link("link-chain", "link-out");
    link("sub/link-out", "../../secret.txt");
    link("link-absolute", "/etc/passwd");
    link("link-loop", "link-loop");
    link("link-nowhere", "nowhere");
    link("link-in", "lawful.txt");
    link("link-dir-in", "sub");
    link("sub/link-up", "../lawful.txt");
  }

  private void link(String name, String target) throws IOException {
    Files.createSymbolicLink(root.resolve(name), Path.of(target));
  }

  /** The directory that is offered. */
  Path root() {
    return root;
  }

  /** The URI of a lawful file. */
  String lawful() {
    return filled("{root}/lawful.txt");
  }

  /** A payload with its places filled in. */
  String filled(String payload) {
    return payload
        .replace("{root}", "file://" + root)
        .replace("{path}", root.toString())
        .replace("{parent}", "file://" + parent);
  }

  /** True when there is any of the secret in an answer, as it is or in Base64. */
  boolean leaks(String answer) {
    String encoded =
        Base64.getEncoder()
            .withoutPadding()
            .encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    return answer.contains(secret) || answer.contains(encoded);
  }

  @Override
  public void close() throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(parent)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
