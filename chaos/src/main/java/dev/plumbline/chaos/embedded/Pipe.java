package dev.plumbline.chaos.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One direction of one connection: a reader stamps what arrives, a mover takes it through the
 * stages and writes it. The end of the source closes the sink whole, as Toxiproxy does.
 */
final class Pipe implements Stage.Flow {
  /** How much is read at once. */
  static final int CHUNK_BYTES = 16 * 1024;

  /** How many chunks may wait, as many as Toxiproxy's latency toxic holds: at most 16 MiB. */
  static final int MAX_CHUNKS = 1024;

  private final Socket source;
  private final Socket sink;
  private final List<Stage> stages;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Chunk> arrived = new ArrayDeque<>();
  private boolean sourceEnded;
  private boolean closed;
  private long version;

  Pipe(Socket source, Socket sink, List<Stage> stages) {
    this.source = source;
    this.sink = sink;
    this.stages = new CopyOnWriteArrayList<>(stages);
  }

  void start(String name, Runnable ended) {
    Thread.ofVirtual().name(name + " reader").start(this::read);
    Thread.ofVirtual()
        .name(name + " mover")
        .start(
            () -> {
              try {
                move();
              } finally {
                close(false);
                ended.run();
              }
            });
  }

  void add(Stage stage) {
    change(() -> stages.add(stage));
  }

  void update(AttachedToxic toxic) {
    change(
        () ->
            stages.stream()
                .filter(stage -> stage.name().equals(toxic.name()))
                .forEach(stage -> stage.update(toxic)));
  }

  void remove(String name) {
    boolean broken = stages.stream().anyMatch(s -> s.name().equals(name) && s.closesWhenRemoved());
    change(() -> stages.removeIf(stage -> stage.name().equals(name)));
    if (broken) {
      close(false);
    }
  }

  @Override
  public void close(boolean reset) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      arrived.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (reset) {
      // SO_LINGER 0 turns the close into a RST (RFC 9293 §3.10.4, abort).
      Sockets.resetOnClose(source);
      Sockets.resetOnClose(sink);
    }
    Sockets.close(sink);
  }

  @Override
  public boolean pause(long nanos) {
    lock.lock();
    try {
      long seen = version;
      long left = nanos;
      while (left > 0 && !closed) {
        if (version != seen) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable edit) {
    lock.lock();
    try {
      edit.run();
      version++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void read() {
    byte[] buffer = new byte[CHUNK_BYTES];
    try {
      // Not closed here: the source is the sink of the other direction.
      InputStream in = source.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!offer(new Chunk(Arrays.copyOf(buffer, n), System.nanoTime()))) {
          return;
        }
      }
    } catch (IOException e) {
      // A reset by the sender ends the stream like a close does.
    } finally {
      change(() -> sourceEnded = true);
    }
  }

  private boolean offer(Chunk chunk) {
    lock.lock();
    try {
      while (arrived.size() >= MAX_CHUNKS && !closed) {
        changed.awaitUninterruptibly();
      }
      if (!closed) {
        arrived.add(chunk);
        changed.signalAll();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void move() {
    try {
      for (Chunk chunk = take(); chunk != null; chunk = take()) {
        pass(List.copyOf(stages), 0, chunk);
      }
      for (Stage stage : stages) {
        stage.end(this);
      }
    } catch (IOException e) {
      // The receiver is gone; closing tells the sender.
    }
  }

  private void pass(List<Stage> chain, int index, Chunk chunk) throws IOException {
    if (index < chain.size()) {
      chain.get(index).data(chunk, this, next -> pass(chain, index + 1, next));
    } else if (chunk.size() > 0 && !isClosed()) {
      sink.getOutputStream().write(chunk.bytes());
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** The next chunk; null when there will be none. */
  private @Nullable Chunk take() {
    lock.lock();
    try {
      while (!closed) {
        Chunk next = arrived.poll();
        if (next != null) {
          changed.signalAll();
          return next;
        }
        if (sourceEnded) {
          return null;
        }
        long now = System.nanoTime();
        long wait = Long.MAX_VALUE;
        for (Stage stage : stages) {
          wait = Math.min(wait, stage.nanosUntilQuietClose(now));
        }
        if (wait <= 0) {
          return null;
        }
        if (wait == Long.MAX_VALUE) {
          changed.awaitUninterruptibly();
        } else {
          long left = changed.awaitNanos(wait);
          assert left <= wait;
        }
      }
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      lock.unlock();
    }
  }
}
