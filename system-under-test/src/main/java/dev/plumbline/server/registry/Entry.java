package dev.plumbline.server.registry;

/**
 * One thing that is registered. Two entries are never equal.
 *
 * @param <T> what it is
 */
public final class Entry<T> {
  private final Shelf<T> shelf;
  private final String key;
  private final T value;
  private final Owner owner;
  private final long sinceNanos;

  Entry(Shelf<T> shelf, String key, T value, Owner owner, long sinceNanos) {
    this.shelf = shelf;
    this.key = key;
    this.value = value;
    this.owner = owner;
    this.sinceNanos = sinceNanos;
  }

  /** Its kind. */
  public EntryType<T> type() {
    return shelf.type();
  }

  /** Its key, unique in its type; may be a secret. */
  public String key() {
    return key;
  }

  /** What is registered. */
  public T value() {
    return value;
  }

  /** Whose end is its end. */
  public Owner owner() {
    return owner;
  }

  /** When it was registered, in the time of the registry's clock. */
  public long sinceNanos() {
    return sinceNanos;
  }

  /** Removes it, if it is still there. */
  boolean drop(Reason reason) {
    return shelf.drop(this, reason);
  }

  /** Removes it and lets its room dispose of the value. */
  boolean dispose(Reason reason) {
    return shelf.dispose(this, reason);
  }
}
