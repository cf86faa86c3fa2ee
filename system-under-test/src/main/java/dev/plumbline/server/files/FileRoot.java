package dev.plumbline.server.files;

import dev.plumbline.server.uri.Uri;
import dev.plumbline.server.uri.UriRefusedException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One declared directory. A file belongs to it when its real path lies below the directory's real
 * path; a symbolic link inside to something inside works, one that leads out does not. A name that
 * is exchanged for a link between the check and the opening is refused, too: the real path is
 * walked again from the directory, step by step without following any link. A hard link is the file
 * itself, which nobody can tell.
 */
final class FileRoot {
  private static final Set<OpenOption> READING =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private final Path root;
  private final Uri uri;

  private FileRoot(Path root, Uri uri) {
    this.root = root;
    this.uri = uri;
  }

  /**
   * Declares a directory.
   *
   * @throws IOException in one line, when there is none or it cannot be written as a URI
   */
  static FileRoot at(Path directory) throws IOException {
    Path real;
    try {
      real = directory.toRealPath();
    } catch (IOException e) {
      throw new IOException(directory + " cannot be offered: there is no such directory", e);
    }
    if (!Files.isDirectory(real)) {
      throw new IOException(directory + " cannot be offered: it is not a directory");
    }
    String written = FileNames.uri(real);
    try {
      return new FileRoot(real, Uri.parse(written.endsWith("/") ? written : written + "/"));
    } catch (UriRefusedException e) {
      throw new IOException(directory + " cannot be offered: as a URI, " + e.getMessage(), e);
    }
  }

  /** The directory's last name. */
  String name() {
    Path last = root.getFileName();
    return last == null ? root.toString() : last.toString();
  }

  /** The URI of the directory; ends with a slash. */
  String uri() {
    return uri.text();
  }

  /** The name of a file below it. */
  String nameOf(Uri file) {
    return file.filePath().substring(uri.filePath().length());
  }

  /** What can be read now, in the order of the URIs; bounded. */
  List<Uri> list() throws IOException {
    List<Uri> found = new ArrayList<>();
    for (Path path : FileWalk.below(root)) {
      Optional<Path> inside = inside(path);
      if (inside.isPresent() && Files.isRegularFile(inside.get(), LinkOption.NOFOLLOW_LINKS)) {
        try {
          found.add(Uri.parse(FileNames.uri(path)));
        } catch (UriRefusedException e) {
          // A name that clients could not ask for.
        }
      }
    }
    return found.stream().sorted(Comparator.comparing(Uri::text)).toList();
  }

  /**
   * Opens a file.
   *
   * @return empty when there is no such file here, whatever there may be elsewhere
   */
  Optional<SeekableByteChannel> open(Uri file) {
    if (!file.isFile() || file.filePath().endsWith("/")) {
      return Optional.empty();
    }
    try {
      Path asked = root.getFileSystem().getPath(file.filePath());
      Optional<Path> inside = asked.startsWith(root) ? inside(asked) : Optional.empty();
      return inside.isEmpty() ? Optional.empty() : Optional.of(opened(inside.get()));
    } catch (IOException | InvalidPathException | SecurityException e) {
      return Optional.empty();
    }
  }

  /** The real path of what is below the directory; empty when it leads out or is not there. */
  private Optional<Path> inside(Path path) {
    try {
      Path real = path.toRealPath();
      return real.startsWith(root) && !real.equals(root) ? Optional.of(real) : Optional.empty();
    } catch (IOException | SecurityException e) {
      return Optional.empty();
    }
  }

  /** Opens what had this real path a moment ago. */
  private SeekableByteChannel opened(Path real) throws IOException {
    try (DirectoryStream<Path> top = Files.newDirectoryStream(root)) {
      if (top instanceof SecureDirectoryStream<Path> secure) {
        return descended(secure, root.relativize(real));
      }
    }
    return compared(real);
  }

  private static SeekableByteChannel descended(SecureDirectoryStream<Path> from, Path rest)
      throws IOException {
    Path name = rest.getName(0);
    if (rest.getNameCount() > 1) {
      try (SecureDirectoryStream<Path> next =
          from.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
        return descended(next, rest.subpath(1, rest.getNameCount()));
      }
    }
    checkRegular(
        from.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes());
    return from.newByteChannel(name, READING);
  }

  /** Where directories cannot be held open: what was opened must still be where it was found. */
  private SeekableByteChannel compared(Path real) throws IOException {
    checkRegular(Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    SeekableByteChannel channel = Files.newByteChannel(real, READING);
    if (!real.equals(real.toRealPath())) {
      channel.close();
      throw new NoSuchFileException("moved");
    }
    return channel;
  }

  /** Anything else may never end, or do something when it is opened. */
  private static void checkRegular(BasicFileAttributes attributes) throws IOException {
    if (!attributes.isRegularFile()) {
      throw new NoSuchFileException("not a file");
    }
  }
}
