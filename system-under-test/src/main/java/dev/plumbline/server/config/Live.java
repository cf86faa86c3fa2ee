package dev.plumbline.server.config;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A value that changes as a whole while the server runs. Safe for any number of threads. */
public final class Live<T> {
  private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();
  private volatile T value;

  /** Begins with a value. */
  public Live(T initial) {
    this.value = initial;
  }

  /** The value now. */
  public T get() {
    return value;
  }

  /** Replaces the value, then tells every listener in turn; changes are told in order. */
  public synchronized void set(T next) {
    value = next;
    listeners.forEach(listener -> listener.accept(next));
  }

  /** Adds a listener and gives it the value of now; later it gets every new one. */
  public synchronized void follow(Consumer<T> listener) {
    listeners.add(listener);
    listener.accept(value);
  }
}
