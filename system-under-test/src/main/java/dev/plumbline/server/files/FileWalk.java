package dev.plumbline.server.files;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** A bounded look at what lies below a directory; links are seen, and not followed. */
final class FileWalk extends SimpleFileVisitor<Path> {
  /** So much is looked at; what comes after it is read by its URI, and not listed. */
  static final int MAX_SEEN = 10_000;

  /** So many directories below each other are looked at. */
  static final int MAX_DEPTH = 32;

  private final List<Path> found = new ArrayList<>();
  private int seen;

  private FileWalk() {}

  /** Everything that is no directory, as far as it may be seen. */
  static List<Path> below(Path directory) throws IOException {
    FileWalk walk = new FileWalk();
    Files.walkFileTree(directory, EnumSet.noneOf(FileVisitOption.class), MAX_DEPTH, walk);
    return walk.found;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    return goOn();
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    found.add(file);
    return goOn();
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) {
    return goOn();
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
    return FileVisitResult.CONTINUE;
  }

  private FileVisitResult goOn() {
    seen++;
    return seen > MAX_SEEN ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
  }
}
