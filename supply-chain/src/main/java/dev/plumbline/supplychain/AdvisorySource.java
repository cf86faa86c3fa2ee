package dev.plumbline.supplychain;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A folder or a zip of advisories in the OSV format, as exports of databases are. Nothing is
 * unpacked: names in a zip are never taken for paths, and every size is counted while it is read.
 */
final class AdvisorySource {
  /**
   * How much is read at most.
   *
   * @param files documents
   * @param fileBytes bytes of one document
   * @param bytes bytes of all
   */
  record Limits(int files, int fileBytes, long bytes) {
    /** Several times what the export of all of Maven holds. */
    static final Limits STANDARD = new Limits(200_000, 8 << 20, 4L << 30);
  }

  private static final String DOCUMENT = ".json";
  private static final int MAX_DEPTH = 8;
  private static final int MAX_NAME = 200;

  private final Set<String> packages;
  private final Limits limits;
  private final List<Advisory> kept = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private final Sha256.Running digest = new Sha256.Running();
  private @Nullable Instant newest;
  private long bytes;
  private int maven;
  private int withdrawn;

  /**
   * @param packages which packages matter, {@code group:artifact}
   */
  AdvisorySource(Set<String> packages, Limits limits) {
    this.packages = Set.copyOf(packages);
    this.limits = limits;
  }

  /**
   * Reads everything.
   *
   * @param day when this happens
   * @throws IOException when one document is not of the form, or there is too much; one line
   */
  Advisories read(Path source, LocalDate day, List<Waiver> waivers) throws IOException {
    if (Files.isDirectory(source)) {
      folder(source);
    } else if (Files.isRegularFile(source)) {
      zip(source);
    } else {
      throw new IOException("no such file or folder: " + source);
    }
    if (ids.isEmpty()) {
      throw new IOException(source + " holds no " + DOCUMENT + " file");
    }
    kept.sort(Comparator.comparing(Advisory::id));
    Instant last = newest;
    return new Advisories(
        Advisories.SCHEMA,
        String.valueOf(source.toAbsolutePath().normalize().getFileName()),
        digest.hex(),
        day,
        ids.size(),
        maven,
        withdrawn,
        last == null ? null : last.toString(),
        waivers,
        kept.size(),
        kept);
  }

  private void folder(Path source) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(source, MAX_DEPTH)) {
      files =
          found
              .filter(file -> file.toString().endsWith(DOCUMENT))
              .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .sorted()
              .limit(limits.files() + 1L)
              .toList();
    }
    bound(files.size());
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        document(source.relativize(file).toString(), in);
      }
    }
  }

  private void zip(Path source) throws IOException {
    try (ZipFile zip = new ZipFile(source.toFile())) {
      bound(zip.size());
      List<? extends ZipEntry> entries =
          zip.stream()
              .filter(entry -> !entry.isDirectory() && entry.getName().endsWith(DOCUMENT))
              .sorted(Comparator.comparing(ZipEntry::getName))
              .toList();
      for (ZipEntry entry : entries) {
        try (InputStream in = zip.getInputStream(entry)) {
          document(entry.getName(), in);
        }
      }
    } catch (java.util.zip.ZipException e) {
      throw new IOException(source + ": neither a folder nor a zip: " + e.getMessage(), e);
    }
  }

  private void bound(int files) throws IOException {
    if (files > limits.files()) {
      throw new IOException("more than " + limits.files() + " files");
    }
  }

  private void document(String name, InputStream in) throws IOException {
    String shown = shown(name);
    byte[] content = in.readNBytes(limits.fileBytes() + 1);
    if (content.length > limits.fileBytes()) {
      throw new IOException(shown + ": larger than " + limits.fileBytes() + " bytes");
    }
    bytes += content.length;
    if (bytes > limits.bytes()) {
      throw new IOException(shown + ": all together are larger than " + limits.bytes() + " bytes");
    }
    digest.add(name, Sha256.of(new ByteArrayInputStream(content)));
    OsvForm.Document document;
    try {
      document = OsvForm.read(utf8(content), packages);
    } catch (IOException e) {
      throw new IOException(shown + ": " + e.getMessage(), e);
    }
    if (!ids.add(document.id())) {
      throw new IOException(shown + ": " + shown(document.id()) + " is there twice");
    }
    maven += document.maven() ? 1 : 0;
    withdrawn += document.withdrawn() ? 1 : 0;
    Instant last = newest;
    newest = last == null || document.modified().isAfter(last) ? document.modified() : last;
    Advisory advisory = document.advisory();
    if (advisory != null) {
      kept.add(advisory);
    }
  }

  private static String utf8(byte[] content) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("not UTF-8", e);
    }
  }

  /** A name from outside, for one line of text. */
  private static String shown(String name) {
    String plain = name.replaceAll("\\p{C}", "?");
    return plain.length() <= MAX_NAME ? plain : plain.substring(0, MAX_NAME) + "…";
  }
}
