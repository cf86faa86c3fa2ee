package dev.plumbline.server.config;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A value that changes as a whole while the server runs: everybody goes along, or nothing changes.
 * Safe for any number of threads; changes are told in order.
 */
public final class Live<T> {
  private final List<Function<T, Optional<String>>> guards = new CopyOnWriteArrayList<>();
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

  /**
   * Replaces the value. Guards are asked first; then every listener is told in turn. When one
   * throws, those that were told are told the value of before, latest first, and that value stays.
   *
   * @throws ChangeRefusedException when a guard objects or a listener refuses
   */
  public synchronized void set(T next) {
    Optional<String> objection = objection(next);
    if (objection.isPresent()) {
      throw new ChangeRefusedException(objection.get());
    }
    T before = value;
    value = next;
    int told = 0;
    try {
      for (Consumer<T> listener : listeners) {
        told++;
        listener.accept(next);
      }
    } catch (RuntimeException e) {
      value = before;
      takeBack(before, told, e);
      throw e;
    }
  }

  /** Why this value would be refused now, in the words of the refusal; changes nothing. */
  public synchronized Optional<String> objection(T next) {
    return guards.stream().flatMap(guard -> guard.apply(next).stream()).findFirst();
  }

  private void takeBack(T before, int told, RuntimeException cause) {
    for (Consumer<T> listener : listeners.subList(0, told).reversed()) {
      try {
        listener.accept(before);
      } catch (RuntimeException e) {
        // Whoever cannot even go back must not keep the others from it.
        cause.addSuppressed(e);
      }
    }
  }

  /**
   * Adds somebody who is asked before anything changes; an answer is the reason why it must not.
   * For what can be said beforehand, such as a limit below the present depth.
   */
  public synchronized void guard(Function<T, Optional<String>> objection) {
    guards.add(objection);
  }

  /**
   * Adds a listener and gives it the value of now; later it gets every new one. It may throw {@link
   * ChangeRefusedException}; it is then told the value of before, as all others are.
   */
  public synchronized void follow(Consumer<T> listener) {
    listeners.add(listener);
    listener.accept(value);
  }
}
