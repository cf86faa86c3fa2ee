package dev.plumbline.server.session.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How far a session file must reach: the number of its last acknowledged change, and how many
 * sessions there were then. Whole from its first moment on; what is written later is not forced to
 * the disk: it survives the process, and may be a little old after a power failure.
 */
final class FileMark {
  /**
   * How far.
   *
   * @param sequence the last acknowledged change
   * @param count how many sessions there were
   */
  record Reach(long sequence, long count) {}

  private static final int BYTES = 2 * Long.BYTES + Integer.BYTES;

  private final Path path;
  private @Nullable RandomAccessFile out;

  FileMark(Path store) {
    this.path = store.resolveSibling(nameOf(store));
  }

  static String nameOf(Path store) {
    return store.getFileName() + ".mark";
  }

  String name() {
    return path.getFileName().toString();
  }

  Path path() {
    return path;
  }

  boolean exists() {
    return Files.exists(path);
  }

  /** What an existing mark says; empty when it is damaged. */
  Optional<Reach> read() {
    try {
      byte[] bytes = Files.readAllBytes(path);
      if (bytes.length != BYTES) {
        return Optional.empty();
      }
      ByteBuffer mark = ByteBuffer.wrap(bytes);
      Reach reach = new Reach(mark.getLong(), mark.getLong());
      return mark.getInt() == checksum(bytes) ? Optional.of(reach) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(Reach reach) {
    byte[] bytes = new byte[BYTES];
    ByteBuffer mark = ByteBuffer.wrap(bytes).putLong(reach.sequence()).putLong(reach.count());
    mark.putInt(checksum(bytes));
    try {
      if (out == null) {
        if (!Files.exists(path)) {
          make(bytes);
        }
        out = new RandomAccessFile(path.toFile(), "rw");
      }
      out.seek(0);
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A mark that is empty, or half written, would be taken for a damaged one. */
  private void make(byte[] bytes) throws IOException {
    Path unfinished = path.resolveSibling(name() + ".new");
    Files.deleteIfExists(unfinished);
    Private.create(unfinished);
    try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
      var _ = channel.write(ByteBuffer.wrap(bytes));
      channel.force(true);
    }
    Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, 2 * Long.BYTES);
    return (int) crc.getValue();
  }

  void close() {
    try {
      if (out != null) {
        out.close();
        out = null;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
