package dev.plumbline.server.registry;

import dev.plumbline.server.observe.Pseudonym;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Whoever things belong to. When it ends, everything it registered is unregistered and disposed of,
 * and nothing can be registered for it any more. Safe for any number of threads.
 */
public final class Owner {
  private final String kind;
  private final String id;
  private final Contention contention;
  private final ReentrantLock lock = new ReentrantLock();
  // Most owners hold one thing, their own entry: a set for it would be most of what a session
  // costs.
  private @Nullable Entry<?> first;
  private @Nullable Set<Entry<?>> others;
  private volatile boolean ended;
  private volatile long endedNanos;

  /**
   * An owner.
   *
   * @param kind what it is, for example {@code session}
   * @param id which one; never shown, only its digest
   */
  Owner(String kind, String id, Contention contention) {
    this.kind = kind;
    this.id = id;
    this.contention = contention;
  }

  /** What it is and which one, without its id: {@code session 1f0c9a7be2d4}. */
  public String name() {
    return id.isEmpty() ? kind : kind + " " + Pseudonym.of(id);
  }

  /** True once it has ended. */
  public boolean ended() {
    return ended;
  }

  /** When it ended, in the time of the registry's clock; only once it has. */
  long endedNanos() {
    return endedNanos;
  }

  /** How many things it has. */
  public int count() {
    lock();
    try {
      return (first == null ? 0 : 1) + (others == null ? 0 : others.size());
    } finally {
      lock.unlock();
    }
  }

  /** True when the entry belongs to it now; false when it has ended. */
  boolean add(Entry<?> entry) {
    lock();
    try {
      if (ended) {
        return false;
      }
      if (first == null) {
        first = entry;
      } else {
        if (others == null) {
          others = new HashSet<>();
        }
        others.add(entry);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  void remove(Entry<?> entry) {
    lock();
    try {
      if (first == entry) {
        first = null;
      } else if (others != null) {
        others.remove(entry);
        if (others.isEmpty()) {
          others = null;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends it; returns what it had. The second time there is nothing. */
  List<Entry<?>> close(long nowNanos) {
    lock();
    try {
      if (ended) {
        return List.of();
      }
      endedNanos = nowNanos;
      ended = true;
      Set<Entry<?>> all = others == null ? new HashSet<>() : others;
      if (first != null) {
        all.add(first);
      }
      first = null;
      others = null;
      return List.copyOf(all);
    } finally {
      lock.unlock();
    }
  }

  private void lock() {
    if (!lock.tryLock()) {
      long began = System.nanoTime();
      lock.lock();
      contention.waited(System.nanoTime() - began);
    }
  }
}
