package dev.plumbline.conformance.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A checkout of the specification: a folder with one folder per revision, and beside them or above
 * them one called {@code extensions}. Only read; nothing of it is kept.
 */
public final class Specification {
  /** The most pages a revision is searched for; the largest has about forty. */
  private static final int MAX_PAGES = 1_000;

  /** How deep pages lie below their revision at most. */
  private static final int MAX_DEPTH = 8;

  /** The longest page that is read; the longest real one has about 50 kB. */
  static final int MAX_BYTES = 2_000_000;

  private static final Pattern NAME = Pattern.compile("[\\w-]+(?:[/.][\\w-]+)*");
  private static final List<String> ENDINGS = List.of(".mdx", ".md", "/index.mdx", "/index.md");

  private final Path revisions;

  private Specification(Path revisions) {
    this.revisions = revisions;
  }

  /**
   * Finds the pages in a checkout: the folder itself, or its {@code docs/specification}.
   *
   * @throws IOException when it holds no revision the ledger knows; one line
   */
  public static Specification in(Path checkout, List<String> revisions) throws IOException {
    for (Path folder : List.of(checkout, checkout.resolve("docs").resolve("specification"))) {
      if (revisions.stream().anyMatch(revision -> Files.isDirectory(folder.resolve(revision)))) {
        return new Specification(folder);
      }
    }
    throw new IOException(
        checkout + " is no checkout of the specification: it holds none of " + revisions);
  }

  /**
   * The page with this name, such as {@code 2025-11-25/server/tools}, or empty when there is none.
   *
   * @throws IOException when it cannot be read or is too long
   */
  public Optional<SpecificationPage> page(String name) throws IOException {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    for (Path folder : List.of(revisions, revisions.resolve(".."))) {
      for (String ending : ENDINGS) {
        Path file = folder.resolve(name + ending);
        if (Files.isRegularFile(file)) {
          return Optional.of(read(name, file));
        }
      }
    }
    return Optional.empty();
  }

  private static SpecificationPage read(String name, Path file) throws IOException {
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new IOException("page " + name + " cannot be read: " + reason(e), e);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IOException("page " + name + " is longer than " + MAX_BYTES + " bytes");
    }
    return SpecificationPage.of(new String(bytes, StandardCharsets.UTF_8));
  }

  private static String reason(@Nullable Throwable e) {
    return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e);
  }

  /**
   * The names of all pages of a revision, sorted.
   *
   * @throws IOException when the folder cannot be listed or holds more pages than a specification
   */
  public List<String> pages(String revision) throws IOException {
    Path root = revisions.resolve(revision);
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root, MAX_DEPTH)) {
      List<String> names =
          files
              .map(file -> revisions.relativize(file).toString().replace('\\', '/'))
              .filter(file -> file.endsWith(".mdx") || file.endsWith(".md"))
              .limit(MAX_PAGES + 1L)
              .map(file -> file.replaceFirst("(?:/index)?\\.mdx?$", ""))
              .sorted()
              .distinct()
              .toList();
      if (names.size() > MAX_PAGES) {
        throw new IOException(revision + " holds more than " + MAX_PAGES + " pages");
      }
      return names;
    } catch (UncheckedIOException e) {
      throw new IOException(revision + " cannot be listed: " + reason(e.getCause()), e);
    }
  }
}
