package dev.plumbline.server.registry;

/**
 * A kind of entry. Two types never share keys.
 *
 * @param name lower case, for example {@code session}
 * @param value the class of what is registered
 * @param most how many entries there may be
 * @param <T> what is registered
 */
public record EntryType<T>(String name, Class<T> value, int most) {
  /** What the registry is made for (WS5): the bound of a type that has none of its own. */
  public static final int MOST = 100_000;

  /** A type with the usual bound. */
  public static <T> EntryType<T> of(String name, Class<T> value) {
    return new EntryType<>(name, value, MOST);
  }
}
