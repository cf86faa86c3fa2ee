package dev.plumbline.server.session.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The file of a {@link FileStore}, an MVStore. A file whose newest part is lost opens without a
 * complaint, as it was some time ago; so beside it lies a mark of how far it must reach. Used by
 * one thread at a time.
 */
final class SessionFile {
  private static final String FORMAT = "format";
  private static final String SEQUENCE = "sequence";

  /** The layout of the file: which maps there are, not what a record holds. */
  private static final int CURRENT_FORMAT = 1;

  private static final String ABOUT = "plumbline";
  private static final String SESSIONS = "sessions";

  /** A file so many times larger than what it holds is written anew. */
  private static final int WASTE = 8;

  private final Path path;
  private final long smallBytes;
  private final FileMark mark;
  private MVStore store;
  private MVMap<String, String> about;
  private MVMap<String, byte[]> sessions;
  private Optional<String> warning = Optional.empty();
  private long sequence;

  /** Bytes of all records. */
  private long used;

  /** The size of the file when it held nothing but them. */
  private long smallest;

  private SessionFile(Path path, long smallBytes, MVStore store) {
    this.path = path;
    this.smallBytes = smallBytes;
    this.mark = new FileMark(path);
    this.store = store;
    this.about = store.openMap(ABOUT);
    this.sessions = store.openMap(SESSIONS);
    this.used = sessions.values().stream().mapToLong(bytes -> bytes.length).sum();
  }

  static SessionFile open(Path path, long smallBytes) {
    FileMark mark = new FileMark(path);
    try {
      if (!Files.exists(path)) {
        if (mark.exists()) {
          throw damaged(path, "it is missing, but " + mark.name() + " says that it held sessions");
        }
        make(path);
      } else if (Files.isDirectory(path)) {
        throw new StoreException(
            StoreException.Kind.MISCONFIGURED,
            "session store " + path + " is a folder: name a file in it");
      } else if (!isOurs(path) || (mark.exists() && !isOurs(mark.path()))) {
        throw unusable(path, "is not this user's to read and write: give it the rights", null);
      } else if (Files.size(path) == 0) {
        throw damaged(path, "it is empty");
      }
      return opened(path, smallBytes);
    } catch (IOException e) {
      throw unusable(path, "cannot be opened (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  private static boolean isOurs(Path file) {
    return Files.isReadable(file) && Files.isWritable(file);
  }

  private static StoreException unusable(Path path, String why, @Nullable Exception e) {
    return new StoreException(
        StoreException.Kind.MISCONFIGURED,
        "session store " + path + " " + why + ", or choose another file",
        e);
  }

  /** A new file appears as a whole, so that a start that was cut off leaves none behind. */
  private static void make(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      write(path, 0, Map.of());
    } catch (MVStoreException e) {
      throw unusable(path, "cannot be made there: let this user write to its folder", e);
    }
  }

  /** Writes a file beside the one of this name, and then takes its place. */
  private static void write(Path path, long sequence, Map<String, byte[]> records)
      throws IOException {
    Path unfinished = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(unfinished);
    Private.create(unfinished);
    try (MVStore fresh = builder(unfinished).open()) {
      MVMap<String, String> about = fresh.openMap(ABOUT);
      about.put(FORMAT, Integer.toString(CURRENT_FORMAT));
      about.put(SEQUENCE, Long.toString(sequence));
      MVMap<String, byte[]> sessions = fresh.openMap(SESSIONS);
      sessions.putAll(records);
      fresh.commit();
      fresh.sync();
    }
    Files.move(
        unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      // The new name is as durable as what it names.
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    }
  }

  private static MVStore.Builder builder(Path path) {
    // Nothing happens on its own: every commit is ours.
    return new MVStore.Builder()
        .fileName(path.toString())
        .autoCommitDisabled()
        .autoCommitBufferSize(0)
        .backgroundExceptionHandler((_, _) -> {});
  }

  private static SessionFile opened(Path path, long smallBytes) {
    MVStore store;
    try {
      store = begun(path);
    } catch (MVStoreException e) {
      throw translated(path, e);
    }
    try {
      SessionFile file = new SessionFile(path, smallBytes, store);
      file.check();
      return file;
    } catch (RuntimeException e) {
      store.closeImmediately();
      throw e instanceof StoreException known
          ? known
          : damaged(path, "it cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  /**
   * Written at the end alone. A process that is killed while it writes into room that was free may
   * leave a file whose newest commits cannot be found any more, although they were forced.
   */
  private static MVStore begun(Path path) {
    MVStore store = builder(path).open();
    store.setReuseSpace(false);
    return store;
  }

  private static StoreException translated(Path path, MVStoreException e) {
    return switch (e.getErrorCode()) {
      case DataUtils.ERROR_FILE_LOCKED ->
          new StoreException(
              StoreException.Kind.LOCKED,
              "session store "
                  + path
                  + " is used by another process: stop it, hand over from it, or choose another"
                  + " file",
              e);
      case DataUtils.ERROR_UNSUPPORTED_FORMAT -> future(path, "of a newer MVStore");
      default -> damaged(path, "it cannot be read (error " + e.getErrorCode() + ")");
    };
  }

  private static StoreException damaged(Path path, String why) {
    return new StoreException(
        StoreException.Kind.CORRUPT,
        "session store "
            + path
            + " is damaged: "
            + why
            + "; restore it from a copy, or move it and "
            + FileMark.nameOf(path)
            + " away to begin without sessions");
  }

  private static StoreException future(Path path, String what) {
    return new StoreException(
        StoreException.Kind.FUTURE,
        "session store "
            + path
            + " is from the future ("
            + what
            + "): run the newer program, or hand over from it");
  }

  private void check() {
    String format = about.get(FORMAT);
    if (format == null) {
      throw damaged(path, "it is not a session store");
    }
    if (!format.equals(Integer.toString(CURRENT_FORMAT))) {
      throw future(path, "format " + format);
    }
    sequence = Long.parseLong(about.getOrDefault(SEQUENCE, "0"));
    if (!mark.exists()) {
      markless();
      return;
    }
    FileMark.Reach reach =
        mark.read()
            .orElseThrow(
                () ->
                    damaged(
                        path,
                        "its mark "
                            + mark.name()
                            + " cannot be read, so that nobody can say whether anything is"
                            + " missing"));
    if (sequence < reach.sequence()) {
      throw damaged(
          path,
          "it ends at change "
              + sequence
              + ", but change "
              + reach.sequence()
              + " was acknowledged (cut off, or an old copy)");
    }
    records();
    if (sequence == reach.sequence() && sessions.size() != reach.count()) {
      throw damaged(path, "it holds " + sessions.size() + " sessions of " + reach.count());
    }
  }

  /** New, or a copy that came without its mark: nobody can say whether it is whole. */
  private void markless() {
    records();
    if (sequence > 0) {
      warning =
          Optional.of(
              "session store "
                  + path
                  + " has no mark ("
                  + mark.name()
                  + "): it is taken as it is; what was changed after change "
                  + sequence
                  + " is missing, and sessions that ended since then live again");
    }
    mark.write(new FileMark.Reach(sequence, sessions.size()));
  }

  /** What could not be made sure of when it was opened, in one line. */
  Optional<String> warning() {
    return warning;
  }

  /** Every record, each of them checked. */
  List<SessionRecord> records() {
    List<SessionRecord> all = new ArrayList<>();
    for (Map.Entry<String, byte[]> entry : sessions.entrySet()) {
      try {
        SessionRecord session = RecordCodec.decode(entry.getValue());
        if (!session.id().equals(entry.getKey())) {
          throw damaged(path, "a session is kept under the id of another");
        }
        all.add(session);
      } catch (StoreException e) {
        throw switch (e.kind()) {
          case FUTURE -> future(path, String.valueOf(e.getMessage()));
          case CORRUPT -> named(e);
          default -> e;
        };
      }
    }
    return all;
  }

  /** What is wrong with one record is said with the name of the file, once. */
  private StoreException named(StoreException e) {
    String why = String.valueOf(e.getMessage());
    return why.contains(path.toString()) ? e : damaged(path, why);
  }

  /** Changes records; not durable before {@link #force}. */
  void put(Map<String, Optional<byte[]>> records) {
    records.forEach(
        (id, bytes) -> {
          byte[] before = bytes.isPresent() ? sessions.put(id, bytes.get()) : sessions.remove(id);
          used += bytes.map(now -> now.length).orElse(0) - (before == null ? 0 : before.length);
        });
  }

  /** Makes every change so far durable. */
  void force() {
    sequence++;
    about.put(SEQUENCE, Long.toString(sequence));
    store.commit();
    store.sync();
    // Behind the file, never ahead of it: a mark that is too old only sees less.
    mark.write(new FileMark.Reach(sequence, sessions.size()));
    rewriteIfWasteful();
  }

  private void rewriteIfWasteful() {
    try {
      if (Files.size(path) <= Math.max(smallBytes, Math.max(WASTE * used, 2 * smallest))) {
        return;
      }
      Map<String, byte[]> records = new HashMap<>(sessions);
      store.close();
      write(path, sequence, records);
      smallest = Files.size(path);
      store = begun(path);
      about = store.openMap(ABOUT);
      sessions = store.openMap(SESSIONS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void close() {
    try {
      if (!store.isClosed()) {
        store.close();
      }
    } finally {
      mark.close();
    }
  }
}
