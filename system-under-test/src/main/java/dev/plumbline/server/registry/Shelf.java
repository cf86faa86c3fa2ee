package dev.plumbline.server.registry;

import dev.plumbline.server.observe.Log;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one type. A {@code ConcurrentHashMap} does the work: it reads without a lock and
 * locks one bin for a write, which is finer than any striping of ours would be (R171); {@code
 * measure.RegistryMeasurement} shows what remains. Safe for any number of threads.
 *
 * @param <T> what is registered
 */
public final class Shelf<T> {
  /** The longest page. */
  public static final int MAX_PAGE = 1_000;

  /** One lookup in so many is timed; a power of two. */
  private static final int SAMPLE = 1_024;

  private final EntryType<T> type;
  private final Consumer<T> disposer;
  private final Disposals disposals;
  private final ConcurrentHistogram lookups;
  private final LongSupplier nanos;
  private final ConcurrentMap<String, Entry<T>> entries = new ConcurrentHashMap<>();
  private final AtomicInteger taken = new AtomicInteger();
  private final LongAdder registered = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private int looks;

  Shelf(
      EntryType<T> type,
      Consumer<T> disposer,
      Disposals disposals,
      ConcurrentHistogram lookups,
      LongSupplier nanos) {
    this.type = type;
    this.disposer = disposer;
    this.disposals = disposals;
    this.lookups = lookups;
    this.nanos = nanos;
  }

  /** What is kept here. */
  public EntryType<T> type() {
    return type;
  }

  /** Registers a value for as long as its owner lives, or until it is unregistered. */
  public Registration register(String key, T value, Owner owner) {
    Registration outcome = add(new Entry<>(this, key, value, owner, nanos.getAsLong()));
    (outcome == Registration.DONE ? registered : refused).increment();
    return outcome;
  }

  private Registration add(Entry<T> entry) {
    if (taken.incrementAndGet() > type.most()) {
      taken.decrementAndGet();
      return Registration.FULL;
    }
    if (entries.putIfAbsent(entry.key(), entry) != null) {
      taken.decrementAndGet();
      return Registration.TAKEN;
    }
    if (!entry.owner().add(entry)) {
      if (entries.remove(entry.key(), entry)) {
        taken.decrementAndGet();
      }
      return Registration.OWNER_ENDED;
    }
    if (entries.get(entry.key()) != entry) {
      // Unregistered in between: its owner must not keep it.
      entry.owner().remove(entry);
    }
    return Registration.DONE;
  }

  /** The value with this key. */
  public Optional<T> lookup(String key) {
    return Optional.ofNullable(get(key));
  }

  /** The value with this key, or null. */
  public @Nullable T get(String key) {
    // Threads may overwrite each other's count: it only chooses whom to time.
    if ((++looks & (SAMPLE - 1)) != 0) {
      Entry<T> entry = entries.get(key);
      return entry == null ? null : entry.value();
    }
    long began = System.nanoTime();
    Entry<T> entry = entries.get(key);
    lookups.recordValue(Math.min(System.nanoTime() - began, lookups.getHighestTrackableValue()));
    return entry == null ? null : entry.value();
  }

  /** Removes the value with this key, if it is still this one; true when it was there. */
  @SuppressWarnings("ReferenceEquality") // what took its place may be equal
  public boolean unregister(String key, T value, Reason reason) {
    Entry<T> entry = entries.get(key);
    return entry != null && entry.value() == value && drop(entry, reason);
  }

  boolean drop(Entry<T> entry, Reason reason) {
    if (!entries.remove(entry.key(), entry)) {
      return false;
    }
    taken.decrementAndGet();
    entry.owner().remove(entry);
    disposals.add(entry, reason);
    return true;
  }

  boolean dispose(Entry<T> entry, Reason reason) {
    if (!drop(entry, reason)) {
      return false;
    }
    try {
      disposer.accept(entry.value());
    } catch (RuntimeException e) {
      // What else belongs to the owner is still to be disposed of.
      Log.failure("disposal of a " + type.name(), e);
    }
    return true;
  }

  /**
   * The entries whose keys follow, in the order of their keys. Costs one look at every entry: for
   * people who ask, not for requests.
   *
   * @param after the last key of the page before; empty for the first page
   * @param atMost how many; not more than {@link #MAX_PAGE}
   */
  public List<Entry<T>> page(String after, int atMost) {
    int most = Math.clamp(atMost, 0, MAX_PAGE);
    if (most == 0) {
      return List.of();
    }
    Comparator<Entry<T>> byKey = Comparator.comparing(Entry::key);
    PriorityQueue<Entry<T>> smallest = new PriorityQueue<>(byKey.reversed());
    for (Entry<T> entry : entries.values()) {
      if (entry.key().compareTo(after) > 0) {
        smallest.add(entry);
        if (smallest.size() > most) {
          smallest.remove();
        }
      }
    }
    return smallest.stream().sorted(byKey).toList();
  }

  /** A value that satisfies the condition; costs one look at every entry. */
  public Optional<T> first(Predicate<T> condition) {
    return entries.values().stream().map(Entry::value).filter(condition).findFirst();
  }

  /** Shows every value; those that come or go meanwhile may be missed. */
  public void forEach(Consumer<T> action) {
    entries.values().forEach(entry -> action.accept(entry.value()));
  }

  /** Shows every entry. */
  void forEachEntry(Consumer<Entry<T>> action) {
    entries.values().forEach(action);
  }

  /** How many entries there are. */
  public int count() {
    return taken.get();
  }

  /** True when there is none. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** How many were registered in all. */
  long registered() {
    return registered.sum();
  }

  /** How many attempts to register failed. */
  long refused() {
    return refused.sum();
  }
}
