package dev.plumbline.evidence.bundle.sign;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The regular files below a folder. Links and special files have no place in evidence. */
public final class FileTree {
  /** More files than any run writes; a bundle beyond it is refused rather than walked. */
  public static final int MAX_FILES = 200_000;

  private FileTree() {}

  /**
   * All regular files below a folder by their path relative to it, with {@code /} between names.
   *
   * @throws IOException when something else than a file or folder is found; the message names it
   */
  public static SortedMap<String, Path> files(Path root) throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return files;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = relative(root, file);
            if (!attributes.isRegularFile()) {
              throw new IOException(name + ": neither a regular file nor a folder");
            }
            files.put(name, file);
            if (files.size() > MAX_FILES) {
              throw new IOException("more than " + MAX_FILES + " files");
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static String relative(Path root, Path file) {
    List<String> names = new ArrayList<>();
    root.relativize(file).forEach(name -> names.add(name.toString()));
    return String.join("/", names);
  }
}
