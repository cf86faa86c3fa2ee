package dev.plumbline.server.session.store;

import dev.plumbline.server.observe.Log;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Records in one file of this process. Durability window: 0. Every change is committed and forced
 * to the disk before the method that made it returns; changes that arrive meanwhile share the next
 * commit. Reads never touch the disk.
 *
 * <p>One thread alone uses the file: a request may be interrupted at any moment, and an interrupt
 * closes the channel it meets.
 */
public final class FileStore implements SessionStore {
  /** Changes that wait for the disk at once. */
  static final int MAX_WAITING = 10_000;

  /** Changes that share a commit. */
  private static final int MAX_TOGETHER = 1_000;

  private static final long SMALL_BYTES = 16L << 20;

  /** A disk that takes longer than this for a commit counts as gone. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** What one call changed: the bytes by id, none for a record that is removed. */
  private record Change(Map<String, Optional<byte[]>> records, CompletableFuture<Void> durable) {}

  private final Path path;
  private final long smallBytes;
  private final Object order = new Object();
  private final BlockingQueue<Change> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Thread writer;
  private MemoryStore index = new MemoryStore();
  private SessionFile file;
  private final Optional<String> warning;
  private volatile boolean closed;

  private FileStore(Path path, long smallBytes, SessionFile file) {
    this.path = path;
    this.smallBytes = smallBytes;
    this.file = file;
    this.warning = file.warning();
    load();
    this.writer = Thread.ofPlatform().daemon().name("session-file").start(this::write);
  }

  /**
   * Opens the file, or makes it when there is none.
   *
   * @throws StoreException of kind CORRUPT, FUTURE, LOCKED or MISCONFIGURED; the message says what
   *     to do
   */
  public static FileStore open(Path path) {
    return open(path, SMALL_BYTES);
  }

  /**
   * The same for a file that is written anew earlier or later than usual.
   *
   * @param smallBytes a file up to this size is never written anew, however much of it is waste
   */
  public static FileStore open(Path path, long smallBytes) {
    return new FileStore(path, smallBytes, SessionFile.open(path, smallBytes));
  }

  private void load() {
    MemoryStore loaded = new MemoryStore();
    file.records().forEach(loaded::create);
    synchronized (order) {
      index = loaded;
    }
  }

  @Override
  public String kind() {
    return "file";
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public String window() {
    return "every acknowledged change is on the disk: 0 ms";
  }

  @Override
  public Optional<String> warning() {
    return warning;
  }

  @Override
  public void create(SessionRecord session) {
    byte[] bytes = RecordCodec.encode(session);
    CompletableFuture<Void> durable;
    synchronized (order) {
      index.create(session);
      durable = enqueue(Map.of(session.id(), Optional.of(bytes)));
    }
    await(durable);
  }

  @Override
  public boolean update(SessionRecord session) {
    byte[] bytes = RecordCodec.encode(session);
    CompletableFuture<Void> durable;
    synchronized (order) {
      if (!index.update(session)) {
        return false;
      }
      durable = enqueue(Map.of(session.id(), Optional.of(bytes)));
    }
    await(durable);
    return true;
  }

  @Override
  public Optional<SessionRecord> find(String id) {
    return index().find(id);
  }

  @Override
  public OptionalLong changes(String id) {
    return index().changes(id);
  }

  @Override
  public Map<String, Long> changes(Collection<String> ids) {
    return index().changes(ids);
  }

  @Override
  public boolean delete(String id) {
    CompletableFuture<Void> durable;
    synchronized (order) {
      if (!index.delete(id)) {
        return false;
      }
      durable = enqueue(Map.of(id, Optional.empty()));
    }
    await(durable);
    return true;
  }

  @Override
  public boolean deleteUnused(String id, long changes, Instant usedBefore) {
    CompletableFuture<Void> durable;
    synchronized (order) {
      if (!index.deleteUnused(id, changes, usedBefore)) {
        return false;
      }
      durable = enqueue(Map.of(id, Optional.empty()));
    }
    await(durable);
    return true;
  }

  @Override
  public void touch(Map<String, Instant> used) {
    Map<String, Optional<byte[]>> changed = new HashMap<>();
    CompletableFuture<Void> durable;
    synchronized (order) {
      index.touch(used);
      for (String id : used.keySet()) {
        index.find(id).ifPresent(now -> changed.put(id, Optional.of(RecordCodec.encode(now))));
      }
      durable = enqueue(changed);
    }
    await(durable);
  }

  @Override
  public List<String> expire(Instant openedBefore, Instant usedBefore, int atMost) {
    Map<String, Optional<byte[]>> removed = new HashMap<>();
    List<String> ids;
    CompletableFuture<Void> durable;
    synchronized (order) {
      ids = index.expire(openedBefore, usedBefore, atMost);
      if (ids.isEmpty()) {
        return ids;
      }
      ids.forEach(id -> removed.put(id, Optional.empty()));
      durable = enqueue(removed);
    }
    await(durable);
    return ids;
  }

  @Override
  public List<SessionRecord> all() {
    return index().all();
  }

  @Override
  public int count() {
    return index().count();
  }

  private MemoryStore index() {
    synchronized (order) {
      return index;
    }
  }

  private CompletableFuture<Void> enqueue(Map<String, Optional<byte[]>> records) {
    Change change = new Change(records, new CompletableFuture<>());
    if (closed || !waiting.offer(change)) {
      change.durable().completeExceptionally(unavailable("it is closed, or too much waits", null));
    }
    return change.durable();
  }

  private void await(CompletableFuture<Void> durable) {
    try {
      durable.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("nobody waits for it any more", e);
    } catch (TimeoutException e) {
      throw unavailable("the disk takes longer than " + PATIENCE.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StoreException known
          ? known
          : unavailable("it cannot be written", e);
    }
  }

  private void write() {
    List<Change> batch = new ArrayList<>();
    while (!closed || !waiting.isEmpty()) {
      batch.clear();
      try {
        batch.add(waiting.take());
      } catch (InterruptedException e) {
        // Nobody has a reason to: what waits is written first.
        continue;
      }
      waiting.drainTo(batch, MAX_TOGETHER - 1);
      write(batch);
    }
    file.close();
  }

  private void write(List<Change> batch) {
    try {
      batch.forEach(change -> file.put(change.records()));
      file.force();
    } catch (RuntimeException | OutOfMemoryError e) {
      Log.survived("session file", e);
      StoreException failure =
          unavailable("it cannot be written", e instanceof RuntimeException known ? known : null);
      // What was not made durable never happened: the file says what is true.
      reopen();
      batch.forEach(change -> change.durable().completeExceptionally(failure));
      return;
    }
    batch.forEach(change -> change.durable().complete(null));
  }

  private void reopen() {
    try {
      file.close();
      file = SessionFile.open(path, smallBytes);
      load();
    } catch (RuntimeException e) {
      // The next change tries again.
      Log.failure("session file", e);
    }
  }

  private StoreException unavailable(String why, @Nullable Exception e) {
    String message = "session store " + path.getFileName() + " cannot be used now: " + why;
    return e == null
        ? new StoreException(StoreException.Kind.UNAVAILABLE, message)
        : new StoreException(StoreException.Kind.UNAVAILABLE, message, e);
  }

  /** Writes what waits and closes the file. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    try {
      // Wakes the writer: an interrupt would close the file under it.
      closed = true;
      var _ = waiting.offer(new Change(Map.of(), new CompletableFuture<>()));
      writer.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
