package dev.plumbline.evidence.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How enum constants are written for people: lower case, hyphens, as in {@code supply-chain}. */
public final class Names {
  private Names() {}

  /** The written form of a constant. */
  public static String toId(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant written as {@code id}, or empty when there is none. */
  public static <E extends Enum<E>> Optional<E> fromId(Class<E> type, String id) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> toId(constant).equals(id))
        .findFirst();
  }

  /** All written forms, comma separated, for error messages. */
  public static <E extends Enum<E>> String allIds(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(Names::toId)
        .collect(Collectors.joining(", "));
  }
}
